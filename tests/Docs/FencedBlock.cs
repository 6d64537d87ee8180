namespace BatchScoring.Tests.Docs;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Line">The opening fence's line number, from 1.</param>
/// <param name="Info">What stands behind the fence: the language, and words for tests: <c>sh run</c>, <c>text output</c>.</param>
/// <param name="Text">The lines between the fences.</param>
public sealed record FencedBlock(int Line, string Info, string Text)
{
    /// <summary>All fenced blocks, in order.</summary>
    public static IReadOnlyList<FencedBlock> Read(string markdown)
    {
        List<FencedBlock> blocks = [];
        string[] lines = markdown.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            int start = i;
            while (++i < lines.Length && !lines[i].StartsWith("```", StringComparison.Ordinal))
            {
            }

            blocks.Add(new FencedBlock(start + 1, lines[start][3..].Trim(),
                string.Join('\n', lines[(start + 1)..Math.Min(i, lines.Length)])));
        }

        return blocks;
    }
}
