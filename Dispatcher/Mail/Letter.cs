using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;
using MimeKit;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>What is told, before it is anybody's format: the text and the HTML say the same.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">For readers without HTML.</param>
/// <param name="Html">At most <see cref="MaxHtmlBytes"/> in UTF-8; shows its pictures by <c>cid:</c>.</param>
/// <param name="Pictures">PNG images.</param>
internal sealed record Letter(string Subject, string Text, string Html, IReadOnlyList<Picture> Pictures)
{
    /// <summary>Some readers cut longer ones off.</summary>
    public const int MaxHtmlBytes = 100 * 1024;
}

/// <summary>A PNG image in a letter.</summary>
/// <param name="ContentId">What <c>cid:</c> names, for example <c>durations</c>; letters, digits and dots.</param>
/// <param name="Png">Its bytes.</param>
internal sealed record Picture(string ContentId, byte[] Png);

/// <summary>Where a letter goes and what it belongs to.</summary>
/// <param name="From">Who sends it.</param>
/// <param name="To">The addresses that share it.</param>
/// <param name="MessageId">See <see cref="IdOf"/>.</param>
/// <param name="Thread">What letters of one matter share, so that readers show them together: the run's id.</param>
/// <param name="List">What readers filter by: the pipeline's name.</param>
internal sealed record Cover(string From, IReadOnlyList<string> To, string MessageId, string Thread, string List)
{
    public string ThreadId => $"{Thread}.thread@{DomainOf(From)}";

    public string ListId => $"<{List}.batch-scoring.{DomainOf(From)}>";

    /// <summary>
    /// The id of a letter: the same topic to the same people has the same, however often it is made or sent: readers drop the second.
    /// </summary>
    public static string IdOf(string topic, string from, IReadOnlyList<string> to)
    {
        string people = string.Join('\n', to.Select(Addresses.Bare).Order(StringComparer.Ordinal));
        string group = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(people)))[..12];
        return $"{topic}.{group}@{DomainOf(from)}";
    }

    private static string DomainOf(string from) => Addresses.Bare(from)[(Addresses.Bare(from).IndexOf('@') + 1)..];
}

/// <summary>A letter as bytes, with its envelope: nothing about it changes any more, however often it is sent.</summary>
/// <param name="MessageId">Without angle brackets.</param>
/// <param name="From">The sender's bare address.</param>
/// <param name="To">The recipients' bare addresses.</param>
/// <param name="Body">The MIME message, or what else the channel sends.</param>
internal sealed record SealedLetter(string MessageId, string From, IReadOnlyList<string> To, byte[] Body)
{
    /// <summary>Makes a MIME message: text beside HTML, the pictures with the HTML.</summary>
    /// <exception cref="BatchScoringException"><c>MAIL_ADDRESS_INVALID</c>, <c>MAIL_HEADER_INVALID</c>, <c>MAIL_TOO_LARGE</c>.</exception>
    public static SealedLetter Make(Letter letter, Cover cover, DateTimeOffset now)
    {
        Check(letter.Subject, cover.To);
        CheckNames(letter, cover);
        int html = Encoding.UTF8.GetByteCount(letter.Html);
        if (html > Letter.MaxHtmlBytes)
        {
            throw new BatchScoringException(MailErrors.TooLarge, string.Create(CultureInfo.InvariantCulture,
                $"The HTML of the letter '{letter.Subject}' has {html:N0} bytes; {Letter.MaxHtmlBytes:N0} are the most. ")
                + "Send less text, or a link.");
        }

        using var message = new MimeMessage();
        message.From.Add(Addresses.Parse(cover.From));
        message.To.AddRange(cover.To.Select(Addresses.Parse));
        message.Subject = letter.Subject;
        message.Date = now;
        message.MessageId = cover.MessageId;
        message.References.Add(cover.ThreadId);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All"); // what Exchange needs to send no "out of office"
        message.Headers.Add("List-Id", cover.ListId);
        var body = new BodyBuilder { TextBody = letter.Text, HtmlBody = letter.Html };
        foreach (Picture picture in letter.Pictures)
        {
            MimeEntity part = body.LinkedResources.Add(picture.ContentId + ".png", picture.Png, new ContentType("image", "png"));
            part.ContentId = picture.ContentId;
        }

        message.Body = body.ToMessageBody();
        // Seven bits pass every server, so what is sent is what is kept.
        message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, bytes);
        return new SealedLetter(
            cover.MessageId, Addresses.Bare(cover.From), [.. cover.To.Select(Addresses.Bare)], bytes.ToArray());
    }

    /// <summary>
    /// Refuses what no header may hold. MimeKit lets no line break become a header, but drops it silently and glues words together.
    /// </summary>
    /// <exception cref="BatchScoringException"><c>MAIL_ADDRESS_INVALID</c>, <c>MAIL_HEADER_INVALID</c>.</exception>
    public static void Check(string subject, IReadOnlyList<string> to)
    {
        string shown = string.Concat(subject.Take(100).Select(c => char.IsControl(c) ? '\uFFFD' : c));
        if (to.Count == 0) throw new BatchScoringException(MailErrors.AddressInvalid, $"The letter '{shown}' has no recipient.");
        foreach (string address in to) Addresses.Parse(address);
        if (!subject.Any(char.IsControl)) return;
        throw new BatchScoringException(MailErrors.HeaderInvalid,
            $"The subject of a letter, '{shown}', holds a line break or a control character. Nothing was sent; take it out.");
    }

    private static void CheckNames(Letter letter, Cover cover)
    {
        (string Name, string Value)[] names =
        [
            ("Message-Id", cover.MessageId.Replace('@', '.')), ("thread", cover.Thread), ("list", cover.List),
            .. letter.Pictures.Select(p => ("picture's name", p.ContentId)),
        ];
        foreach ((string name, string value) in names)
        {
            if (value.Length is > 0 and <= 200 && value.All(IsPlain)) continue;
            throw new BatchScoringException(MailErrors.HeaderInvalid,
                $"The {name} of a letter must have letters, digits, dots, dashes and underscores only. Nothing was sent.");
        }
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';
}
