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
    private const string AccessKey = "test-key";
    private const string SecretKey = "test-secret";
    private static readonly Lazy<S3Server> Shared = new(() => new S3Server());
    private readonly TemporaryFolder _folder = new();
    private readonly Process? _server;
    private int _buckets;

    private S3Server()
    {
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
            $"s3proxy.identity={AccessKey}", $"s3proxy.credential={SecretKey}", "jclouds.provider=transient"]);
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
        _ => Task.FromResult(new StoreCredentials { AccessKey = AccessKey, SecretKey = SecretKey });

    public string Address { get; } = "";

    private string? Problem { get; }

    /// <summary>The server, or a skipped test with the reason; in CI a failed one.</summary>
    public static S3Server Require()
    {
        S3Server server = Shared.Value;
        if (server.Problem is not null && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(server.Problem);
        Skip.If(server.Problem is not null, server.Problem);
        return server;
    }

    /// <summary>A root in a bucket of its own.</summary>
    public StoreOptions NewRoot(string? endpoint = null)
    {
        string bucket = FormattableString.Invariant($"bucket-{Environment.ProcessId}-{Interlocked.Increment(ref _buckets)}");
        using AmazonS3Client client = new(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config
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
