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
    private static readonly ResiliencePropertyKey<long> Begun = new("begun");
    private readonly AmazonS3Client _client;
    private readonly RenewingCredentials? _credentials;
    private readonly ResiliencePipeline _pipeline;
    private readonly S3Root _root;
    private readonly S3Settings _settings;
    private readonly TimeProvider _time;
    private readonly StoreTrouble _trouble;
    private readonly string _route;

    /// <param name="root">Bucket and prefix.</param>
    /// <param name="options">As <see cref="S3Place.Resolve"/> gave them.</param>
    /// <param name="credentials">Null: the process's own.</param>
    /// <param name="time">Clock of retries and renewal.</param>
    /// <param name="settings">How long and how often.</param>
    /// <param name="trouble">Told of every failed try.</param>
    public S3Calls(
        S3Root root, StoreOptions options, Func<CancellationToken, Task<StoreCredentials>>? credentials, TimeProvider time,
            S3Settings settings, StoreTrouble trouble)
    {
        (_root, _settings, _time, _trouble) = (root, settings, time, trouble);
        AmazonS3Config config = new()
        {
            MaxErrorRetry = 0,
            HttpClientFactory = new BoundBodies(),
            ForcePathStyle = options.PathStyle,
            AuthenticationRegion = options.Region,
            // Other stores than AWS answer NotImplemented to the newer checksum headers.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is not null) config.ServiceURL = options.Endpoint;
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        _credentials = credentials is null ? null : new RenewingCredentials(credentials, time);
        _client = new AmazonS3Client(_credentials ?? (AWSCredentials)new OwnCredentials(config), config);
        _route = S3Place.Route(new Uri(options.Endpoint ?? $"https://s3.{options.Region}.amazonaws.com"));
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.FirstPause,
                MaxDelay = settings.LongestPause,
                ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(arguments)),
                OnRetry = arguments =>
                {
                    _trouble.Count(arguments.Duration + arguments.RetryDelay, arguments.Outcome.Exception!);
                    return ValueTask.CompletedTask;
                },
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
    public async Task<T> SendAsync<T>(string action, string key, Func<AmazonS3Client, CancellationToken, Task<T>> call,
        CancellationToken cancellation)
    {
        bool unclear = false;
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Begun, _time.GetTimestamp());
        try
        {
            return await _pipeline.ExecuteAsync(async tried =>
            {
                CancellationToken token = tried.CancellationToken;
                try
                {
                    return await BoundBodies.RunAsync(bound => call(_client, bound), token);
                }
                // An answer may come in the moment of a cancellation: it is an answer all the same, and no caller knows the SDK's
                // exceptions.
                catch (Exception e) when (e is AmazonS3Exception or StoreException || !cancellation.IsCancellationRequested)
                {
                    bool late = token.IsCancellationRequested && e is not (AmazonS3Exception or StoreException);
                    StoreException typed = S3Errors.From(late ? new OperationCanceledException(e.Message, e) : e, action,
                        _root.Describe(key), _route);
                    unclear |= typed.Unclear;
                    throw typed;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    throw new OperationCanceledException(e.Message, e,
                        cancellation); // the connection was closed because the caller gave up
                }
            }, context);
        }
        catch (StoreException e) when (unclear && !e.Unclear)
        {
            throw new StoreException(e.Error, e.Message, unclear: true, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _credentials?.Dispose();
    }

    private bool ShouldRetry(RetryPredicateArguments<object> arguments)
    {
        int attempt = arguments.AttemptNumber;
        if (arguments.Outcome.Exception is not StoreException typed) return false;
        if (arguments.Context.Properties.TryGetValue(Begun, out long begun) && _time.GetElapsedTime(begun) > _settings.Patience)
            return false;
        if (typed.Is(StorageErrors.Unreachable)) return attempt < _settings.Reconnects;
        if (!typed.Is(StorageErrors.CredentialsExpired)) return typed.Is(StorageErrors.Failed, StorageErrors.IncompleteRead);
        // Said by our own clock: the source was asked already. Said by the store: a few times, because other requests renew meanwhile.
        if (_credentials is null || typed.InnerException is null || attempt >= MaximumRenewals) return false;
        _credentials.Expire();
        return true;
    }
}
