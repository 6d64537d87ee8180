using System.Text.RegularExpressions;
using BatchScoring.Core;
using MimeKit;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>Reads mail addresses, stricter than mail itself: MimeKit takes a name without a domain, and an empty text, for one.</summary>
internal static partial class Addresses
{
    /// <summary>An address, with a name before it or without: <c>Scoring &lt;scoring@example.org&gt;</c>.</summary>
    /// <exception cref="BatchScoringException"><c>MAIL_ADDRESS_INVALID</c>.</exception>
    public static MailboxAddress Parse(string text)
    {
        if (Problem(text) is { } problem) throw new BatchScoringException(MailErrors.AddressInvalid, problem);
        (string name, string address) = Cut(text);
        return new MailboxAddress(name, address);
    }

    /// <summary>What is wrong with an address, or null.</summary>
    public static string? Problem(string text)
    {
        (string name, string address) = Cut(text);
        if (name.Any(char.IsControl)) return $"The name before the address '{Shown(address)}' holds a line break or a control character.";
        if (address.Length > 254) return $"The address '{Shown(address)}' has {address.Length} characters; 254 are the most.";
        if (Form().IsMatch(address)) return null;
        string why = !address.All(char.IsAscii) ? "it has letters beyond ASCII, which not every mail server takes"
            : address.Count(c => c == '@') != 1 ? "it must have exactly one @"
            : "a name like jane.doe, an @ and a domain like example.org are needed";
        return $"'{Shown(text)}' is no mail address: {why}.";
    }

    /// <summary>The address alone.</summary>
    public static string Bare(string text) => Cut(text).Address;

    private static (string Name, string Address) Cut(string text)
    {
        int open = text.LastIndexOf('<');
        return open >= 0 && text[^1] == '>' ? (text[..open].Trim().Trim('"'), text[(open + 1)..^1]) : ("", text);
    }

    private static string Shown(string text) => string.Concat(text.Take(100).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    [GeneratedRegex(@"\A(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
        + @"@(?=.{1,253}\z)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
