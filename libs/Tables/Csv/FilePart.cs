using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tables.Csv;

/// <summary>A file from some place on; several may read one file at once.</summary>
internal sealed class FilePart(SafeFileHandle file, long from) : ForwardStream
{
    private long _at = from;

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(file, buffer, _at);
        _at += read;
        return read;
    }
}
