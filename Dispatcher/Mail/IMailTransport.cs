using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>A way for letters to leave. Used by one sender at a time.</summary>
internal interface IMailTransport : IAsyncDisposable
{
    /// <summary>
    /// Hands a letter over. What goes wrong is an answer, not an exception. Cancelling leaves a letter that is on its way some seconds to
    /// arrive, so that it need not be sent again.
    /// </summary>
    Task<SendAnswer> SendAsync(SealedLetter letter, CancellationToken cancellation);

    /// <summary>No more letters for now: gives up what it holds open.</summary>
    Task RestAsync();
}

/// <summary>What became of a letter.</summary>
/// <param name="End">The verdict.</param>
/// <param name="Text">For people: the server's words, or the cause and what to do.</param>
/// <param name="Error">The kind of error; null when it was delivered.</param>
/// <param name="Status">The server's number, or null.</param>
internal sealed record SendAnswer(SendEnd End, string Text, ErrorCode? Error = null, int? Status = null)
{
    /// <summary>Recipients that the server did not take while it took others. Those with a later chance are tried again alone.</summary>
    public IReadOnlyList<RecipientAnswer> Problems { get; init; } = [];
}

/// <summary>What the server said of one recipient.</summary>
internal sealed record RecipientAnswer(string Address, int Status, string Text)
{
    public bool RetryHelps => Status < 500;
}

/// <summary>The verdict on a letter.</summary>
internal enum SendEnd
{
    /// <summary>The server has it.</summary>
    Delivered,

    /// <summary>The server takes this letter later.</summary>
    Later,

    /// <summary>The server will never take this letter.</summary>
    Refused,

    /// <summary>It may have arrived or not; sent again, it may arrive twice.</summary>
    Unknown,

    /// <summary>No letter can go this way now, and a later try may help.</summary>
    Away,

    /// <summary>No letter can go this way until somebody changes something.</summary>
    Blocked,
}
