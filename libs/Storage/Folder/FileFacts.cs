using System.Globalization;

namespace BatchScoring.Storage;

/// <summary>What the file system knows of a file.</summary>
internal readonly record struct FileFacts(ulong Device, ushort Mode, ulong Inode, long Size, long Seconds, uint Nanoseconds)
{
    public bool IsFolder => (Mode & 0xF000) == 0x4000;

    public DateTimeOffset Modified => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanoseconds / 100);

    public bool IsSameFile(FileFacts other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Modification time in nanoseconds, inode and size: a file that was rewritten or replaced has another text.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{Seconds}.{Nanoseconds:d9}-{Inode}-{Size}");
}
