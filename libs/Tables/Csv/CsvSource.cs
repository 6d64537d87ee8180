namespace BatchScoring.Tables.Csv;

/// <summary>Opens what text is in: a plain file, one that gzip has packed (its first bytes say so), or a stream of either.</summary>
internal static class CsvSource
{
    /// <summary>Opens a file; the stream begins with the text's first byte.</summary>
    /// <exception cref="Core.BatchScoringException">There is no such file, it cannot be opened, or it is no text.</exception>
    public static Stream Open(string path, string file)
    {
        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0), file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CsvErrors.NotFound(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CsvErrors.Reading(file, e);
        }
    }

    /// <summary>Looks into a stream; its text begins where it stands. Takes the stream over.</summary>
    public static Stream Open(Stream stream, string file)
    {
        Stream opened = stream;
        try
        {
            var peeked = new PeekedStream(stream, CsvSignature.Bytes);
            if (CsvSignature.IsGzip(peeked.First)) peeked = new PeekedStream(new GzipText(peeked), CsvSignature.Bytes);
            opened = peeked;
            return CsvSignature.Refuse(peeked.First) is { } found ? throw CsvErrors.Encoding(file, found) : peeked;
        }
        catch (Exception e)
        {
            opened.Dispose();
            if (e is InvalidDataException or IOException) throw CsvErrors.Reading(file, e);
            throw;
        }
    }
}
