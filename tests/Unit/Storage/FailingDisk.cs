using BatchScoring.Storage;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>A disk that fails with <paramref name="errno"/> at its n-th change, once; and counts.</summary>
internal sealed class FailingDisk(int errno, int failAt) : FolderDisk
{
    public int Changes { get; private set; }

    protected override int Before(string change, string path) => ++Changes == failAt ? errno : 0;
}
