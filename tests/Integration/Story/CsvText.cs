using System.Text;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>CSV read by the letter of RFC 4180, so that no reader's kindness hides a mistake.</summary>
internal static class CsvText
{
    public static List<string[]> Parse(string text, char delimiter)
    {
        List<string[]> rows = [];
        List<string> row = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (quoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (letter == '"') quoted = !quoted;
            else if (quoted || (letter != delimiter && letter is not ('\r' or '\n'))) cell.Append(letter);
            else if (letter == delimiter) End();
            else if (letter == '\n')
            {
                End();
                rows.Add([.. row]);
                row.Clear();
            }
        }

        return rows;

        void End()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }
}
