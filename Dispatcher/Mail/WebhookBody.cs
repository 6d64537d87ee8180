using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// A draft as JSON for the second channel. <c>text</c> is what chat services show; the rest is for programs.
/// </summary>
internal static class WebhookBody
{
    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Create(Draft draft, string subject, OutboxMatter what, string id, RunRow? run, Uri? page)
    {
        string text = $"{draft.Word}: {draft.Headline}\n{draft.Kicker}" + (page is null ? "" : $"\n{page}");
        JsonObject json = new()
        {
            ["text"] = Plain(text),
            ["subject"] = subject,
            ["verdict"] = draft.Word.ToLowerInvariant(),
            ["about"] = what.Word(),
            ["id"] = id,
        };
        if (run is not null)
        {
            (json["run"], json["pipeline"], json["date"]) = (run.Id, run.Pipeline, Figures.IsoDay(run.Date));
            json["revision"] = run.Revision;
            json["figures"] = new JsonArray([.. draft.Parts.OfType<DraftFigures>().SelectMany(part => part.Figures)
                .Select(figure => (JsonNode)new JsonObject { ["name"] = figure.Name, ["value"] = Plain(figure.Value) })]);
        }

        if (page is not null) json["page"] = page.ToString();
        return JsonSerializer.SerializeToUtf8Bytes(json, _readable);
    }

    private static string Plain(string text) => text.Replace(Figures.Space, ' ');
}
