using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BatchScoring.Runs;

/// <summary>The hash of what decides a result. Leaves out what does not: threads, attempt, program version, when and where.</summary>
internal static class Fingerprint
{
    public static string Of(RunRequest request)
    {
        var text = new JsonObject
        {
            ["job"] = request.Run.Job,
            ["run_date"] = request.Run.Date?.ToString(),
            ["input"] = request.Input.Identity,
            ["model"] = request.Model?.Sha256,
            ["key"] = request.Key,
            ["options"] = request.Options.DeepClone(),
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToJsonString())));
    }
}
