using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Predict;

/// <summary>Every table of tests/data/delta-input by <c>predict</c>: the rows that are right, to the bit, or the refusal, by its word.</summary>
public sealed class DeltaInputTests
{
    public static TheoryData<string> Tables => new(DeltaInput.Names());

    [Theory]
    [MemberData(nameof(Tables))]
    public void Predict_TableOfOthers_IsRightOrRefused(string name)
    {
        var table = DeltaInput.Open(name);
        Answer(table.Expected, table.Table, new FolderRequest());
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Predict_OlderVersion_IsRightOrRefused(string name)
    {
        var table = DeltaInput.Open(name);
        if (!table.Expected.TryGetProperty("versions", out JsonElement versions)) return;
        foreach (JsonProperty version in versions.EnumerateObject())
        {
            FolderRequest request = new() { Version = new WantedVersion(long.Parse(version.Name, CultureInfo.InvariantCulture)) };
            if (version.Value.ValueKind == JsonValueKind.String) Should.Throw<BatchScoringException>(() => Predict(table.Table, request));
            else Predict(table.Table, request).ShouldBe(DeltaInput.Rows(version.Value), version.Name);
        }
    }

    [Fact]
    public void Predict_FolderOfAPartition_IsReadByTheLogAboveIt()
    {
        var table = DeltaInput.Open("below-a-table");
        IReadOnlyList<(long Key, double Score)> all = DeltaInput.Rows(table.Expected);
        foreach (JsonProperty folder in table.Expected.GetProperty("folders").EnumerateObject())
        {
            HashSet<long> keys = [.. folder.Value.EnumerateArray().Select(key => key.GetInt64())];
            Predict(Path.Combine(table.Table, folder.Name), new FolderRequest()).ShouldBe(all.Where(row => keys.Contains(row.Key)));
        }
    }

    [Fact]
    public void Predict_ColumnOnlyInFoldersNames_IsReadWhenAsked()
    {
        var table = DeltaInput.Open("plain-partition-feature");
        Should.Throw<BatchScoringException>(() => Predict(table.Table, new FolderRequest())).Message.ShouldContain("b");
        Predict(table.Table, new FolderRequest { PathColumns = ["b"] }).ShouldBe(DeltaInput.Rows(table.Expected));
    }

    /// <summary>What this program does not do of itself: the folder's names have to be asked for.</summary>
    private static void Answer(JsonElement expected, string folder, FolderRequest request)
    {
        string? named = expected.TryGetProperty("a_refusal_names", out JsonElement name) ? name.GetString() : null;
        if (expected.GetProperty("right").GetString() == "refuse" || folder.Contains("plain-partition-feature", StringComparison.Ordinal))
            Should.Throw<BatchScoringException>(() => Predict(folder, request)).Message.ShouldContain(named!);
        else Predict(folder, request).ShouldBe(DeltaInput.Rows(expected));
    }

    internal static IReadOnlyList<(long Key, double Score)> Predict(string folder, FolderRequest request)
    {
        using MemoryStream output = new();
        PredictOptions options = new() { Model = DeltaInput.Model, Input = folder, Output = "-", Key = "id", Folder = request };
        new PredictJob(options, output).Run(CancellationToken.None);
        return DeltaInput.Read(Encoding.UTF8.GetString(output.ToArray()));
    }
}
