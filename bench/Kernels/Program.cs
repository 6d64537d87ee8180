using System.Globalization;
using BatchScoring.Bench.Kernels;

// Called by scripts/bench kernel and one-row; see its --help. The last line on standard output holds the figures and the ratio.
switch (args)
{
    case ["measure", var name, var model, var rows, var seconds]:
        Console.WriteLine(OwnRates.Measure(name, model, rows, double.Parse(seconds, CultureInfo.InvariantCulture)).ToJson());
        return 0;
    case [var name, .. var rest] when Comparison.Names.Contains(name, StringComparer.Ordinal):
        return Comparison.Run(name, ComparisonOptions.Parse(rest));
    default:
        Console.Error.WriteLine($"usage: bench-kernels {string.Join('|', Comparison.Names)} --repository DIR --peer-class-path PATH "
            + "[--rounds N] [--seconds S] [--core C] [--cache DIR]");
        return 64;
}
