using System.Runtime.CompilerServices;

namespace BatchScoring.Storage;

/// <summary>Turns the pages of a listing.</summary>
internal static class S3Pages
{
    /// <param name="ask">Asks for the page after a marker (null: the first) and says where the next one begins, or null when it was the
    /// last.</param>
    /// <param name="where">What is listed, for people.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StoreException"><c>STORE_UNSUPPORTED</c>: the store goes in circles, or says that there is more and not
    /// where.</exception>
    public static async IAsyncEnumerable<TPage> TurnAsync<TPage>(
        Func<string?, Task<(TPage Page, bool IsTruncated, string? Next)>> ask, string where,
            [EnumeratorCancellation] CancellationToken cancellation)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        string? marker = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            (TPage page, bool isTruncated, string? next) = await ask(marker);
            yield return page;
            if (!isTruncated) yield break;
            if (string.IsNullOrEmpty(next) || !seen.Add(next))
            {
                throw new StoreException(StorageErrors.Unsupported,
                    $"Cannot list '{where}': the store says that its listing goes on after {seen.Count + 1} page(s), "
                    + (string.IsNullOrEmpty(next) ? "and not where." : "and leads back to where it was.") +
                        " Nothing can be known to be complete there.");
            }
            marker = next;
        }
    }
}
