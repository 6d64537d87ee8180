using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>An answer that comes in the moment of a cancellation.</summary>
public sealed class S3CancelTests
{
    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Head_CancelledWhileTheAnswerComes_NeverShowsTheSdksException(int status)
    {
        CancellationTokenSource cancel = new();
        using TinyHttpServer server = new(_ =>
        {
            // The answer is on its way: whoever waits for it may see either.
            cancel.Cancel();
            return Task.FromResult<byte[]?>(TinyHttpServer.Answer(status, ""u8));
        });
        using S3Store store = new(new StoreOptions { Root = "s3://bucket/root", Endpoint = server.Address, PathStyle = true },
            S3Server.Credentials);

        for (int round = 0; round < 20; round++)
        {
            cancel = new CancellationTokenSource();
            Exception? seen = await Record.ExceptionAsync(() => store.HeadAsync("key", cancel.Token));
            (seen is null or OperationCanceledException or StoreException).ShouldBeTrue(seen?.ToString());
            cancel.Dispose();
        }
    }
}
