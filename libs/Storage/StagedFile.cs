namespace BatchScoring.Storage;

/// <summary>Checks of a local file on its way to a store.</summary>
internal static class StagedFile
{
    public static StoreException HashMismatch(string localFile, string expected, string found) => new(StorageErrors.HashMismatch,
        $"'{localFile}' changed before it was stored: SHA-256 {found} found, {expected} expected. Nothing was kept; look at the local disk.");
}
