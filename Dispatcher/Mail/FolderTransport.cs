namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// Lays letters down as <c>.eml</c> files, which every mail program opens: for a first look, and for machines without a mail server. The
/// same letter again replaces its file.
/// </summary>
internal sealed class FolderTransport(string folder) : IMailTransport
{
    public async Task<SendAnswer> SendAsync(SealedLetter letter, CancellationToken cancellation)
    {
        string file = Path.Combine(folder, letter.MessageId[..letter.MessageId.LastIndexOf('@')] + ".eml");
        string unfinished = file + ".part";
        try
        {
            Directory.CreateDirectory(folder);
            await using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(letter.Body, CancellationToken.None);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: true);
            return new SendAnswer(SendEnd.Delivered, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SendAnswer(SendEnd.Away, $"The letter could not be written to {folder}: {e.Message}", MailErrors.Unreachable);
        }
    }

    public Task RestAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
