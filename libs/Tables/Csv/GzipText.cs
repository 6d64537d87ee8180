using System.IO.Compression;

namespace BatchScoring.Tables.Csv;

/// <summary>
/// What gzip has packed, in one member or several. A file that was cut, that is damaged, or that has something else behind its last member
/// is an error, and not a shorter text.
/// </summary>
/// <remarks>Stands on the switch <c>System.IO.Compression.UseStrictValidation</c>, which every program of ours has in its settings.</remarks>
internal sealed class GzipText : ForwardStream
{
    private readonly HeldBackStream _packed;
    private readonly GZipStream _members;

    public GzipText(Stream packed)
    {
        _packed = new HeldBackStream(packed);
        _members = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _members.Read(buffer);
        // Whatever is no member ends the text without a word; a file that is whole is read to its last byte.
        if (read == 0 && buffer.Length > 0 && !_packed.IsAtEnd)
            throw new InvalidDataException("something that is not packed by gzip follows");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _members.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Hands out its last byte alone, when all others are taken: who never asks for it did not need it.</summary>
    private sealed class HeldBackStream(Stream stream) : ForwardStream
    {
        private const int NotRead = -2;

        private int _held = NotRead;

        public bool IsAtEnd { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (buffer.Length < 2) throw new ArgumentException("A byte is held back, so there must be room for two.", nameof(buffer));
            if (_held == NotRead) _held = stream.ReadByte();
            if (_held < 0 || IsAtEnd) return 0;
            buffer[0] = (byte)_held;
            int read = stream.Read(buffer[1..]);
            IsAtEnd = read == 0;
            if (IsAtEnd) return 1;
            _held = buffer[read];
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
