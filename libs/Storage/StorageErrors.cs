using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Every error of a store: folder or S3.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class StorageErrors
{
    public static ErrorCode RootInvalid { get; } = new("STORE_ROOT_INVALID", ExitCode.Configuration,
        "The root is neither an absolute folder nor s3://bucket/prefix. Correct --root or BATCHSCORING_ROOT.");

    public static ErrorCode OptionInvalid { get; } = new("STORE_OPTION_INVALID", ExitCode.Configuration,
        "Endpoint, region or encryption of an S3 store is not written as it must be. The text says how.");

    public static ErrorCode LocationInvalid { get; } = new("STORE_LOCATION_INVALID", ExitCode.Usage,
        "A root, input or model is named in a way that leads nowhere: another scheme, `~` in quotes, nothing. The text says what to write.");

    public static ErrorCode NoScratch { get; } = new("STORE_NO_SCRATCH", ExitCode.Configuration,
        "The folder for temporary files, which TMPDIR names, is not there or closed. Make it, or point TMPDIR to another one.");

    public static ErrorCode KeyInvalid { get; } = new("STORE_KEY_INVALID", ExitCode.Usage,
        "A key is absolute, climbs out of the root or has characters that stores do not share. Correct the name.");

    public static ErrorCode NotFound { get; } = new("STORE_NOT_FOUND", ExitCode.InputUnusable,
        "The object is not there. Check the name, and whether a job removed it since the plan.");

    public static ErrorCode Changed { get; } = new("STORE_CHANGED", ExitCode.InputUnusable,
        "The object is no longer the version that was planned. Run the command again: it plans anew.");

    public static ErrorCode Truncated { get; } = new("STORE_TRUNCATED", ExitCode.InputUnusable,
        "The object is shorter than what must be read. It was cut or replaced; deliver it again.");

    public static ErrorCode IncompleteRead { get; } = new("STORE_INCOMPLETE_READ", ExitCode.Unreachable,
        "The store ended its answers early, again and again. Look at the network and the store.", RetryHelps: true);

    public static ErrorCode Denied { get; } = new("STORE_DENIED", ExitCode.NotAllowed,
        "Rights are missing. Grant what s3-layout/ lists, or the folder's permissions.");

    public static ErrorCode Archived { get; } = new("STORE_ARCHIVED", ExitCode.InputUnusable,
        "The object is archived (Glacier or the like) and cannot be read as it is. Restore it, or deliver it again.");

    public static ErrorCode DiskFull { get; } = new("STORE_DISK_FULL", ExitCode.Io,
        "The disk or quota is full. Free space and run the command again; nothing was published.", RetryHelps: true);

    public static ErrorCode ReadOnly { get; } = new("STORE_READ_ONLY", ExitCode.Io,
        "The file system is mounted read-only. Mount it writable or choose another root.");

    public static ErrorCode CrossDevice { get; } = new("STORE_CROSS_DEVICE", ExitCode.Configuration,
        "Two folders of one root lie on different file systems. Keep the whole root on one.");

    public static ErrorCode NameTooLong { get; } = new("STORE_NAME_TOO_LONG", ExitCode.Configuration,
        "A file name exceeds what the file system allows. Use a shorter root or prefix.");

    public static ErrorCode Io { get; } = new("STORE_IO", ExitCode.Io,
        "The disk or file system failed; the text holds what the system said. Look whether it is full, worn or unmounted, then run the " +
        "command again.", RetryHelps: true);

    public static ErrorCode Taken { get; } = new("STORE_TAKEN", ExitCode.Failed,
        "Something else stands where only this part may stand. Nothing was overwritten; find out who wrote it.");

    public static ErrorCode HashMismatch { get; } = new("STORE_HASH_MISMATCH", ExitCode.Io,
        "A file changed between its hashing and its upload. Look at the local disk; run the command again.", RetryHelps: true);

    public static ErrorCode PendingGone { get; } = new("STORE_PENDING_GONE", ExitCode.Failed,
        "A pending part is not there any more (aborted by clean or by a lifecycle rule). It is made again.", RetryHelps: true);

    public static ErrorCode BucketNotFound { get; } = new("STORE_BUCKET_NOT_FOUND", ExitCode.Configuration,
        "The bucket does not exist at this endpoint. Create it or correct the root.");

    public static ErrorCode CredentialsMissing { get; } = new("STORE_CREDENTIALS_MISSING", ExitCode.NotAllowed,
        "No credentials were found. Set them in the environment, a profile, or the instance's role.");

    public static ErrorCode CredentialsRejected { get; } = new("STORE_CREDENTIALS_REJECTED", ExitCode.NotAllowed,
        "The store does not know the access key, or the secret does not fit it. Correct the credentials.");

    public static ErrorCode CredentialsExpired { get; } = new("STORE_CREDENTIALS_EXPIRED", ExitCode.NotAllowed,
        "Temporary credentials have ended and no newer ones were to be had. Renew them.", RetryHelps: true);

    public static ErrorCode ClockSkew { get; } = new("STORE_CLOCK_SKEW", ExitCode.Configuration,
        "This machine's clock is too far from the store's. Set the clock (NTP).");

    public static ErrorCode WrongRegion { get; } = new("STORE_WRONG_REGION", ExitCode.Configuration,
        "The bucket lies in another region or behind another endpoint. Correct region or endpoint.");

    public static ErrorCode Unsupported { get; } = new("STORE_UNSUPPORTED", ExitCode.Configuration,
        "The store does not know a request that is needed. Use a store that speaks all of S3's multipart calls.");

    public static ErrorCode Unreachable { get; } = new("STORE_UNREACHABLE", ExitCode.Unreachable,
        "The store did not answer, or not in time, after all retries. Check endpoint and network.", RetryHelps: true);

    public static ErrorCode Failed { get; } = new("STORE_ERROR", ExitCode.Unreachable,
        "The store answered with an error of its own after all retries. Its code and request id are in the text.", RetryHelps: true);

    public static ErrorCode Refused { get; } = new("STORE_REFUSED", ExitCode.Failed,
        "The store refused a request for a reason of its own; its code is in the text.");

    public static ErrorCode Unconditional { get; } = new("STORE_UNCONDITIONAL", ExitCode.Configuration,
        "The store ignores conditional writes, so two runs could both win. Nothing is published there.");
}
