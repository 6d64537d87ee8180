using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using BatchScoring.Core;
using Polly;
using Polly.Retry;

namespace BatchScoring.Storage;

/// <summary>
/// Sends requests: each with a deadline, tried again with exponential backoff and jitter when a retry may help, every error typed. The
/// SDK's own retries are off, so that there is one policy and no write is repeated unseen.
/// </summary>
internal sealed class S3Calls : IDisposable
{
    private const int MaximumRenewals = 3;
    private readonly AmazonS3Client _client;
    private readonly RenewingCredentials? _credentials;
    private readonly ResiliencePipeline _pipeline;
    private readonly S3Root _root;
    private readonly S3Settings _settings;

    public S3Calls(S3Root root, StoreOptions options, Func<CancellationToken, Task<StoreCredentials>>? credentials, TimeProvider time, S3Settings settings)
    {
        (_root, _settings) = (root, settings);
        AmazonS3Config config = new()
        {
            MaxErrorRetry = 0,
            ForcePathStyle = options.PathStyle,
            AuthenticationRegion = options.Region ?? "us-east-1",
            // Other stores than AWS answer NotImplemented to the newer checksum headers.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is not null) config.ServiceURL = options.Endpoint;
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region ?? "us-east-1");
        _credentials = credentials is null ? null : new RenewingCredentials(credentials, time);
        _client = _credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(_credentials, config);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.FirstPause,
                MaxDelay = settings.LongestPause,
                ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(arguments.Outcome.Exception, arguments.AttemptNumber)),
            })
            .AddTimeout(settings.RequestTimeout)
            .Build();
    }

    /// <summary>Sends a request.</summary>
    /// <param name="action">For error texts: <c>Cannot {action} …</c>.</param>
    /// <param name="key">The object, below the root.</param>
    /// <param name="call">Sends it once; called again for every try.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <exception cref="StoreException">Unclear when any try was: an earlier one may still be carried out.</exception>
    public async Task<T> SendAsync<T>(string action, string key, Func<AmazonS3Client, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        bool unclear = false;
        try
        {
            return await _pipeline.ExecuteAsync(async token =>
            {
                try
                {
                    return await call(_client, token);
                }
                // An answer may come in the moment of a cancellation: it is an answer all the same, and no caller knows the SDK's exceptions.
                catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
                {
                    StoreException typed = S3Errors.From(e, action, _root.Describe(key));
                    unclear |= typed.Unclear;
                    throw typed;
                }
            }, cancellation);
        }
        catch (StoreException e) when (unclear && !e.Unclear)
        {
            throw new StoreException(e.Error, e.Message, unclear: true, e);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _credentials?.Dispose();
    }

    private bool ShouldRetry(Exception? e, int attempt)
    {
        if (e is not StoreException typed) return false;
        if (typed.Is(StorageErrors.Unreachable)) return attempt < _settings.Reconnects;
        if (!typed.Is(StorageErrors.CredentialsExpired)) return typed.Is(StorageErrors.Failed, StorageErrors.IncompleteRead);
        // Said by our own clock: the source was asked already. Said by the store: a few times, because other requests renew meanwhile.
        if (_credentials is null || typed.InnerException is null || attempt >= MaximumRenewals) return false;
        _credentials.Expire();
        return true;
    }
}
