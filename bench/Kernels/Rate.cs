using System.Text.Json.Nodes;

namespace BatchScoring.Bench.Kernels;

/// <summary>What one process measured.</summary>
/// <param name="RowsPerSecond">Of its median pass.</param>
/// <param name="Sum">Sum of the raw scores of a pass, in row order: both sides must have the same.</param>
/// <param name="Evaluator">What computed them.</param>
internal sealed record Rate(double RowsPerSecond, double Sum, string Evaluator)
{
    public string ToJson() => new JsonObject { ["median"] = RowsPerSecond, ["sum"] = Sum, ["evaluator"] = Evaluator }.ToJsonString();

    /// <summary>Reads the line that KernelPeer and <see cref="ToJson"/> print.</summary>
    public static Rate Parse(string line)
    {
        JsonNode json = JsonNode.Parse(line)!;
        return new((double)json["median"]!, (double)json["sum"]!, (string?)(json["evaluator"] ?? json["peer"]) ?? "unknown");
    }
}
