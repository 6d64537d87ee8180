using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DataGen.Output;
using BatchScoring.DuckDb;

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
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new ExamplesHelp((HelpAction)help.Action!, Examples);
        root.SetAction((line, cancellation) => Task.Run(() => Run(line, output, error, time, cancellation), CancellationToken.None));
        ParseResult parsed = root.Parse(arguments);
        int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return parsed.Errors.Count > 0 ? (int)ExitCode.Usage : code;
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
            var progress = new ProgressLine(error, !Console.IsErrorRedirected, request.Rows, time);
            (GenerationFacts? facts, bool wasThere) = Generator.Run(request, folder, threads, progress.Advance, cancellation);
            progress.End();
            string model = Path.Combine(folder, "_about", "model.cbm");
            if (line.GetValue(GenerateOptions.ModelOut) is { } copy)
            {
                File.Copy(model, copy, overwrite: true);
                model = copy;
            }

            Tell(output, facts, folder, model, wasThere ? null : time.GetElapsedTime(started));
            return (int)ExitCode.Ok;
        }
        catch (Exception e) when (Explain(e) is { } explained)
        {
            error.WriteLine($"error {explained.Code}: {explained.Text}");
            return (int)explained.Exit;
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

    private static void Tell(TextWriter output, GenerationFacts facts, string folder, string model, TimeSpan? took)
    {
        long rows = facts.Request.Rows;
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"{folder}: {rows:N0} rows x {facts.Columns} columns in {facts.Files.Count} file(s), {facts.Bytes / 1e6:N1} MB{(took is { } t ? FormattableString.Invariant($", made in {t.TotalSeconds:N1} s") : "; was there already, nothing done")}");
        Line($"defaults: {facts.Defaults:N0} ({100.0 * facts.Defaults / rows:N2} %)");
        if (facts.BestAuc is { } auc) Line($"hidden model: {model}; its AUC on these rows, {auc:N4}, is what no model can expect to exceed");
        if (facts.Planted.Count > 0) Line($"bad rows: {facts.Planted.Values.Sum():N0} ({string.Join(", ", facts.Planted.Select(pair => $"{pair.Key} {pair.Value}"))}), listed in {Path.Combine(folder, "_about", "planted.csv")}");
        Line($"next: batch-score import {Path.Combine(folder, "part-*." + facts.Request.Format)} --key id --label default --like {model}");
    }

    private static BatchScoringException Invalid(string option, long value, string allowed) =>
        new("OPTION_INVALID", ExitCode.Usage, $"{option} is {value}; allowed is {allowed}.");

    private static (string Code, ExitCode Exit, string Text)? Explain(Exception error) => error switch
    {
        BatchScoringException e => (e.Code, e.ExitCode, e.Message),
        OperationCanceledException => ("INTERRUPTED", ExitCode.Interrupted, "Interrupted. The same command begins anew."),
        AggregateException { InnerException: { } inner } => Explain(inner),
        DuckDbException { Kind: DuckDbErrorKind.Library } e => (e.Code, ExitCode.Configuration, e.Message),
        DuckDbException e => (e.Code, ExitCode.Io, e.Message),
        UnauthorizedAccessException e => ("FILE_NOT_ALLOWED", ExitCode.NotAllowed, e.Message),
        IOException e => ("FILE_IO", ExitCode.Io, e.Message),
        _ => null,
    };
}
