namespace BatchScoring.Training.Measuring;

/// <summary>Notices that a metric gets no better.</summary>
/// <param name="wait">Iterations after the best one at least.</param>
/// <param name="threshold">Stops when getting better is less likely.</param>
/// <param name="isLargerBetter">Whether the best value is the largest.</param>
internal sealed class StopDetector(int wait, float threshold, bool isLargerBetter)
{
    private const int UsualWait = 20, Remembered = 2000;
    private const double Forgotten = 0.99, Smallest = 1e-10;
    private readonly LinkedList<double> _newest = [];
    private double _expected, _best = double.NegativeInfinity;
    private int _since;

    public static StopDetector? Of(TrainingParameters parameters, bool isLargerBetter)
    {
        OdType type = parameters.OdType ?? (parameters.OdPval is > 0 ? OdType.IncToDec : OdType.Iter);
        bool isAsked = type == OdType.IncToDec ? parameters.OdPval is > 0 : parameters.OdType is not null || parameters.OdWait is not null;
        return isAsked ? new StopDetector(
            parameters.OdWait ?? UsualWait, type == OdType.Iter ? 1 : parameters.OdPval!.Value, isLargerBetter) : null;
    }

    public bool IsOver { get; private set; }

    public void Add(double metric)
    {
        double value = isLargerBetter ? metric : -metric;
        _newest.AddFirst(value);
        if (_newest.Count > Remembered) _newest.RemoveLast();
        double faded = 1, highest = double.NegativeInfinity;
        foreach (double old in _newest)
        {
            highest = Math.Max(highest, faded * (value - old));
            faded *= Forgotten;
        }

        _expected = Math.Max(_expected * Forgotten, highest);
        _since = value > _best ? 0 : _since + 1;
        _best = Math.Max(_best, value);
        double chance = _since < wait ? 1
            : Math.Exp(-0.5 / Math.Max(_expected / Math.Max(_best - value, Smallest), Smallest));
        IsOver = chance < threshold;
    }
}
