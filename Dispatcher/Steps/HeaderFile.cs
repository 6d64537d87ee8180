using System.Net.Http.Headers;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>Secret headers, from a file that only the dispatcher reads: one <c>Name: value</c> a line, <c>#</c> begins a comment.</summary>
internal static class HeaderFile
{
    /// <summary>
    /// Adds them to a request, and gives their values, which no text may show. Read anew each time, so that a renewed token counts at once.
    /// </summary>
    /// <exception cref="BatchScoringException"><c>FILE_NOT_FOUND</c>, <c>CONFIGURATION_INVALID</c>; no text ever holds a value.</exception>
    public static async Task<IReadOnlyList<string>> AddToAsync(HttpRequestHeaders headers, string file, CancellationToken cancellation)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(file, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BatchScoringException(HostErrors.FileNotFound, $"The file {file} with the headers cannot be read: {e.Message}", e);
        }

        List<string> secrets = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not { Length: > 0 } line || line[0] == '#') continue;
            string[] pair = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (pair.Length == 2 && pair[1].Length > 0 && headers.TryAddWithoutValidation(pair[0], pair[1]))
            {
                secrets.Add(pair[1]);
                continue;
            }

            throw new BatchScoringException(HostErrors.ConfigurationInvalid,
                FormattableString.Invariant($"Line {i + 1} of {file} is no header. Write 'Name: value', one a line."));
        }

        return secrets;
    }
}
