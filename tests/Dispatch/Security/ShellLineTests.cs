using System.Diagnostics;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Tests.Dispatch.Programs;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Security;

/// <summary>A command that is one text is a line for sh; whoever may give a parameter must not be able to write into the line.</summary>
public sealed class ShellLineTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "north", "", " two  words ", "it's", "a\"b", "$(touch FOLDER/pwned)", "`touch FOLDER/pwned`", "'; touch FOLDER/pwned; '",
        "\"; touch FOLDER/pwned; \"", "x\ntouch FOLDER/pwned", "*", "$HOME", "${IFS}", "\\", "{date}{run}", "-n", "a'\"$(touch FOLDER/pwned)\"'b",
    ];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("printf '%s\\n' {region} | cat", "R")]
    [InlineData("printf '%s\\n' \"in {region}, {date}\"", "in R, 2026-11-28")]
    [InlineData("printf '%s\\n' 'in {region}'", "in R")]
    [InlineData("printf '%s\\n' a{region}b'{region}'\"{region}\" \\'", "aRbRR\n'")]
    [InlineData("printf '%s\\n' \"\\\"'{region}'\"", "\"'R'")]
    [InlineData("printf '%s\\n' \"$(printf '%s.' \"{region}\")\"", "R.")]
    public void Parameter_InALineForSh_IsDataWhereverItStands(string line, string expected)
    {
        foreach (string template in Hostile)
        {
            string value = template.Replace("FOLDER", _folder.Path, StringComparison.Ordinal);
            // Its own values may name the date: what is filled in once is not looked at again.
            string filled = value == "{date}{run}" ? "2026-11-28app.2026-11-28.r1" : value;
            Run(line, value).ShouldBe(expected.Replace("R", filled, StringComparison.Ordinal) + "\n", $"{line} with '{value}'");
            Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty($"{line} with '{value}'");
        }
    }

    [Fact]
    public void RealRun_WithAHostileParameter_DoesTheLineAndNothingElse()
    {
        using var folder = new DispatcherFolder(("load", """
            parameters: {region: north}
            steps:
              - name: load
                exec:
                  environment: {KEPT: "yes"}
                  command: cd /tmp && printf '%s|' {region} "for {region}" $KEPT {date}
            """));
        string pwned = Path.Combine(folder.Path, "pwned");
        ProgramResult run = folder.Run("run", "load", "--date", "2026-11-28", "--set", $"region=a'; touch {pwned}; $(touch {pwned})");
        run.ExitCode.ShouldBe(0, run.Errors);
        string text = $"a'; touch {pwned}; $(touch {pwned})";
        folder.Run("logs", "load.2026-11-28.r1").Output.ShouldContain($"{text}|for {text}|yes|2026-11-28|");
        File.Exists(pwned).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private static string Run(string line, string value)
    {
        Step step = Parse(line).Steps[0];
        var words = new Words(new DateOnly(2026, 11, 28), "2026-11-28", "app.2026-11-28.r1", new Dictionary<string, string> { ["region"] = value });
        JsonObject settings = words.Fill(step.Settings);
        var start = new ProcessStartInfo("/bin/sh", ["-c", settings["command"]!.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string text) in settings.Map("environment")) start.Environment[name] = text;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static Pipeline Parse(string line) => PipelineFiles.Parse(
        "app", $"parameters: {{region: north}}\nsteps:\n- {{name: load, exec: {{command: {JsonValue.Create(line).ToJsonString()}}}}}",
        new PipelineRules([new ExecStep(new HostRegistry([]), TimeProvider.System).Info], [HostRegistry.Here], "calendars"));
}
