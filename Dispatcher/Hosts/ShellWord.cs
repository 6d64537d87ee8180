using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// One word for <c>sh</c>, quoted: the only way by which data of any kind gets into a script. Every byte but NUL comes through unchanged;
/// NUL no shell can carry, so it is refused.
/// </summary>
internal readonly struct ShellWord
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[]? _quoted;

    private ShellWord(byte[] quoted) => _quoted = quoted;

    /// <summary>The word as it stands in a script: in single quotes, within which a shell knows no other special character.</summary>
    public ReadOnlySpan<byte> Quoted => _quoted ?? "''"u8;

    public static ShellWord Of(string text)
    {
        try
        {
            return Of(Strict.GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            throw new BatchScoringException(RemoteErrors.WordInvalid,
                $"'{text}' is no text: half of a character of two halves stands in it. Nothing was run.", inner: e);
        }
    }

    public static ShellWord Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
            throw new BatchScoringException(RemoteErrors.WordInvalid,
                $"A word of a command holds a NUL, which no shell can carry: '{Encoding.UTF8.GetString(bytes).Replace('\0', '␀')}'. "
                + "Nothing was run.");
        var quoted = new List<byte>(bytes.Length + 8) { (byte)'\'' };
        foreach (byte each in bytes)
        {
            if (each == '\'') quoted.AddRange(@"'\''"u8);
            else quoted.Add(each);
        }

        quoted.Add((byte)'\'');
        return new ShellWord([.. quoted]);
    }

    public static implicit operator ShellWord(string text) => Of(text);
}
