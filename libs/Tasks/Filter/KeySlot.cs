using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BatchScoring.Tasks;

/// <summary>
/// The slot of a key: ⌊u·k/2⁶⁴⌋, u = the first 8 bytes (big-endian) of SHA-256(salt, 0, key), all as UTF-8. The same for ever and
/// everywhere: whoever draws a date again, in any order, gets the same rows.
/// </summary>
/// <remarks>Not thread safe: keeps a buffer.</remarks>
public sealed class KeySlot
{
    private readonly int _slots;
    private readonly int _saltBytes;
    private byte[] _text;

    /// <summary>Slots for a salt.</summary>
    /// <param name="salt">Its text.</param>
    /// <param name="slots">k, at least 1.</param>
    public KeySlot(string salt, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        _slots = slots;
        _saltBytes = Encoding.UTF8.GetByteCount(salt) + 1;
        _text = new byte[_saltBytes + 64];
        Encoding.UTF8.GetBytes(salt, _text);
    }

    /// <summary>The slot, 0 to k − 1.</summary>
    /// <param name="key">The key's text as UTF-8: text as it is, integers in canonical decimal.</param>
    public int Of(ReadOnlySpan<byte> key)
    {
        int length = _saltBytes + key.Length;
        if (_text.Length < length) Array.Resize(ref _text, length * 2);
        key.CopyTo(_text.AsSpan(_saltBytes));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_text.AsSpan(0, length), hash);
        return (int)Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(hash), (ulong)_slots, out _);
    }
}
