using BatchScoring.Bench.Files;

// Called by scripts/bench; see its --help. The last line on standard output holds the figures and the ratio.
try
{
    switch (args)
    {
        case ["scan", var model, var folder]:
            Scan.Run(model, folder);
            return 0;
        case ["copy", var source, var target, var where]:
            ImportBench.Copy(source, target, where);
            return 0;
        case [var name, .. var rest] when BenchRun.Names.Contains(name, StringComparer.Ordinal):
            BenchRun.Run(name, BenchOptions.Parse(rest));
            return 0;
        default:
            Console.Error.WriteLine($"usage: bench-files {string.Join('|', BenchRun.Names)} --repository DIR --program FILE [--rows N] " +
                "[--rounds N] [--cache DIR]");
            return 64;
    }
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 64;
}
