using System.Globalization;
using System.Net;
using Amazon.S3.Model;

namespace BatchScoring.Storage;

/// <summary>What an answer says of its own length. One in chunks has no Content-Length; Content-Range tells it as well.</summary>
internal static class S3Length
{
    /// <summary>How many bytes come; null when the answer does not say.</summary>
    public static long? Told(GetObjectResponse response) => Range(response) is (long first, long last)
        ? last - first + 1
        : response.ContentLength > 0 ? response.ContentLength : null;

    /// <summary>Whether the answer begins where it was asked to; a store that does not know ranges begins at 0.</summary>
    public static bool IsAsked(GetObjectResponse response, long offset) => Range(response) is (long first, _)
        ? first == offset
        : offset == 0 || response.HttpStatusCode == HttpStatusCode.PartialContent;

    private static (long First, long Last)? Range(GetObjectResponse response)
    {
        // "bytes 10-19/100"
        string[] parts = (response.ContentRange ?? "").Split(' ', '-', '/');
        return parts.Length >= 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            ? (first, last)
            : null;
    }
}
