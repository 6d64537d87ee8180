using System.Globalization;
using BatchScoring.Bench.Training;

// Called by scripts/bench train; see its --help. The last line on standard output holds the ratio.
try
{
    switch (args)
    {
        case ["measure", "ours", var name, var trees, var repository, .. var threads]:
            Console.WriteLine(OurSide.Train(Shape.Of(name).WithTrees(int.Parse(trees, CultureInfo.InvariantCulture)), repository,
                threads is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : null).ToJson());
            return 0;
        case ["measure", "lightgbm", var name, var trees, var repository]:
            Console.WriteLine(
                TheirSide.Train(Shape.Of(name).WithTrees(int.Parse(trees, CultureInfo.InvariantCulture)), repository, threads: 1).ToJson());
            return 0;
        case ["measure", "tree", var rows, var columns, var trees]:
            int[] sizes = [.. new[] { rows, columns, trees }.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
            Console.WriteLine(OurSide.Tree(sizes[0], sizes[1], sizes[2]).ToJson());
            return 0;
        case [.., "--scaling"]:
            Scaling.Run(Options.Parse(args[..^1]));
            return 0;
        case [.., "--threads"]:
            ThreadScaling.Run(Options.Parse(args[..^1]));
            return 0;
        default:
            Comparison.Run(Options.Parse(args));
            return 0;
    }
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 64;
}
