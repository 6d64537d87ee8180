namespace BatchScoring.Tables.Csv;

/// <summary>Opens what text is in: a plain file, one that gzip has packed (its first bytes say so), or a stream of either.</summary>
internal static class CsvSource
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="Core.BatchScoringException">There is no such file, or it cannot be opened.</exception>
    public static FileStream OpenFile(string path, string file)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
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

    /// <summary>Looks into a stream, which it takes over; what it returns begins with the text's first byte.</summary>
    /// <exception cref="Core.BatchScoringException">It is no text, or cannot be read.</exception>
    public static Stream Open(Stream stream, string file, out bool isPacked)
    {
        Stream opened = stream;
        try
        {
            var peeked = new PeekedStream(stream, CsvSignature.Bytes);
            isPacked = CsvSignature.IsGzip(peeked.First);
            if (isPacked) peeked = new PeekedStream(new GzipText(peeked), CsvSignature.Bytes);
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
