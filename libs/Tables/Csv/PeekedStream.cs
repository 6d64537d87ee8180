namespace BatchScoring.Tables.Csv;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private readonly Stream _rest;
    private readonly byte[] _first;
    private int _taken;

    public PeekedStream(Stream stream, int bytes)
    {
        _rest = stream;
        byte[] first = new byte[bytes];
        _first = first[..stream.ReadAtLeast(first, bytes, throwOnEndOfStream: false)];
    }

    /// <summary>The first bytes, fewer where the stream is shorter.</summary>
    public ReadOnlySpan<byte> First => _first;

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _first.Length) return _rest.Read(buffer);
        int length = Math.Min(buffer.Length, _first.Length - _taken);
        _first.AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _rest.Dispose();
        base.Dispose(disposing);
    }
}
