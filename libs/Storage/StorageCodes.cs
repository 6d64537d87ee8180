using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Every error code of this library, in one place. <see cref="StoreException"/> takes exit status and retry advice from here.</summary>
public static class StorageCodes
{
    /// <summary>All codes, in the order in which the errors page shows them.</summary>
    public static IReadOnlyList<StorageCode> All { get; } =
    [
        new("STORE_ROOT_INVALID", ExitCode.Configuration, false, "The root is neither an absolute folder nor s3://bucket/prefix. Correct --root or BATCHSCORING_ROOT."),
        new("STORE_KEY_INVALID", ExitCode.Usage, false, "A key is absolute, climbs out of the root or has characters that stores do not share. Correct the name."),
        new("STORE_NOT_FOUND", ExitCode.InputUnusable, false, "The object is not there. Check the name, and whether a job removed it since the plan."),
        new("STORE_CHANGED", ExitCode.InputUnusable, false, "The object is no longer the version that was planned. Run the command again: it plans anew."),
        new("STORE_TRUNCATED", ExitCode.InputUnusable, false, "The object is shorter than what must be read. It was cut or replaced; deliver it again."),
        new("STORE_INCOMPLETE_READ", ExitCode.Unreachable, true, "The store ended its answers early, again and again. Look at the network and the store."),
        new("STORE_DENIED", ExitCode.NotAllowed, false, "Rights are missing. Grant what s3-layout/ lists, or the folder's permissions."),
        new("STORE_DISK_FULL", ExitCode.Io, true, "The disk or quota is full. Free space and run the command again; nothing was published."),
        new("STORE_READ_ONLY", ExitCode.Io, false, "The file system is mounted read-only. Mount it writable or choose another root."),
        new("STORE_CROSS_DEVICE", ExitCode.Configuration, false, "Two folders of one root lie on different file systems. Keep the whole root on one."),
        new("STORE_NAME_TOO_LONG", ExitCode.Configuration, false, "A file name exceeds what the file system allows. Use a shorter root or prefix."),
        new("STORE_IO", ExitCode.Io, true, "The disk or file system failed. Look at the system log."),
        new("STORE_TAKEN", ExitCode.Failed, false, "Something else stands where only this part may stand. Nothing was overwritten; find out who wrote it."),
        new("STORE_HASH_MISMATCH", ExitCode.Io, true, "A file changed between its hashing and its upload. Look at the local disk; run the command again."),
        new("STORE_PENDING_GONE", ExitCode.Failed, true, "A pending part is not there any more (aborted by clean or by a lifecycle rule). It is made again."),
        new("STORE_BUCKET_NOT_FOUND", ExitCode.Configuration, false, "The bucket does not exist at this endpoint. Create it or correct the root."),
        new("STORE_CREDENTIALS_MISSING", ExitCode.NotAllowed, false, "No credentials were found. Set them in the environment, a profile, or the instance's role."),
        new("STORE_CREDENTIALS_REJECTED", ExitCode.NotAllowed, false, "The store does not know the access key, or the secret does not fit it. Correct the credentials."),
        new("STORE_CREDENTIALS_EXPIRED", ExitCode.NotAllowed, true, "Temporary credentials have ended and no newer ones were to be had. Renew them."),
        new("STORE_CLOCK_SKEW", ExitCode.Configuration, false, "This machine's clock is too far from the store's. Set the clock (NTP)."),
        new("STORE_WRONG_REGION", ExitCode.Configuration, false, "The bucket lies in another region or behind another endpoint. Correct region or endpoint."),
        new("STORE_UNSUPPORTED", ExitCode.Configuration, false, "The store does not know a request that is needed. Use a store that speaks all of S3's multipart calls."),
        new("STORE_UNREACHABLE", ExitCode.Unreachable, true, "The store did not answer, or not in time, after all retries. Check endpoint and network."),
        new("STORE_ERROR", ExitCode.Unreachable, true, "The store answered with an error of its own after all retries. Its code and request id are in the text."),
        new("STORE_REFUSED", ExitCode.Failed, false, "The store refused a request for a reason of its own; its code is in the text."),
        new("STORE_UNCONDITIONAL", ExitCode.Configuration, false, "The store ignores conditional writes, so two runs could both win. Nothing is published there."),
    ];

    private static readonly Dictionary<string, StorageCode> ByCode = All.ToDictionary(c => c.Code, StringComparer.Ordinal);

    internal static StorageCode Get(string code) => ByCode[code];
}
