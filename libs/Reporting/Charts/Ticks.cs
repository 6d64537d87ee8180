namespace BatchScoring.Reporting;

/// <summary>Round numbers to put on an axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    /// <param name="from">The axis begins here.</param>
    /// <param name="to">It ends here.</param>
    /// <param name="about">About how many.</param>
    /// <param name="whole">True for counts: between two rows is nothing.</param>
    public static IEnumerable<double> Between(double from, double to, int about, bool whole = false)
    {
        double step = Math.Max(Step((to - from) / about), whole ? 1 : 0);
        double first = Math.Ceiling((from / step) - 1e-9);
        double last = Math.Floor((to / step) + 1e-9);
        for (double i = first; i <= last; i++) yield return (i * step) + 0.0; // + 0.0 turns −0 into 0
    }

    /// <summary>The smallest round number that is at least as large.</summary>
    public static double RoundUp(double value) => Math.Ceiling((value / Step(value / 5)) - 1e-9) * Step(value / 5);

    private static double Step(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }
}
