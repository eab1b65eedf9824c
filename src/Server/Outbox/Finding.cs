using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>One thing that may stand in the way.</summary>
/// <param name="Check">Stable word.</param>
/// <param name="Detail">What was found, for a person.</param>
/// <param name="Fix">What that person can do about it; null when all is well, or nothing can be done.</param>
public sealed record DiagnosisCheck(string Check, bool Ok, string Detail, DiagnosisFix? Fix);

/// <summary>The remedy of a finding, for a button.</summary>
/// <param name="Action">
/// Stable word: unlock, enable_agent, open_agent_settings, open_knowledge, run_now, answer, open_channel, open_templates, retry or wait.
/// </param>
public sealed record DiagnosisFix(string Label, string Action);

/// <summary>A check in both languages.</summary>
internal sealed record Finding(string Check, bool Ok, Words Detail, Words? Fix = null, string Action = "")
{
    public DiagnosisCheck In(string language) =>
        new(Check, Ok, Detail.In(language).Trim(), Fix is null ? null : new DiagnosisFix(Fix.In(language), Action));
}
