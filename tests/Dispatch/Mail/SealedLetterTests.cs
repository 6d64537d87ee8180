using BatchScoring.Core;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Tests.Testing;
using MimeKit;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>What the bytes of a letter say to a reader.</summary>
public sealed class SealedLetterTests
{
    private static readonly string[] Odd = ["\r\n", "\n", "\r\nBcc: eve@example.org", "é", "=?utf-8?q?x?=", "\u2028", "😀", "\0"];
    private static readonly Letter Plain = new("Subject", "text", "<p>html</p>", []);
    private static readonly Cover Usual = MailSamples.CoverOf("app.2026-11-28.r1", "jane@example.org");

    [Fact]
    public void Make_TextHtmlPicture_AreAlternativeOfTextAndRelated()
    {
        SealedLetter letter = MailSamples.Sealed();
        MimeMessage message = Read(letter);
        message.Subject.ShouldBe("[OK] app · 2026-11-28 · 24,310 rows · 4 min 12 s");
        message.Date.ShouldBe(MailSamples.Now);
        message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        message.Headers["List-Id"].ShouldBe("<app.batch-scoring.example.org>");
        message.MessageId.ShouldBe(letter.MessageId);
        message.References.ShouldHaveSingleItem().ShouldBe("app.2026-11-28.r1.thread@example.org");
        MultipartAlternative either = message.Body.ShouldBeOfType<MultipartAlternative>();
        either[0].ContentType.MimeType.ShouldBe("text/plain");
        MultipartRelated related = either[1].ShouldBeOfType<MultipartRelated>();
        related.ContentType.Parameters["type"].ShouldBe("text/html");
        MimePart picture = related[1].ShouldBeOfType<MimePart>();
        picture.ContentId.ShouldBe("scores");
        picture.ContentType.MimeType.ShouldBe("image/png");
        picture.ContentDisposition.ShouldNotBeNull().Disposition.ShouldBe("inline");
        using MemoryStream content = new();
        picture.Content.ShouldNotBeNull().DecodeTo(content);
        content.ToArray().ShouldBe(MailSamples.Dot);
        letter.Body.ShouldAllBe(b => b < 128);
    }

    [Fact]
    public void Make_SamePeopleInOtherOrder_HasTheSameId()
    {
        const string Topic = "app.2026-11-28.r1";
        string two = Cover.IdOf(Topic, MailSamples.Sender, ["Jane <jane@example.org>", "joe@example.org"]);
        two.ShouldBe(Cover.IdOf(Topic, "scoring@example.org", ["joe@example.org", "jane@example.org"]));
        two.ShouldNotBe(Usual.MessageId);
        two.ShouldNotBe(Cover.IdOf("app.2026-11-28.r2", MailSamples.Sender, ["jane@example.org", "joe@example.org"]));
    }

    [Theory]
    [InlineData("OK\r\nBcc: eve@example.org")]
    [InlineData("OK\nBcc: eve@example.org")]
    [InlineData("OK\rBcc: eve@example.org")]
    [InlineData("OK\0")]
    [InlineData("OK\u0085Bcc: eve@example.org")]
    public void Make_ControlCharactersInSubject_Refuses(string subject) => Refused(Plain with { Subject = subject }, Usual);

    [Theory]
    [InlineData("app\r\nBcc: eve@example.org")]
    [InlineData("app>x")]
    [InlineData("")]
    public void Make_TopicThreadListOrPictureThatIsNoName_Refuses(string name)
    {
        Refused(Plain, Usual with { MessageId = name });
        Refused(Plain, Usual with { Thread = name });
        Refused(Plain, Usual with { List = name });
        Refused(Plain with { Pictures = [new Picture(name, MailSamples.Dot)] }, Usual);
    }

    /// <summary>Random texts in the subject: what comes out is one header with that text, or a refusal.</summary>
    [Fact]
    public void Make_RandomSubjects_NeverGrowAHeader()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        int made = 0;
        for (int i = 0; i < 2_000; i++)
        {
            string subject = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(40) switch
            {
                < 8 and var odd => Odd[odd],
                _ => ((char)random.Next(32, 127)).ToString(),
            }));
            try
            {
                MimeMessage message = Read(SealedLetter.Make(Plain with { Subject = subject }, Usual, MailSamples.Now));
                message.Bcc.ShouldBeEmpty(customMessage: $"seed {seed}");
                string.Join(' ', message.Headers.Select(h => h.Field).Order(StringComparer.Ordinal)).ShouldBe(
                    "Auto-Submitted Date From List-Id MIME-Version Message-Id References Subject To X-Auto-Response-Suppress",
                    $"seed {seed}");
                made++;
            }
            catch (BatchScoringException e)
            {
                e.Error.ShouldBe(MailErrors.HeaderInvalid, $"seed {seed}");
                subject.Any(char.IsControl).ShouldBeTrue($"seed {seed}: {subject}");
            }
        }

        made.ShouldBeInRange(50, 1_900);
    }

    [Fact]
    public void Make_HtmlBeyondWhatReadersTake_Refuses() => Should.Throw<BatchScoringException>(
        () => SealedLetter.Make(Plain with { Html = new string('x', Letter.MaxHtmlBytes + 1) }, Usual, MailSamples.Now))
        .Error.ShouldBe(MailErrors.TooLarge);

    [Theory]
    [InlineData("jane@example.org")]
    [InlineData("jane.doe+risk@mail.example.org")]
    [InlineData("root@localhost")]
    [InlineData("Scoring, night <scoring@example.org>")]
    public void Parse_Address_Takes(string text) => Addresses.Parse(text).Address.ShouldBe(Addresses.Bare(text));

    [Theory]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("@example.org")]
    [InlineData("b@")]
    [InlineData("b@@example.org")]
    [InlineData("b@example.org>")]
    [InlineData("b@example.org\r\nBcc: eve@example.org")]
    [InlineData("Jane\r\nBcc: eve@example.org <b@example.org>")]
    [InlineData("b@example.org, eve@example.org")]
    [InlineData("b c@example.org")]
    [InlineData("b\0@example.org")]
    [InlineData("bé@example.org")]
    [InlineData("b@-example.org")]
    [InlineData(".b@example.org")]
    public void Parse_NoAddress_SaysSo(string text) =>
        Should.Throw<BatchScoringException>(() => Addresses.Parse(text)).Error.ShouldBe(MailErrors.AddressInvalid);

    [Fact]
    public void Parse_LongerThanAllowed_SaysSo() =>
        Addresses.Problem($"{new string('a', 60)}@{string.Join('.', Enumerable.Repeat(new string('d', 60), 4))}").ShouldNotBeNull();

    [Fact]
    public async Task FolderTransport_SameLetterTwice_IsOneFileThatMailProgramsRead()
    {
        using TemporaryFolder folder = new();
        await using FolderTransport transport = new(folder.File("mailbox"));
        for (int i = 0; i < 2; i++) (await transport.SendAsync(MailSamples.Sealed(), default)).End.ShouldBe(SendEnd.Delivered);
        string file = Directory.GetFiles(folder.File("mailbox")).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldStartWith("app.2026-11-28.r1.");
        file.ShouldEndWith(".eml");
        (await MimeMessage.LoadAsync(file)).Subject.ShouldStartWith("[OK] app");
    }

    [Fact]
    public async Task FolderTransport_FolderCannotBe_IsAway()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.File("mailbox"), "a file");
        await using FolderTransport transport = new(folder.File("mailbox"));
        SendAnswer answer = await transport.SendAsync(MailSamples.Sealed(), default);
        answer.End.ShouldBe(SendEnd.Away);
        answer.Text.ShouldContain(folder.File("mailbox"));
    }

    private static MimeMessage Read(SealedLetter letter) => MimeMessage.Load(new MemoryStream(letter.Body));

    private static void Refused(Letter letter, Cover cover)
    {
        BatchScoringException error = Should.Throw<BatchScoringException>(() => SealedLetter.Make(letter, cover, MailSamples.Now));
        error.Error.ShouldBe(MailErrors.HeaderInvalid);
        error.Message.ShouldNotContain('\r');
    }
}
