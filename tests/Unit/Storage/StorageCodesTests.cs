using System.Text.RegularExpressions;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class StorageCodesTests
{
    [Fact]
    public void All_Codes_AreExactlyThoseThatTheSourcesUse()
    {
        string folder = Path.Combine(Repository.Root, "libs", "Storage");
        HashSet<string> used = [];
        foreach (string file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            if (file.Contains("/obj/", StringComparison.Ordinal) || Path.GetFileName(file) == "StorageCodes.cs") continue;
            foreach (Match match in Regex.Matches(File.ReadAllText(file), "\"((STORE|PUBLISH|MANIFEST|DATASET)_[A-Z_]+[A-Z])\"")) used.Add(match.Groups[1].Value);
        }
        StorageCodes.All.Select(c => c.Code).Order().ShouldBe(used.Order());
    }

    [Fact]
    public void All_Causes_SayWhatToDoInOneLine()
    {
        foreach (StorageCode code in StorageCodes.All)
        {
            code.Cause.ShouldEndWith(".");
            code.Cause.ShouldNotContain("\n");
        }
    }
}
