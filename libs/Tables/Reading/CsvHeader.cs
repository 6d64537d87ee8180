using System.Text;

namespace BatchScoring.Tables;

/// <summary>The first record of a CSV file.</summary>
internal static class CsvHeader
{
    /// <summary>Longer than any header that is one.</summary>
    private const int MostCharacters = 4 << 20;

    public static IReadOnlyList<string> Read(string path, char delimiter, string shown)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        try
        {
            List<string> names = Fields(reader, delimiter);
            if (names.Count == 0) throw ReadingErrors.Unusable(shown, "it is empty; its first line must name the columns");
            if (names.Exists(name => name.Contains('\uFFFD'))) throw ReadingErrors.Unusable(shown, "its first line is not UTF-8");
            return names;
        }
        catch (InvalidDataException e)
        {
            throw ReadingErrors.Unusable(shown, e.Message);
        }
    }

    private static List<string> Fields(StreamReader reader, char delimiter)
    {
        var names = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        bool any = false;
        for (int read = 0; reader.Read() is >= 0 and var next; read++)
        {
            if (read == MostCharacters) throw new InvalidDataException("its first line does not end");
            char character = (char)next;
            any = true;
            if (quoted)
            {
                if (character != '"') field.Append(character);
                else if (reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = false;
            }
            else if (character == '"' && field.Length == 0) quoted = true;
            else if (character is '\n' or '\r') break;
            else if (character == delimiter) Take();
            else field.Append(character);
        }

        if (quoted) throw new InvalidDataException("its first line has a quote that does not end");
        if (any) Take();
        return names;

        void Take()
        {
            names.Add(field.ToString());
            field.Clear();
        }
    }
}
