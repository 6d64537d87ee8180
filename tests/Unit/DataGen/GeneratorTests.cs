using System.Diagnostics;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.DataGen.CommandLine;
using BatchScoring.DataGen.Output;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class GeneratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_WithOneTwoAndEightThreads_WritesTheSameBytes()
    {
        var request = new GenerationRequest { Rows = 9_000, Seed = 77, Format = "parquet", Dirt = 50, RowsPerFile = 1_000 };
        string[] printed = [.. new[] { 1, 2, 8 }.Select(threads =>
        {
            string path = _folder.File($"threads-{threads}");
            Generator.Run(request, path, threads, _ => { }, CancellationToken.None);
            return Print(path);
        })];
        printed[0].Split('\n').Length.ShouldBe(9 + 5);
        printed[1].ShouldBe(printed[0]);
        printed[2].ShouldBe(printed[0]);
    }

    [Fact]
    public async Task Run_InAnotherProcess_WritesTheSameBytes()
    {
        string own = _folder.File("own");
        await RunAsync("--rows", "1500", "--seed", "9", "--dirt", "20", "--out", own);
        string other = _folder.File("other");
        using Process process = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(GenerateCommand).Assembly.Location, "--rows", "1500", "--seed", "9", "--dirt", "20", "--out", other])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        string told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, told);
        Print(other).ShouldBe(Print(own));
    }

    [Fact]
    public void Run_MoreRows_BeginWithTheSameFiles()
    {
        string Files(long rows)
        {
            string path = _folder.File($"rows-{rows}");
            Generator.Run(new GenerationRequest { Rows = rows, Seed = 5, Format = "csv", Dirt = 0, RowsPerFile = 400 }, path, 2, _ =>
                { }, CancellationToken.None);
            return Print(path, "part-0000[01].csv");
        }

        Files(800).ShouldBe(Files(1_300));
    }

    [Fact]
    public async Task Run_AskedAgain_DoesNothingAndSaysSo()
    {
        string path = _folder.File("again");
        (await RunAsync("--rows", "100", "--out", path)).Code.ShouldBe(ExitCode.Ok);
        string before = Print(path);
        (ExitCode code, string? text) = await RunAsync("--rows", "100", "--out", path);
        code.ShouldBe(ExitCode.Ok);
        text.ShouldContain("was there already, nothing done");
        Print(path).ShouldBe(before);
    }

    [Fact]
    public async Task Run_FolderWithAnotherTable_IsRefused()
    {
        string path = _folder.File("other-table");
        await RunAsync("--rows", "100", "--out", path);
        (ExitCode code, string? text) = await RunAsync("--rows", "101", "--out", path);
        code.ShouldBe(ExitCode.Usage);
        text.ShouldContain("OUTPUT_NOT_EMPTY");
        text.ShouldContain("100 rows with seed 1");
    }

    [Fact]
    public async Task Run_FolderWithForeignFiles_IsRefusedAndLeftAlone()
    {
        string path = _folder.File("foreign");
        Directory.CreateDirectory(path);
        await File.WriteAllTextAsync(Path.Combine(path, "part-mine.txt"), "mine");
        (ExitCode code, string? text) = await RunAsync("--rows", "100", "--out", path);
        code.ShouldBe(ExitCode.Usage);
        text.ShouldContain("part-mine.txt");
        (await File.ReadAllTextAsync(Path.Combine(path, "part-mine.txt"))).ShouldBe("mine");
    }

    [Fact]
    public async Task Run_AfterAnInterruption_BeginsAnew()
    {
        string path = _folder.File("interrupted");
        using (var stop = new CancellationTokenSource())
        {
            var request = new GenerationRequest { Rows = 5_000, Seed = 1, Format = "parquet", Dirt = 0 };
            Should.Throw<OperationCanceledException>(() => Generator.Run(request, path, 1, _ => stop.Cancel(), stop.Token));
        }

        File.Exists(Path.Combine(path, "_SUCCESS")).ShouldBeFalse();
        (await RunAsync("--rows", "5000", "--out", path)).Code.ShouldBe(ExitCode.Ok);
        File.Exists(Path.Combine(path, "_SUCCESS")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--rows", "0")]
    [InlineData("--rows", "many")]
    [InlineData("--rows", "100", "--dirt", "11")]
    [InlineData("--rows", "100", "--threads", "0")]
    [InlineData("--rows", "100", "--format", "xml")]
    public async Task Run_WrongOption_EndsWithUsage(params string[] options)
    {
        (ExitCode code, string? text) = await RunAsync([.. options, "--out", _folder.File("wrong")]);
        code.ShouldBe(ExitCode.Usage, text);
        Directory.Exists(_folder.File("wrong")).ShouldBeFalse();
    }

    private static async Task<(ExitCode Code, string Text)> RunAsync(params string[] arguments)
    {
        using var text = new StringWriter();
        int code = await GenerateCommand.RunAsync(arguments, text, text, TimeProvider.System);
        return ((ExitCode)code, text.ToString());
    }

    /// <summary>Names and hashes of all files below a folder.</summary>
    private static string Print(string path, string pattern = "") => string.Join('\n',
        Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(path, file), File: file))
            .Where(file => System.Text.RegularExpressions.Regex.IsMatch(file.Name, pattern,
                System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => $"{file.Name} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.File)))}"));
}
