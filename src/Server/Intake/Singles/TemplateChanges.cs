using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Templates;

namespace ChatOperator.Intake.Singles;

/// <summary>The network says that a template became different.</summary>
internal static class TemplateChanges
{
    public static async Task ApplyAsync(SingleEvent single, TemplateChanged changed, AppDb db, Settings settings)
    {
        var key = CatalogueKey.Of(single.Account.Row);
        if (key.Network is null)
        {
            single.Item.Conclude(Verdict.Unsupported, "no_catalogue");
            return;
        }
        var clean = changed with { Value = changed.Value is { } value ? Text.Clean(value) : null };
        var known = await TemplateNews.ApplyAsync(db, key, clean, single.Arrival.At, settings);
        single.Item.Conclude(Verdict.Applied, known ? changed.Kind : "template_unknown");
    }
}
