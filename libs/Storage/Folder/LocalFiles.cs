namespace BatchScoring.Storage;

/// <summary>Files that lie on a local disk outside of any store: inputs by path, models. Linux only. Thread safe.</summary>
public static class LocalFiles
{
    /// <summary>
    /// What a store would know of the file: size, version (changes when it is written again or replaced), time. Links are followed.
    /// </summary>
    /// <param name="path">An absolute path; it becomes the <see cref="StoredObject.Key"/>.</param>
    /// <returns>Null when there is no such file, or a folder of that name.</returns>
    /// <exception cref="StoreException"><c>STORE_DENIED</c>, <c>STORE_IO</c> …: the file system does not let look.</exception>
    public static StoredObject? Head(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int error = Posix.Stat(path, out FileFacts facts);
        if (error is Posix.ENOENT or Posix.ENOTDIR || (error == 0 && facts.IsFolder)) return null;
        if (error != 0) throw FolderErrors.From(error, "look at", path);
        return new StoredObject { Key = path, Size = facts.Size, Version = facts.Version, Modified = facts.Modified };
    }
}
