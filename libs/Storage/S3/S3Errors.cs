using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;

namespace BatchScoring.Storage;

/// <summary>Turns what S3, the network and the SDK say into typed errors.</summary>
internal static class S3Errors
{
    private static readonly Dictionary<string, string> CodeByS3Code = new(StringComparer.Ordinal)
    {
        ["NoSuchKey"] = "STORE_NOT_FOUND",
        ["NoSuchBucket"] = "STORE_BUCKET_NOT_FOUND",
        ["NoSuchUpload"] = "STORE_PENDING_GONE",
        ["InvalidPart"] = "STORE_PENDING_GONE",
        ["InvalidPartOrder"] = "STORE_PENDING_GONE",
        ["EntityTooSmall"] = "STORE_PENDING_GONE",
        ["PreconditionFailed"] = "STORE_CHANGED",
        ["InvalidRange"] = "STORE_TRUNCATED",
        ["InvalidAccessKeyId"] = "STORE_CREDENTIALS_REJECTED",
        ["SignatureDoesNotMatch"] = "STORE_CREDENTIALS_REJECTED",
        ["InvalidToken"] = "STORE_CREDENTIALS_REJECTED",
        ["ExpiredToken"] = "STORE_CREDENTIALS_EXPIRED",
        ["TokenRefreshRequired"] = "STORE_CREDENTIALS_EXPIRED",
        ["RequestTimeTooSkewed"] = "STORE_CLOCK_SKEW",
        ["AccessDenied"] = "STORE_DENIED",
        ["PermanentRedirect"] = "STORE_WRONG_REGION",
        ["AuthorizationHeaderMalformed"] = "STORE_WRONG_REGION",
        ["NotImplemented"] = "STORE_UNSUPPORTED",
        // The request arrived damaged: nothing was written, sending it again helps.
        ["IncompleteBody"] = "STORE_ERROR",
        ["BadDigest"] = "STORE_ERROR",
        ["XAmzContentSHA256Mismatch"] = "STORE_ERROR",
        ["SlowDown"] = "STORE_ERROR",
        ["InternalError"] = "STORE_ERROR",
        ["RequestTimeout"] = "STORE_ERROR",
        ["OperationAborted"] = "STORE_ERROR",
        ["ConditionalRequestConflict"] = "STORE_ERROR",
    };

    /// <param name="e">What was thrown; a cancellation here is the deadline's, never the caller's.</param>
    /// <param name="action">For the text: <c>Cannot {action} …</c>.</param>
    /// <param name="where">The object, for people.</param>
    public static StoreException From(Exception e, string action, string where) => e switch
    {
        StoreException typed => typed,
        AmazonS3Exception s3 => FromS3(s3, action, where),
        _ when Find<StoreException>(e) is { } typed => typed, // from the credentials' source, through the SDK
        OperationCanceledException => new("STORE_UNREACHABLE", $"Cannot {action} '{where}': no answer before the deadline.", unclear: true, e),
        _ when Find<HttpRequestException>(e) is { } http => Unreachable(http.Message, action, where, e),
        _ when Find<IOException>(e) is { } io => Unreachable(io.Message, action, where, e),
        AmazonClientException when e.Message.Contains("hash", StringComparison.OrdinalIgnoreCase) => new("STORE_INCOMPLETE_READ",
            $"Cannot {action} '{where}': the bytes that came do not fit the object's ETag, also after retries ({e.Message}).", inner: e),
        AmazonUnmarshallingException => new("STORE_ERROR", $"Cannot {action} '{where}': the store's answer cannot be understood ({e.Message}).", unclear: true, e),
        AmazonClientException when e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) => new("STORE_CREDENTIALS_MISSING",
            $"Cannot {action} '{where}': no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or the instance's role.", inner: e),
        _ => Unreachable(e.Message, action, where, e),
    };

    private static StoreException FromS3(AmazonS3Exception e, string action, string where)
    {
        int status = (int)e.StatusCode;
        string code = CodeByS3Code.TryGetValue(e.ErrorCode ?? "", out string? known) ? known : status switch
        {
            301 or 307 => "STORE_WRONG_REGION",
            403 => "STORE_DENIED",
            404 => "STORE_NOT_FOUND",
            412 => "STORE_CHANGED",
            416 => "STORE_TRUNCATED",
            405 or 501 => "STORE_UNSUPPORTED",
            408 or 409 or 429 or >= 500 => "STORE_ERROR",
            // An error body under a status of success, or no status at all: nothing is known.
            < 300 => "STORE_ERROR",
            _ => "STORE_REFUSED",
        };
        string said = string.Create(CultureInfo.InvariantCulture, $"{status} {e.ErrorCode}: {e.Message}")
            + (string.IsNullOrEmpty(e.RequestId) ? "" : $" (request {e.RequestId})");
        return new StoreException(code, $"Cannot {action} '{where}': {Advice(code)} The store said {said}.", unclear: code == "STORE_ERROR", e);
    }

    private static string Advice(string code) => code switch
    {
        "STORE_NOT_FOUND" => "it is not there.",
        "STORE_BUCKET_NOT_FOUND" => "the bucket does not exist at this endpoint; create it or correct the root.",
        "STORE_PENDING_GONE" => "its pending upload is gone or already complete.",
        "STORE_CHANGED" => "it is another version now.",
        "STORE_TRUNCATED" => "it is shorter than what must be read.",
        "STORE_CREDENTIALS_REJECTED" => "the access key is unknown or its secret wrong; correct the credentials.",
        "STORE_CREDENTIALS_EXPIRED" => "the temporary credentials have ended; renew them.",
        "STORE_CLOCK_SKEW" => "this machine's clock is too far from the store's; set the clock.",
        "STORE_DENIED" => "the rights do not allow it; s3-layout/ lists what is needed.",
        "STORE_WRONG_REGION" => "the bucket lies in another region or behind another endpoint; correct it.",
        "STORE_UNSUPPORTED" => "the store does not know this request.",
        "STORE_ERROR" => "the store failed, also after retries.",
        _ => "the store refused it.",
    };

    private static StoreException Unreachable(string why, string action, string where, Exception e) =>
        new("STORE_UNREACHABLE", $"Cannot {action} '{where}': the store could not be reached or broke off ({why}). Check endpoint and network.", unclear: true, e);

    private static T? Find<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found) return found;
        }
        return null;
    }
}
