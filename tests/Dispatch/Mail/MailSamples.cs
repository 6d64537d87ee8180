using BatchScoring.Dispatcher.Mail;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>Letters for tests of what carries them.</summary>
internal static class MailSamples
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 28, 6, 41, 0, TimeSpan.Zero);

    /// <summary>One red dot.</summary>
    public static byte[] Dot { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    public static SealedLetter Sealed(string topic = "app.2026-11-28.r1", params string[] to) => SealedLetter.Make(
        new Letter("[OK] app · 2026-11-28 · 24,310 rows · 4 min 12 s", "All rows have their score.\n",
            "<p>All rows have their <b>score</b>. <img src=\"cid:scores\" alt=\"\"></p>", [new Picture("scores", Dot)]),
        new Cover("Scoring <scoring@example.org>", to.Length == 0 ? ["jane@example.org"] : to, topic, topic, "app"), Now);
}
