namespace ChatOperator.Bench;

/// <summary>What a set of questions comes to, over both languages.</summary>
/// <param name="name">Of the set, in the lines printed.</param>
internal sealed class Score(string name)
{
    /// <param name="tell">Whether to show each question that was not met well.</param>
    public async Task RunAsync(Customer customer, List<Question> questions, bool tell)
    {
        var all = new List<Asked>();
        foreach (var question in questions) all.Add(await customer.AskAsync(question));
        var (known, other, person, talk) = (Of("known"), Of("other"), Of("person"), Of("talk"));
        var given = known.Concat(other).Concat(person).Concat(talk).Where(r => r.IsAnswer).ToList();
        Share("precision", given, r => r.IsTrue);
        Share("answered", known, r => r.IsRight);
        Share("answered.es", known.FindAll(r => r.Question.Lang == "es"), r => r.IsRight);
        Share("answered.en", known.FindAll(r => r.Question.Lang == "en"), r => r.IsRight);
        Share("within_two", known, r => r.IsRight || r.OfferedTheRight);
        Share("wrong", known, r => r.IsAnswer && !r.IsTrue);
        Share("handed_off", known, r => r.Outcome == "handed_off");
        Share("outside_answered", other, r => r.IsAnswer);
        Share("person_reached", person, r => r.IsGood);
        Share("person_answered", person, r => r.IsAnswer);
        Share("talk_handled", talk, r => r.IsGood);
        Share("language_right", all.FindAll(r => r.Reply.Length > 0), r => r.SpeaksRight);
        Print.Line($"answers.{name}.questions", all.Count, "questions");
        if (!tell) return;
        foreach (var asked in all.Where(r => !r.IsGood || !r.SpeaksRight)) Console.Error.WriteLine(asked.Tell());

        List<Asked> Of(string kind) => all.FindAll(r => r.Question.Kind == kind);
    }

    private void Share(string line, IReadOnlyCollection<Asked> of, Func<Asked, bool> counts) =>
        Print.Line($"answers.{name}.{line}", of.Count == 0 ? 0 : (double)of.Count(counts) / of.Count, "share");
}
