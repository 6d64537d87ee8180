using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;

namespace BatchScoring.Bench;

/// <summary>What a measured figure depends on.</summary>
internal static class Machine
{
    public static JsonObject Describe() => new()
    {
        ["processor"] = Processor(),
        ["cores"] = Environment.ProcessorCount,
        ["avx2"] = Avx2.IsSupported,
        ["avx512"] = Avx512BW.IsSupported,
        ["avx512_vbmi"] = Avx512Vbmi.IsSupported,
        ["gfni"] = Gfni.IsSupported,
        ["memory_mib"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        ["system"] = RuntimeInformation.OSDescription,
        ["dotnet"] = Environment.Version.ToString(),
        ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["load_average"] = File.ReadAllText("/proc/loadavg").Split(' ')[0],
    };

    /// <summary>Name, family, model and stepping: clouds often hide the rest of the name.</summary>
    private static string Processor()
    {
        var facts = File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        return $"{facts.GetValueOrDefault("model name", "unknown")}, family {facts.GetValueOrDefault("cpu family", "?")} "
            + $"model {facts.GetValueOrDefault("model", "?")} stepping {facts.GetValueOrDefault("stepping", "?")}";
    }
}
