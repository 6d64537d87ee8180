using System.Diagnostics;
using System.IO.Compression;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Packages;

/// <summary>
/// What scripts/pack makes is what others can build on: the examples run against the packages, from a feed and a package folder of their
/// own, so that neither an older build's package is taken nor this one left behind.
/// </summary>
public sealed class PackageTests(PackageTests.Feed feed) : IClassFixture<PackageTests.Feed>
{
    private const string Version = "0.1.0-test";

    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "examples");

    [Theory]
    [InlineData("Models")]
    [InlineData("Training")]
    [InlineData("Parquet")]
    public void Pack_Library_HasReadmeDocumentationAndSymbols(string library)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.File($"BatchScoring.{library}.{Version}.nupkg"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        files.ShouldContain("README.md");
        files.ShouldContain("THIRD-PARTY-NOTICES.md");
        files.ShouldContain($"lib/net10.0/BatchScoring.{library}.dll");
        files.ShouldContain($"lib/net10.0/BatchScoring.{library}.xml");
        using ZipArchive symbols = ZipFile.OpenRead(feed.File($"BatchScoring.{library}.{Version}.snupkg"));
        symbols.Entries.Select(entry => entry.FullName).ShouldContain($"lib/net10.0/BatchScoring.{library}.pdb");
    }

    [Fact]
    public void ScoreRows_FromThePackage_AnswersRowBatchAndNames()
    {
        string folder = feed.Example("score-rows.cs");
        File.Copy(Repository.Data("golden", "catboost-next", "class-threshold", "model.cbm"), Path.Combine(folder, "model.cbm"));

        string[] answers = feed.Run(folder, "score-rows.cs").Split(' ');

        answers.Length.ShouldBe(4);
        double.Parse(answers[0]).ShouldBe(Math.Log(0.21707513067641737 / 0.7829248693235826), 1e-12); // CatBoost's probability of that row
        answers[1].ShouldBe(answers[0]);
        answers[3].ShouldBe(answers[2]);
    }

    [Fact]
    public void TrainModel_FromThePackage_LeavesAModelThatAnswersTheSame()
    {
        string folder = feed.Example("train-model.cs");

        string[] answers = feed.Run(folder, "train-model.cs").Split(' ');

        double.Parse(answers[1]).ShouldBeInRange(0.99, 1); // the AUC of what the columns tell in full
        CatBoostPredictor model = CatBoostModel.LoadFile(Path.Combine(folder, "model.cbm")).CreatePredictor(PredictionType.RawFormulaVal);
        model.Model.TreeCount.ShouldBe(int.Parse(answers[0]) + 1);
        model.Predict([1500, 25], ["Bern"]).ShouldBe(double.Parse(answers[2]));
    }

    [Fact]
    public void SumColumn_FromThePackage_ReadsAFile()
    {
        string folder = feed.Example("sum-column.cs");
        string rows = Path.Combine(folder, "rows.parquet");
        File.Copy(Repository.Data("golden", "catboost-770", "input.parquet"), rows);
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult sum = connection.Query("SELECT sum(CAST(f1 AS DOUBLE)) FROM read_parquet(?)", rows);

        double.Parse(feed.Run(folder, "sum-column.cs")).ShouldBe(sum.Scalar<double>(), 1e-9);
    }

    [Theory]
    [InlineData("Models", "score-rows.cs")]
    [InlineData("Training", "train-model.cs")]
    [InlineData("Parquet", "sum-column.cs")]
    public void Readme_Code_IsTheExample(string library, string example)
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "libs", library, "README.md"));
        string code = readme.Split("```csharp\n")[1].Split("```")[0];

        File.ReadAllText(Path.Combine(Examples, example)).ShouldContain(code);
    }

    /// <summary>All packages in a folder, and what is needed to use them without the network.</summary>
    public sealed class Feed : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Feed()
        {
            // The last build's outputs: this test's own project was built with them.
            Run(Repository.Root, Path.Combine(Repository.Root, "scripts", "pack"), "--no-build", "--version", Version, "--output",
                _folder.File("feed"));
            System.IO.File.WriteAllText(_folder.File("nuget.config"), $"""
                <configuration>
                  <packageSources><clear /><add key="feed" value="{_folder.File("feed")}" /></packageSources>
                  <fallbackPackageFolders><clear /><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
                </configuration>
                """);
        }

        /// <summary>What the build restored before: packages that ours depend on.</summary>
        private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

        public string File(string package) => _folder.File("feed", package);

        /// <summary>A copy of an example in a folder of its own.</summary>
        public string Example(string name)
        {
            string folder = Directory.CreateDirectory(_folder.File(Path.GetFileNameWithoutExtension(name))).FullName;
            System.IO.File.Copy(Path.Combine(Examples, name), Path.Combine(folder, name));
            return folder;
        }

        /// <returns>What it prints last.</returns>
        public string Run(string folder, string example) => Run(folder, "dotnet", "run", example).TrimEnd().Split('\n')[^1];

        public void Dispose() => _folder.Dispose();

        private string Run(string folder, string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (program == "dotnet")
                start.Environment["NUGET_PACKAGES"] = _folder.File("packages"); // the script builds with what the machine has
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output.Result}\n{errors.Result}");
            return output.Result;
        }
    }
}
