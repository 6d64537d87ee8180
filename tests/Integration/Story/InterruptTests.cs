using System.Diagnostics;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>A user who presses Ctrl-C, or a scheduler that sends SIGTERM, finds nothing half-done.</summary>
public sealed class InterruptTests : IDisposable
{
    private const int Rows = 2_000_000;
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Score_SignalWhileTasksRun_EndsWith130AndLeavesNothingPending(string signal)
    {
        string bank = _folder.File("bank");
        Deliver(Path.Combine(bank, "test_sample", "run_date=" + CreditCardStory.Date));
        using var planned = new FileSystemWatcher(bank) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        using Process process = BuiltProgram.BatchScore.Start(_folder.Path, new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = bank },
            "score", "--date", CreditCardStory.Date, "--model", CreditCardStory.Model, "--key", "ID", "--unsealed", "--trust-keys");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var seen = new ManualResetEventSlim();
        planned.Created += (_, e) => SetOn(e.FullPath);
        planned.Renamed += (_, e) => SetOn(e.FullPath);
        seen.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue("the plan never came");

        using (var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString()])) kill.WaitForExit();

        process.WaitForExit(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        process.ExitCode.ShouldBe(130, await errors);
        (await errors).ShouldContain("Repeat the command");
        string record = File.ReadAllText(Directory.GetFiles(bank, "record.json", SearchOption.AllDirectories).ShouldHaveSingleItem());
        record.ShouldContain("\"failed\"");
        record.ShouldContain("\"exit_code\":130");
        Directory.EnumerateFiles(bank, "*.pending", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.Exists(Path.Combine(bank, "test_sample_inference")).ShouldBeFalse();

        void SetOn(string path)
        {
            if (path.EndsWith("plan.json", StringComparison.Ordinal)) seen.Set();
        }
    }

    [Fact]
    public async Task Score_StoreThatAnswersSlowly_IsGivenTheTimeToCleanUp()
    {
        using var server = new AtomicS3();
        using var slow = new FaultProxy(server.Address);
        StoreOptions root = server.Options("bank") with { Endpoint = slow.Address };
        using IObjectStore store = ObjectStores.Open(server.Options("bank"), S3Server.Credentials);
        Deliver(_folder.Path, rows: 10_000);
        foreach (string name in new[] { "a", "b", "c" })
            await store.UploadAsync($"test_sample/run_date={CreditCardStory.Date}/{name}.parquet", _folder.File("part.parquet"),
                CancellationToken.None);
        var second = new TaskCompletionSource();
        bool interrupted = false;
        int begun = 0;
        slow.Fault = async request =>
        {
            // The second part never begins; after the signal every listing of what is pending takes longer than two seconds.
            bool uploads = request.Query.ContainsKey("uploads");
            if (uploads && request.Method == "POST" && request.Path.Contains("test_sample_inference", StringComparison.Ordinal)
                && Interlocked.Increment(ref begun) >= 2)
            {
                second.TrySetResult();
                return null;
            }

            if (uploads && request.Method == "GET" && Volatile.Read(ref interrupted))
                await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            return await slow.ForwardAsync(request);
        };
        StoreCredentials credentials = await S3Server.Credentials(CancellationToken.None);
        using Process process = BuiltProgram.BatchScore.Start(_folder.Path, new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = root.Root,
            ["BATCHSCORING_S3_ENDPOINT"] = slow.Address,
            ["AWS_ACCESS_KEY_ID"] = credentials.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = credentials.SecretKey,
        }, "score", "--date", CreditCardStory.Date, "--model", CreditCardStory.Model, "--key", "ID", "--unsealed", "--trust-keys",
            "--threads", "1");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(second.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromMinutes(1));
        process.HasExited.ShouldBeFalse(process.HasExited ? await errors : null);
        (await PendingAsync(store)).ShouldNotBeEmpty();
        Volatile.Write(ref interrupted, true);

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString()])) await kill.WaitForExitAsync();

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        process.ExitCode.ShouldBe(130, await errors);
        (await PendingAsync(store)).ShouldBeEmpty();
    }

    private static async Task<List<string>> PendingAsync(IObjectStore store)
    {
        List<string> keys = [];
        await foreach (PendingUpload upload in store.ListPendingAsync("", CancellationToken.None)) keys.Add(upload.Key);
        return keys;
    }

    private static void Deliver(string folder, int rows = Rows)
    {
        Directory.CreateDirectory(folder);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        string columns = string.Join(", ", BadInputTests.Features.Split(',').Select(name => $"1 AS {name}"));
        duck.Execute($"COPY (SELECT range AS ID, {columns} FROM range({rows})) TO " +
            $"{DuckSql.Literal(Path.Combine(folder, "part.parquet"))} (FORMAT PARQUET)");
    }

    public void Dispose() => _folder.Dispose();
}
