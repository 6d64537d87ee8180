namespace BatchScoring.Hosting;

/// <summary>Finds what somebody may have meant by a word that is not known.</summary>
public static class Similar
{
    /// <summary>A sentence with a blank before it, <c> Did you mean 'score'?</c>; empty when nothing comes close.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    public static string Hint(string word, IEnumerable<string> known)
    {
        string[] near =
        [
            .. known.Distinct(StringComparer.Ordinal).Select(candidate => (Candidate: candidate, Apart: Apart(word, candidate)))
                .Where(found => found.Apart <= Allowed(word, found.Candidate)).OrderBy(found => found.Apart)
                .ThenBy(found => found.Candidate, StringComparer.Ordinal).Take(3).Select(found => $"'{found.Candidate}'"),
        ];
        return near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>
    /// A third of the letters may differ, but always one: <c>lst</c> is meant for <c>list</c>, <c>by</c> is not meant for <c>me</c>.
    /// </summary>
    private static int Allowed(string word, string candidate) => Math.Max(1, Math.Min(word.Length, candidate.Length) / 3);

    /// <summary>
    /// Letters to insert, delete, change or swap with their neighbour, letter case and leading dashes aside (optimal string alignment). A
    /// word that was merely not written to its end is one apart.
    /// </summary>
    private static int Apart(string left, string right)
    {
        string a = left.TrimStart('-').ToLowerInvariant(), b = right.TrimStart('-').ToLowerInvariant();
        if (a.Length >= 3 && b.StartsWith(a, StringComparison.Ordinal)) return a.Length == b.Length ? 0 : 1;
        int[,] costs = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) costs[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) costs[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(change, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }

        return costs[a.Length, b.Length];
    }
}
