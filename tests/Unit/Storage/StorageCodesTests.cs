using System.Text.RegularExpressions;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class StorageCodesTests
{
    [Theory]
    [InlineData("Storage", "STORE")]
    [InlineData("Datasets", "PUBLISH|MANIFEST|DATASET")]
    public void All_Codes_AreExactlyThoseThatTheSourcesUse(string library, string prefixes)
    {
        string folder = Path.Combine(Repository.Root, "libs", library);
        HashSet<string> used = [];
        foreach (string file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            if (file.Contains("/obj/", StringComparison.Ordinal) || Path.GetFileName(file) is "StorageCodes.cs" or "DatasetCodes.cs") continue;
            foreach (Match match in Regex.Matches(File.ReadAllText(file), $"\"(({prefixes})_[A-Z_]+[A-Z])\"")) used.Add(match.Groups[1].Value);
        }
        (library == "Storage" ? StorageCodes.All : DatasetCodes.All).Select(c => c.Code).Order().ShouldBe(used.Order());
    }

    [Fact]
    public void All_Causes_SayWhatToDoInOneLine()
    {
        foreach (StorageCode code in StorageCodes.All.Concat(DatasetCodes.All))
        {
            code.Cause.ShouldEndWith(".");
            code.Cause.ShouldNotContain("\n");
        }
    }
}
