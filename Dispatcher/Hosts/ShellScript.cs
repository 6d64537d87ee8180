using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>A fixed text for <c>/bin/sh</c> and the words that are its <c>$1</c>, <c>$2</c> …</summary>
internal sealed record ShellScript(string Text, params IReadOnlyList<ShellWord> Words)
{
    /// <summary>
    /// The script as it is sent. Its parentheses make a shell read all of it before it does any of it, so what is cut off in the middle
    /// does nothing; the lines around it tell its output from what a login prints, and its end from a cut.
    /// </summary>
    public SentScript ToSend()
    {
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes($"printf 'begin {nonce}\\n'\n(\nset --"));
        foreach (ShellWord word in Words)
        {
            bytes.Write(" "u8);
            bytes.Write(word.Quoted);
        }

        bytes.Write(Encoding.UTF8.GetBytes($"\n{Text}\n) </dev/null\nprintf '\\nend {nonce} %d\\n' $?\n"));
        return new SentScript(bytes.ToArray(), nonce);
    }
}

/// <summary>A script with the random word that its answer must carry.</summary>
internal sealed record SentScript(byte[] Bytes, string Nonce)
{
    /// <summary>Reads the answer out of all that came.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="errors">Standard error.</param>
    /// <param name="ended">The exit status of the shell; null: the link was lost before it came.</param>
    /// <param name="host">Named in errors.</param>
    /// <exception cref="BatchScoringException"><c>REMOTE_LINK_LOST</c>: nobody knows what happened.</exception>
    public ShellAnswer Read(ReadOnlySpan<byte> output, string errors, int? ended, string host)
    {
        byte[] begin = Encoding.ASCII.GetBytes($"begin {Nonce}\n"), end = Encoding.ASCII.GetBytes($"\nend {Nonce} ");
        int from = output.IndexOf(begin), to = output.LastIndexOf(end);
        if (from >= 0 && to >= from + begin.Length && Code(output[(to + end.Length)..]) is { } code)
            return new ShellAnswer(code, output[(from + begin.Length)..to].ToArray(), errors);
        if (from < 0 && ended is > 0 and not 255)
            throw new BatchScoringException(RemoteErrors.ShellRefused,
                $"{host} runs no script by /bin/sh: it ended with {ended} before it began. It said: "
                + $"{Encoding.UTF8.GetString(output[..Math.Min(output.Length, 400)]).Trim()} {errors}".Trim());
        throw new BatchScoringException(RemoteErrors.LinkLost,
            $"The link to {host} was lost before the end of an answer came; whether the command ran is not known. {errors}".Trim());
    }

    private static int? Code(ReadOnlySpan<byte> text) =>
        text.IndexOf((byte)'\n') is > 0 and int line && int.TryParse(text[..line], CultureInfo.InvariantCulture, out int code)
            ? code
            : null;
}
