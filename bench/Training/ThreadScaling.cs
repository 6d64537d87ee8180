using System.Globalization;

namespace BatchScoring.Bench.Training;

/// <summary>Our trainer on one core, on all of them, and asked for twice as many threads as there are cores: by the clock, so on a free machine.</summary>
internal static class ThreadScaling
{
    public static void Run(Options options)
    {
        foreach (Shape shape in options.Shapes)
        {
            string twiceAll = (2 * Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture);
            string[] arguments = ["ours", shape.Name, shape.Trees.ToString(CultureInfo.InvariantCulture), options.Repository];
            List<Measured> one = [], all = [], twice = [];
            for (int round = 0; round < options.Rounds; round++)
            {
                one.Add(Measured.Of(arguments, options.Core));
                all.Add(Measured.Of(arguments, core: null));
                twice.Add(Measured.Of([.. arguments, twiceAll], core: null));
            }

            (double slow, double fast, double crowded) = (Least(one), Least(all), Least(twice));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{shape.Name}: clock 1 thread {slow:F2}, {Environment.ProcessorCount} threads {fast:F2} ({slow / fast:F2} times as fast), " +
                $"{2 * Environment.ProcessorCount} threads {crowded:F2} ({crowded / fast:F2} of the time)"));
        }
    }

    private static double Least(List<Measured> rounds) => rounds.Min(round => round.Clock);
}
