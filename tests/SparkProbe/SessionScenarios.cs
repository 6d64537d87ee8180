using System.Runtime.CompilerServices;
using BatchScoring.Spark;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Tests.SparkProbe;

/// <summary>The session itself and what lies under it.</summary>
internal static class SessionScenarios
{
    private const int Objects = 400;
    private const int ObjectBytes = 4 << 20;

    public static void Facts(Probe probe)
    {
        SparkContext context = probe.Spark.SparkContext;
        probe.Say("version", probe.Spark.Version);
        probe.Say("application", context.ApplicationId);
        probe.Say("ui", context.UiWebUrl);
        probe.Say("parallelism", context.DefaultParallelism);
        probe.Say("submitted", context.GetConf("spark.app.name", "?"));
        probe.Say("built", context.GetConf("spark.probe", "?"));
        probe.Say("default", context.GetConf("spark.nothing.of.that.name", "the default"));
        probe.Say("hadoop", context.HadoopConfiguration("fs.probe.key"));
        probe.Say("hadoop-missing", context.HadoopConfiguration("fs.nothing") is null);
    }

    /// <summary>Objects of 1.6 GB in a heap of 512 MB: it holds them only if those that nobody has are freed.</summary>
    public static void References(Probe probe)
    {
        Gateway gateway = probe.Spark.Gateway;
        long before = gateway.Freed;
        for (int i = 0; i < Objects; i++)
        {
            MakeAndForget(gateway, disposed: i % 2 == 0);
            if (i % 20 != 19) continue;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            int made = i + 1;
            SpinWait.SpinUntil(() => gateway.Freed - before >= made, TimeSpan.FromSeconds(30));
        }
        probe.Say("all-freed", gateway.Freed - before >= Objects);
        // This thread's, the releaser's; those of dead threads are closed.
        for (int i = 0; i < 5; i++) InThread(() => probe.Spark.Version);
        InThread(() => probe.Spark.Version);
        probe.Say("connections", gateway.Connections <= 3);
    }

    public static void Rejected(Probe probe)
    {
        SparkException e = Catch<SparkException>(() => probe.Spark.Gateway.CallStatic<string>("java.lang.String", "noSuchMethod", 1));
        probe.Say("code", e.Code);
        probe.Say("text", e.Message);
    }

    public static T Catch<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T expected)
        {
            return expected;
        }
        throw new InvalidOperationException($"{typeof(T).Name} was expected.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndForget(Gateway gateway, bool disposed)
    {
        JavaObject big = gateway.New("java.lang.StringBuilder", ObjectBytes);
        if (disposed) big.Dispose();
    }

    private static void InThread(Func<string> call)
    {
        Thread thread = new(() => call());
        thread.Start();
        thread.Join();
    }
}
