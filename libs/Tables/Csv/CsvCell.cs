using System.Text;

namespace BatchScoring.Tables.Csv;

/// <summary>What a cell says, without its quotes.</summary>
internal static unsafe class CsvCell
{
    private const int ShownCharacters = 200;

    /// <summary>Takes the quotes off a cell. Doubled ones inside become one in place, in the text itself.</summary>
    /// <param name="at">The cell, with its quotes.</param>
    /// <param name="length">Its bytes, 2 or more.</param>
    /// <returns>The length of what it says, which begins at the second byte.</returns>
    public static int Unquote(byte* at, int length)
    {
        var inner = new Span<byte>(at + 1, length - 2);
        int from = inner.IndexOf((byte)'"');
        if (from < 0) return inner.Length;
        int to = from;
        while (from < inner.Length)
        {
            byte value = inner[from];
            inner[to++] = value;
            from += value == '"' ? 2 : 1;
        }

        // Nothing may look like a line end that is none: lines are counted in what is left, too.
        inner[to..].Fill((byte)'"');
        return to;
    }

    /// <summary>The text for a message.</summary>
    public static string Shown(ReadOnlySpan<byte> cell)
    {
        string text = Encoding.UTF8.GetString(cell.Length > 4 * ShownCharacters ? cell[..(4 * ShownCharacters)] : cell);
        return text.Length > ShownCharacters ? text[..ShownCharacters] + "…" : text;
    }
}
