using System.Buffers.Binary;

namespace BatchScoring.Tables;

/// <summary>ZeroMQ's Z85: five letters are four bytes.</summary>
internal static class Base85
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private const int Group = 5;

    /// <exception cref="InvalidDataException">It is none.</exception>
    public static byte[] Decode(string text)
    {
        if (text.Length % Group != 0) throw new InvalidDataException("it is no base 85: its length is no multiple of 5");
        byte[] bytes = new byte[text.Length / Group * sizeof(uint)];
        for (int at = 0; at < text.Length; at += Group)
        {
            ulong value = 0;
            foreach (char letter in text.AsSpan(at, Group))
            {
                int digit = Letters.IndexOf(letter, StringComparison.Ordinal);
                if (digit < 0) throw new InvalidDataException("it is no base 85: a letter of it is none");
                value = (value * (ulong)Letters.Length) + (ulong)digit;
            }

            if (value > uint.MaxValue) throw new InvalidDataException("it is no base 85: a group is too large");
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at / Group * sizeof(uint)), (uint)value);
        }

        return bytes;
    }
}
