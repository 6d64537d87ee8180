using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Turns what S3, the network and the SDK say into typed errors.</summary>
internal static class S3Errors
{
    private static readonly Dictionary<string, ErrorCode> CodeByS3Code = new(StringComparer.Ordinal)
    {
        ["NoSuchKey"] = StorageErrors.NotFound,
        ["NoSuchBucket"] = StorageErrors.BucketNotFound,
        ["NoSuchUpload"] = StorageErrors.PendingGone,
        ["InvalidPart"] = StorageErrors.PendingGone,
        ["InvalidPartOrder"] = StorageErrors.PendingGone,
        ["EntityTooSmall"] = StorageErrors.PendingGone,
        ["PreconditionFailed"] = StorageErrors.Changed,
        ["NotModified"] = StorageErrors.Changed,
        ["InvalidRange"] = StorageErrors.Truncated,
        ["InvalidAccessKeyId"] = StorageErrors.CredentialsRejected,
        ["SignatureDoesNotMatch"] = StorageErrors.CredentialsRejected,
        ["InvalidToken"] = StorageErrors.CredentialsRejected,
        ["ExpiredToken"] = StorageErrors.CredentialsExpired,
        ["TokenRefreshRequired"] = StorageErrors.CredentialsExpired,
        ["RequestTimeTooSkewed"] = StorageErrors.ClockSkew,
        ["AccessDenied"] = StorageErrors.Denied,
        ["InvalidObjectState"] = StorageErrors.Archived,
        ["PermanentRedirect"] = StorageErrors.WrongRegion,
        ["AuthorizationHeaderMalformed"] = StorageErrors.WrongRegion,
        ["NotImplemented"] = StorageErrors.Unsupported,
        // The request arrived damaged: nothing was written, sending it again helps.
        ["IncompleteBody"] = StorageErrors.Failed,
        ["BadDigest"] = StorageErrors.Failed,
        ["XAmzContentSHA256Mismatch"] = StorageErrors.Failed,
        ["SlowDown"] = StorageErrors.Failed,
        ["InternalError"] = StorageErrors.Failed,
        ["RequestTimeout"] = StorageErrors.Failed,
        ["OperationAborted"] = StorageErrors.Failed,
        ["ConditionalRequestConflict"] = StorageErrors.Failed,
    };

    private static readonly Dictionary<ErrorCode, string> AdviceByCode = new()
    {
        [StorageErrors.NotFound] = "it is not there.",
        [StorageErrors.BucketNotFound] = "the bucket does not exist at this endpoint; create it or correct the root.",
        [StorageErrors.PendingGone] = "its pending upload is gone or already complete.",
        [StorageErrors.Changed] = "it is another version now.",
        [StorageErrors.Truncated] = "it is shorter than what must be read.",
        [StorageErrors.CredentialsRejected] = "the access key is unknown or its secret wrong; correct the credentials.",
        [StorageErrors.CredentialsExpired] = "the temporary credentials have ended; renew them.",
        [StorageErrors.ClockSkew] = "this machine's clock is too far from the store's; set the clock.",
        [StorageErrors.Archived] = "it is archived, so it cannot be read; restore it, or deliver it again.",
        [StorageErrors.Denied] = "the rights do not allow it; s3-layout/ lists what is needed.",
        [StorageErrors.WrongRegion] =
            "the bucket lies in another region or behind another endpoint; correct --s3-region (AWS_REGION) or --s3-endpoint.",
        [StorageErrors.Unsupported] = "the store does not know this request.",
        [StorageErrors.Failed] = "the store failed, also after retries.",
        [StorageErrors.Refused] = "the store refused it.",
    };

    /// <param name="e">What was thrown; a cancellation here is the deadline's, never the caller's.</param>
    /// <param name="action">For the text: <c>Cannot {action} …</c>.</param>
    /// <param name="where">The object, for people.</param>
    /// <param name="route">A sentence on the proxy in between, or nothing; told where it may be the cause.</param>
    public static StoreException From(Exception e, string action, string where, string route) => e switch
    {
        StoreException typed => typed,
        AmazonS3Exception s3 => FromS3(s3, action, where, route),
        _ when Find<StoreException>(e) is { } typed => typed, // from the credentials' source or the connection, through the SDK
        OperationCanceledException =>
            new(StorageErrors.Unreachable, $"Cannot {action} '{where}': no answer before the deadline.{route}", unclear: true, e),
        _ when Find<HttpRequestException>(e) is { } http => Unreachable(http.Message, action, where, route, e),
        _ when Find<IOException>(e) is { } io => Unreachable(io.Message, action, where, route, e),
        AmazonUnmarshallingException => new(StorageErrors.Failed,
            $"Cannot {action} '{where}': the store's answer cannot be understood ({e.Message}).", unclear: true, e),
        // Neither network nor store: the request could not be made, or its answer not be read. Trying again would end the same way.
        _ => new(StorageErrors.Refused, $"Cannot {action} '{where}': {e.Message} ({e.GetType().Name})", unclear: true, e),
    };

    private static StoreException FromS3(AmazonS3Exception e, string action, string where, string route)
    {
        int status = (int)e.StatusCode;
        ErrorCode code = CodeByS3Code.TryGetValue(e.ErrorCode ?? "", out ErrorCode? known) ? known : status switch
        {
            301 or 307 => StorageErrors.WrongRegion,
            304 => StorageErrors.Changed, // some stores answer a lost condition so
            403 => StorageErrors.Denied,
            404 => StorageErrors.NotFound,
            412 => StorageErrors.Changed,
            416 => StorageErrors.Truncated,
            405 or 501 => StorageErrors.Unsupported,
            408 or 409 or 429 or >= 500 => StorageErrors.Failed,
            // An error body under a status of success, or no status at all: nothing is known.
            < 300 => StorageErrors.Failed,
            _ => StorageErrors.Refused,
        };
        string said = string.Create(CultureInfo.InvariantCulture, $"{status} {e.ErrorCode}: {e.Message}")
            + (string.IsNullOrEmpty(e.RequestId) ? "" : $" (request {e.RequestId})");
        // An answer without a request's id may be somebody else's who stands in between.
        string between = string.IsNullOrEmpty(e.RequestId) ? route : "";
        return new StoreException(code, $"Cannot {action} '{where}': {AdviceByCode[code]} The store said {said}.{between}",
            unclear: code == StorageErrors.Failed, e);
    }

    private static StoreException Unreachable(string why, string action, string where, string route, Exception e) =>
        new(StorageErrors.Unreachable,
        $"Cannot {action} '{where}': the store could not be reached or broke off ({why.TrimEnd('.')}). Check endpoint and network.{route}",
            unclear: true, e);

    private static T? Find<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found) return found;
        }
        return null;
    }
}
