using System.Security.Cryptography;
using System.Text;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>One line of a known hosts file: <c>[@mark] names type key [comment]</c>.</summary>
internal sealed record KnownHostsLine(KnownHostsMark Mark, string Names, string Type, byte[] Key)
{
    private const string Hashed = "|1|";

    /// <summary>Null: a comment, an empty line, or one that nobody can read, which OpenSSH passes over, too.</summary>
    public static KnownHostsLine? Parse(string line)
    {
        string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#')) return null;
        KnownHostsMark? mark = words[0] switch
        {
            "@cert-authority" => KnownHostsMark.Authority,
            "@revoked" => KnownHostsMark.Revoked,
            ['@', ..] => null,
            _ => KnownHostsMark.None,
        };
        if (mark is null) return null;
        if (mark != KnownHostsMark.None) words = words[1..];
        if (words.Length < 3) return null;
        byte[] key = new byte[words[2].Length];
        // The key says its type itself, in its first field; a line whose two types differ was put together by hand.
        return Convert.TryFromBase64String(words[2], key, out int length) && TypeIn(key.AsSpan(0, length)) == words[1]
            ? new KnownHostsLine(mark.Value, words[0], words[1], key[..length])
            : null;
    }

    /// <summary>True when the line is about this host.</summary>
    public bool IsFor(string name)
    {
        if (Names.StartsWith(Hashed, StringComparison.Ordinal)) return IsHashOf(name);
        bool found = false;
        foreach (string pattern in Names.ToLowerInvariant().Split(','))
        {
            // A pattern that excludes the host wins wherever it stands.
            if (pattern.StartsWith('!') && Matches(pattern.AsSpan(1), name)) return false;
            found |= Matches(pattern, name);
        }

        return found;
    }

    /// <summary><c>*</c> is any text, <c>?</c> any character, everything else itself.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, retry = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, retry) = (p++, n);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n])) (p, n) = (p + 1, n + 1);
            else if (star >= 0) (p, n) = (star + 1, ++retry);
            else return false;
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    private static string TypeIn(ReadOnlySpan<byte> key)
    {
        if (key.Length < 4) return "";
        uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(key);
        return length <= key.Length - 4 ? Encoding.ASCII.GetString(key.Slice(4, (int)length)) : "";
    }

#pragma warning disable CA5350 // SHA-1 is the file format's; it hides names and protects nothing.
    private bool IsHashOf(string name)
    {
        string[] parts = Names[Hashed.Length..].Split('|');
        byte[] salt = new byte[Names.Length], hash = new byte[Names.Length];
        return parts.Length == 2
            && Convert.TryFromBase64String(parts[0], salt, out int salted) && Convert.TryFromBase64String(parts[1], hash, out int hashed)
            && HMACSHA1.HashData(salt.AsSpan(0, salted), Encoding.UTF8.GetBytes(name)).AsSpan().SequenceEqual(hash.AsSpan(0, hashed));
    }
#pragma warning restore CA5350
}

internal enum KnownHostsMark
{
    None,

    /// <summary>Its key signs hosts' certificates.</summary>
    Authority,

    /// <summary>Its key is never to be accepted.</summary>
    Revoked,
}
