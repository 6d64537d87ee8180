using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using BatchScoring.Core;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// The real S3 server of the test cluster, a process of its own on a free port, for all tests of an assembly. Not atomic under races, and
/// it completes uploads over finished objects: see the cluster's README.
/// </summary>
public sealed class S3Server : IDisposable
{
    private static readonly StoreCredentials Known = new() { AccessKey = "test-key", SecretKey = "test-secret" };
    private static readonly Lazy<S3Server> Shared = new(() => new S3Server(Known));
    private readonly TemporaryFolder _folder = new();
    private readonly Process? _server;
    private int _buckets;

    private S3Server(StoreCredentials keys)
    {
        Keys = keys;
        string jar = Path.Combine(TestCluster.Home, "s3proxy-2.9.0", "s3proxy.jar");
        if (!File.Exists(jar))
        {
            Problem = TestCluster.Missing;
            return;
        }
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }
        File.WriteAllLines(_folder.File("s3proxy.conf"), ["s3proxy.authorization=aws-v2-or-v4", $"s3proxy.endpoint={Address}",
            $"s3proxy.identity={keys.AccessKey}", $"s3proxy.credential={keys.SecretKey}", "jclouds.provider=transient"]);
        _server = Process.Start(new ProcessStartInfo("java", ["-Xmx1g", "-jar", jar, "--properties", _folder.File("s3proxy.conf")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        ManualResetEventSlim ready = new();
        _server.OutputDataReceived += (_, line) =>
        {
            // It logs this when it accepts requests; null is the end of a server that could not start.
            if (line.Data is null || line.Data.Contains("Started ServerConnector", StringComparison.Ordinal)) ready.Set();
        };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        if (!ready.Wait(TimeSpan.FromMinutes(2)) || _server.HasExited) throw new InvalidOperationException("The S3 server did not start.");
    }

    public static Func<CancellationToken, Task<StoreCredentials>> Credentials { get; } =
        _ => Task.FromResult(Known);

    /// <summary>What it takes.</summary>
    public StoreCredentials Keys { get; }

    public string Address { get; } = "";

    private string? Problem { get; }

    /// <summary>The server, or a skipped test with the reason; in CI a failed one.</summary>
    public static S3Server Require()
    {
        return Checked(Shared.Value);
    }

    /// <summary>One of the caller's own, with keys of its own.</summary>
    public static S3Server StartOwn(StoreCredentials keys) => Checked(new S3Server(keys));

    private static S3Server Checked(S3Server server)
    {
        if (server.Problem is not null && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(server.Problem);
        Skip.If(server.Problem is not null, server.Problem);
        return server;
    }

    /// <summary>A root in a bucket of its own.</summary>
    public StoreOptions NewRoot(string? endpoint = null)
    {
        string bucket = FormattableString.Invariant($"bucket-{Environment.ProcessId}-{Interlocked.Increment(ref _buckets)}");
        using AmazonS3Client client = new(new BasicAWSCredentials(Keys.AccessKey, Keys.SecretKey), new AmazonS3Config
        {
            ServiceURL = Address,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        client.PutBucketAsync(bucket).GetAwaiter().GetResult();
        return new StoreOptions { Root = $"s3://{bucket}/root", Endpoint = endpoint ?? Address, PathStyle = true };
    }

    public void Dispose()
    {
        if (_server is { HasExited: false }) _server.Kill();
        _folder.Dispose();
    }
}
