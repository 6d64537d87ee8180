using System.CommandLine;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DataGen.Output;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;

namespace BatchScoring.DataGen.CommandLine;

/// <summary>The command line of <c>datagen</c>: from options to a table, from errors to exit codes.</summary>
internal static class GenerateCommand
{
    private static readonly string[] Examples =
    [
        "datagen --rows 20000 --out loans                         # 20,000 rows x 772 columns, about 30 MB",
        "datagen --rows 20000 --out loans-csv --format csv        # the same rows as text",
        "datagen --rows 1000000 --seed 7 --out big --threads 2    # another table: other columns, another model",
        "datagen --rows 50000 --out dirty --dirt 100              # with 100 bad rows, listed in dirty/_about/planted.csv",
    ];

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("Generates a loan table: key id, features f1 to f778, outcomes loss (0 to 100) and default (0 or 1). " +
            "Who defaults is drawn from a hidden CatBoost model, which is written too.");
        foreach (Option option in GenerateOptions.All) root.Options.Add(option);
        ExamplesHelp.AddTo(root, new Dictionary<Command, string[]> { [root] = Examples });
        root.SetAction((line, cancellation) => Task.Run(() => Run(line, output, error, time, cancellation), CancellationToken.None));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0 || parsed.Action is ExamplesHelp)
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        foreach (string wrong in UsageText.Of(parsed)) await error.WriteLineAsync($"error {HostErrors.Usage}: {wrong}");
        await error.WriteLineAsync("Try: datagen --help");
        return (int)HostErrors.Usage.ExitCode;
    }

    private static int Run(ParseResult line, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            GenerationRequest request = Request(line);
            string folder = line.GetRequiredValue(GenerateOptions.Out);
            int threads = line.GetValue(GenerateOptions.Threads);
            if (threads < 1) throw Invalid("--threads", threads, "1 or more");
            long started = time.GetTimestamp();
            using var progress = ProgressLine.OnConsole(error, "datagen", Environment.GetEnvironmentVariable, time);
            progress.Begin("datagen", request.Rows);
            (GenerationFacts? facts, bool wasThere) = Generator.Run(request, folder, threads, rows => progress.Advance(rows), cancellation);
            progress.End();
            string model = Path.Combine(folder, "_about", "model.cbm");
            if (line.GetValue(GenerateOptions.ModelOut) is { } copy)
            {
                File.Copy(model, copy, overwrite: true);
                model = copy;
            }

            Tell(output, facts, folder, model, DateOnly.FromDateTime(time.GetLocalNow().DateTime), wasThere
                ? null
                : time.GetElapsedTime(started));
            return (int)ExitCode.Ok;
        }
        catch (Exception e) when (Explain(e) is { } explained)
        {
            error.WriteLine(explained.ToText());
            return (int)explained.ExitCode;
        }
    }

    private static GenerationRequest Request(ParseResult line)
    {
        (long rows, long dirt) = (line.GetValue(GenerateOptions.Rows), line.GetValue(GenerateOptions.Dirt));
        if (rows is < 1 or > 1L << 39) throw Invalid("--rows", rows, "1 to 549,755,813,888");
        if (dirt < 0 || dirt > rows / 10) throw Invalid("--dirt", dirt, $"0 to a tenth of the rows, {rows / 10:N0}");
        return new GenerationRequest
        {
            Rows = rows,
            Seed = line.GetValue(GenerateOptions.Seed),
            Format = line.GetValue(GenerateOptions.Format) == TableFormat.Csv ? "csv" : "parquet",
            Dirt = dirt,
        };
    }

    private static void Tell(TextWriter output, GenerationFacts facts, string folder, string model, DateOnly today, TimeSpan? took)
    {
        long rows = facts.Request.Rows;
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        string how = took is { } t ? FormattableString.Invariant($", made in {t.TotalSeconds:N1} s") : "; was there already, nothing done";
        Line($"{folder}: {rows:N0} rows x {facts.Columns} columns in {facts.Files.Count} file(s), {facts.Bytes / 1e6:N1} MB{how}");
        Line($"defaults: {facts.Defaults:N0} ({100.0 * facts.Defaults / rows:N2} %)");
        if (facts.BestAuc is { } auc)
            Line($"hidden model: {model}; its AUC on these rows, {auc:N4}, is what no model can expect to exceed");
        if (facts.Planted.Count > 0)
        {
            string codes = string.Join(", ", facts.Planted.Select(pair => $"{pair.Key} {pair.Value}"));
            Line($"bad rows: {facts.Planted.Values.Sum():N0} ({codes}), listed in {Path.Combine(folder, "_about", "planted.csv")}");
        }

        string import = $"batch-score import {Word(folder)} --key id --label default --outcome loss --like {Word(model)}";
        Line($"next: {import} --first-date {today:yyyy-MM-dd} --root ./bank");
    }

    /// <summary>As a shell takes it.</summary>
    private static string Word(string path) => path.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-".Contains(letter))
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static BatchScoringException Invalid(string option, long value, string allowed) =>
        new(HostErrors.OptionInvalid, $"{option} is {value}; allowed is {allowed}.");

    private static ErrorText? Explain(Exception error) => error switch
    {
        DuckDbException { Kind: DuckDbErrorKind.Library } e => new ErrorText(DuckDbErrors.LibraryMissing, e.Message),
        DuckDbException e => new ErrorText(DuckDbErrors.Disk, e.Message),
        _ => ErrorText.Of(error),
    };
}
