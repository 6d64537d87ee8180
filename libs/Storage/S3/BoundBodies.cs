using System.Net.Http.Headers;
using Amazon.Runtime;

namespace BatchScoring.Storage;

/// <summary>
/// The connections under the SDK. The SDK reads XML answers to their end without looking at any token, so one that stops in mid-body would
/// be waited for without end: here the connection is closed under it when the call's deadline passes or its caller gives up.
/// </summary>
internal sealed class BoundBodies : HttpClientFactory
{
    /// <summary>The token of the call at hand. The one that HttpClient hands down ends with the answer's headers.</summary>
    private static readonly AsyncLocal<CancellationToken> Bound = new();

    /// <summary>Sends one request whose answer, to its last byte, is bound by a token.</summary>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken token)
    {
        Bound.Value = token;
        return await call(token);
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = clientConfig.AllowAutoRedirect,
            UseCookies = false,
            ResponseDrainTimeout = TimeSpan.Zero, // a body that is given up is not waited for either
        },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private sealed class Handler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            CancellationToken bound = Bound.Value;
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            HttpContentHeaders told = response.Content.Headers;
            if (request.Method == HttpMethod.Head && response.IsSuccessStatusCode && told.ContentLength is null)
                throw new StoreException(StorageErrors.Unsupported,
                    "The store's answer to HEAD tells no Content-Length, so no object's size can be known.");
            StreamContent content = new(new BoundBody(await response.Content.ReadAsStreamAsync(cancellationToken), bound));
            foreach ((string name, IEnumerable<string> values) in told) content.Headers.TryAddWithoutValidation(name, values);
            response.Content = content;
            return response;
        }
    }

    /// <summary>A body that is closed when a token says so, whoever may be reading it.</summary>
    private sealed class BoundBody : Stream
    {
        private readonly Stream _body;
        private readonly CancellationTokenRegistration _closing;

        public BoundBody(Stream body, CancellationToken bound)
        {
            _body = body;
            _closing = bound.UnsafeRegister(static body => ((Stream)body!).Dispose(), body);
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => _body.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => _body.Read(buffer);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            _body.ReadAsync(buffer, offset, count, cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _body.ReadAsync(buffer, cancellationToken);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _closing.Dispose();
                _body.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
