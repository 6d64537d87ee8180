using System.Diagnostics;
using System.Globalization;
using BatchScoring.Tests.Dispatch.Web;

namespace BatchScoring.Bench.Dispatching;

/// <summary>The real program over ledgers with a long history: pages, memory, and what it needs when nothing is to do.</summary>
internal sealed class Size(Options options)
{
    private const double Ticks = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task RunAsync()
    {
        foreach ((int pipelines, int days) in new[] { (1, 0), (50, 400), (1000, 365) }) await RunAsync(pipelines, days);
    }

    private async Task RunAsync(int pipelines, int days)
    {
        await using var site = new SampleSite(pipelines, token: false);
        if (days > 0) site.AddHistory(days);
        using Process process = options.Program.Start(site.Folder, new Dictionary<string, string>(StringComparer.Ordinal), "serve");
        var page = new TaskCompletionSource<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Page: ", StringComparison.Ordinal) == true) page.TrySetResult(line.Data["Page: ".Length..]);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(await page.Task.WaitAsync(Limit)) };
            string what = string.Create(CultureInfo.InvariantCulture, $"{pipelines:N0} pipelines × {days} days");
            foreach (string address in new[] { "/", "/pipelines/app", "/today" })
                Console.WriteLine($"{what}: {await OpenAsync(client, address)}");
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
            double before = Cpu(process);
            await Task.Delay(TimeSpan.FromSeconds(options.Idle), TimeProvider.System);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}: memory {Status(process, "VmRSS")} MB, {Status(process, "RssFile")} of them the program's file; at most "
                + $"{Status(process, "VmHWM")} MB; idle "
                + $"{(Cpu(process) - before) * 3600 / Math.Max(1, options.Idle):0.0} CPU s an hour"));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<string> OpenAsync(HttpClient client, string address)
    {
        List<double> took = [];
        int bytes = 0;
        for (int i = 0; i < 20; i++)
        {
            long from = Stopwatch.GetTimestamp();
            bytes = (await client.GetByteArrayAsync(address)).Length;
            took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{address} {bytes / 1000.0:0} kB, first {took[0]:0} ms, {new Spread(took).Text("times")}");
    }

    private static double Cpu(Process process)
    {
        string stat = File.ReadAllText($"/proc/{process.Id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / Ticks;
    }

    private static long Status(Process process, string name)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
