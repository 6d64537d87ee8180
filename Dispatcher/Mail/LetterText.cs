using System.Text;
using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>A draft as plain text: the verdict is the first word.</summary>
internal static class LetterText
{
    public static string Create(Draft draft)
    {
        StringBuilder text = new();
        TextReport.Wrap(text, $"{draft.Word}: {draft.Headline}", "");
        TextReport.Wrap(text, draft.Kicker, "");
        foreach (DraftPart part in draft.Parts) Write(text, part);
        return text.Replace(Figures.Space, ' ').ToString();
    }

    private static void Write(StringBuilder text, DraftPart part)
    {
        switch (part)
        {
            case DraftWords words:
                Heading(text, words.Title);
                foreach (string sentence in words.Sentences) TextReport.Wrap(text, sentence, "");
                break;
            case DraftFigures figures:
                Heading(text, null);
                int column = figures.Figures.Max(figure => figure.Name.Length) + 2;
                foreach (DraftFigure figure in figures.Figures)
                {
                    string detail = figure.Detail is null ? "" : $"   ({figure.Detail})";
                    TextReport.Wrap(text, figure.Name.PadRight(column) + figure.Value + detail, new string(' ', column));
                }

                break;
            case DraftTable { Table: var table }:
                Heading(text, table.Title);
                if (table.Note is { } note) TextReport.Wrap(text, note, "");
                if (table.IsNote) break;
                if (table.Note is not null) text.Append('\n');
                TextTable.Write(text, table);
                break;
            case DraftLog log:
                Heading(text, log.Title);
                foreach (string line in log.Lines) text.Append("  ").Append(SafeText.Clean(line)).Append('\n');
                break;
            case DraftChart { Chart: var chart }:
                Heading(text, chart.Title);
                TextReport.Wrap(text, chart.Summary(), "");
                break;
            case DraftLinks links:
                Heading(text, null);
                foreach ((string label, string target) in links.Links) text.Append(SafeText.Clean($"{label}: {target}")).Append('\n');
                break;
        }
    }

    private static void Heading(StringBuilder text, string? title)
    {
        text.Append('\n');
        if (title is null) return;
        text.Append(SafeText.Clean(title)).Append('\n').Append('-', Math.Min(SafeText.Clean(title).Length, TextReport.Width)).Append('\n');
    }
}
