using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>
/// Objects under one root: a folder, or a prefix of an S3 bucket. Keys are relative to the root, with forward slashes.
/// </summary>
/// <remarks>Thread safe. Errors are <see cref="StoreException"/>; transient ones were already retried with backoff.</remarks>
public interface IObjectStore : IDisposable
{
    /// <summary>Where the root is, for people and for header lines; without secrets.</summary>
    StoreOptions Options { get; }

    /// <summary>
    /// After this long, a request that somebody sent is either carried out or never will be. Recovery waits longer than this before it
    /// takes a part for lost.
    /// </summary>
    TimeSpan RequestTimeout { get; }

    /// <summary>All objects whose key starts with <paramref name="prefix"/>, by the ordinal order of their keys' UTF-8 bytes.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>The object's facts, or null when there is none.</summary>
    Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation);

    /// <summary>A small object whole, or null when there is none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on.</summary>
    /// <param name="key">The object.</param>
    /// <param name="version">The version it must still have (see <see cref="StoredObject.Version"/>), or null for any.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="destination">As many bytes as wanted; a shorter object is an error.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="StoreException">Codes <c>STORE_NOT_FOUND</c>, <c>STORE_CHANGED</c>, <c>STORE_TRUNCATED</c> …</exception>
    Task ReadRangeAsync(string key, string? version, long offset, Memory<byte> destination, CancellationToken cancellation);

    /// <summary>Copies an object into a local file, streaming.</summary>
    Task DownloadAsync(string key, string localFile, CancellationToken cancellation);

    /// <summary>Puts a small object.</summary>
    /// <returns>False when <paramref name="condition"/> is <see cref="PutCondition.IfAbsent"/> and the key is taken.</returns>
    /// <exception cref="StoreException"><see cref="StoreException.Unclear"/> is true when it is not known whether the object was written:
    /// look before going on.</exception>
    Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation);

    /// <summary>Puts a local file of any size, streaming, unconditionally. For what only its own attempt writes.</summary>
    Task UploadAsync(string key, string localFile, CancellationToken cancellation);

    /// <summary>Removes an object; one that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>The path of an object for programs that open files themselves; null where there is none (S3).</summary>
    string? LocalPath(string key);

    /// <summary>An address that reads an object without credentials for a while; null where the store has none (a folder).</summary>
    /// <param name="key">The object; it is not looked at.</param>
    /// <param name="valid">At most 7 days. Credentials that end before end the address too.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <remarks>The address is a secret: whoever has it reads the object.</remarks>
    Task<string?> SignedUrlAsync(string key, TimeSpan valid, CancellationToken cancellation);

    /// <summary>
    /// Makes a part pending: written in full, invisible under its final key until <see cref="CompleteAsync"/>.
    /// </summary>
    /// <param name="key">The final key, used by nobody else.</param>
    /// <param name="localFile">The content.</param>
    /// <param name="facts">Attempt, SHA-256 and rows, kept as metadata.</param>
    /// <param name="cancellation">Ends the call; nothing stays pending then.</param>
    Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation);

    /// <summary>Parts pending for final keys that start with <paramref name="prefix"/>.</summary>
    IAsyncEnumerable<PendingUpload> ListPendingAsync(string prefix, CancellationToken cancellation);

    /// <summary>Whether the pending part is still there in full, as the task result described it.</summary>
    Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation);

    /// <summary>Makes a pending part visible under its final key. Never trust its failure: look at the final key.</summary>
    Task CompleteAsync(PendingPart part, CancellationToken cancellation);

    /// <summary>Gives a pending part up; one that is not there is no error.</summary>
    Task AbortAsync(string key, string pendingId, CancellationToken cancellation);

    /// <summary>Whether this store keeps the promises that a publish rests on.</summary>
    Task<StoreProbe> ProbeAsync(CancellationToken cancellation);
}
