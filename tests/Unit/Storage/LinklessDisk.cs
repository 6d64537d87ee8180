using BatchScoring.Storage;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>A file system without hard links, as FAT says it.</summary>
internal sealed class LinklessDisk : FolderDisk
{
    protected override int Before(string change, string path) => change == "link" ? Posix.EPERM : 0;
}
