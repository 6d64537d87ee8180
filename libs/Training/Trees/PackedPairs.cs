using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Derivative and weight of a row as whole numbers in the upper and the lower half of 64 bits: one addition adds both, and sums do not
/// depend on their order. What lies between two whole numbers is rounded up or down by chance, with the chance that makes the mean right:
/// so what rounding does to a sum grows as the root of the rows, and has a bound (Hoeffding's).
/// </summary>
internal sealed unsafe class PackedPairs : IPairMaker<long>
{
    /// <summary>
    /// A sum of rounded rows is farther off than 5 times the root of their squared ranges with a chance of 2 e^-50: of all sums that anybody
    /// will ever make, none is.
    /// </summary>
    private const double FarthestOff = 5;

    private readonly PinnedBuffer<float> _chances;
    private double _largest, _smallest, _weightStep, _derivatives;
    private int _rows;

    /// <param name="rows">Of the table.</param>
    public PackedPairs(int rows)
    {
        _chances = new PinnedBuffer<float>(rows);
        var random = new System.Random(rows);
        foreach (ref float chance in _chances.Span) chance = random.NextSingle();
    }

    /// <summary>What a derivative is multiplied by.</summary>
    public double DerivativeScale { get; private set; }

    /// <summary>What a weight is multiplied by.</summary>
    public double WeightScale { get; private set; }

    /// <summary>By how much a cosine score made of rounded sums may be off.</summary>
    /// <remarks>
    /// Of a side let a = G / (W + λ) and r = W / (W + λ), and κ = ΣaG / Σa²W over all sides: between 1 and m, the largest 1 / r. The score
    /// changes by Σ a (2 - κr) dG - Σ a² (1 + κ/2 - κr) dW, over the root of Σa²W. A row's dG and dW are its rounding, so that root bounds
    /// the sum of their squares as well, where a side has no more rows than weight; and a is not larger than r times a row's own.
    /// </remarks>
    public double MarginOf(double lambda)
    {
        double m = 1 + (lambda / _smallest), ofDerivatives = Math.Max(2, m - 2), half = 1 + (m / 2),
            ofWeights = Math.Max(0.5625, Math.Max((m / 2) - 1, half * half / (4 * m)));
        return FarthestOff * ((ofDerivatives / DerivativeScale) + (ofWeights * _largest * _weightStep)) / Math.Sqrt(Math.Min(1, _smallest));
    }

    /// <summary>
    /// By how much scores of sums in another order may be off: as those sums, of the largest score that there could be; a digit is left.
    /// </summary>
    public double FineMargin => 10 * _rows * Math.Pow(2, -53) * Math.Sqrt(_largest * _derivatives);

    /// <summary>Looks how large a sample's numbers are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(RowSample sample)
    {
        ReadOnlySpan<double> derivatives = sample.Derivatives[0].AsSpan(0, sample.Count);
        ReadOnlySpan<float> weights = sample.Weights.AsSpan(0, sample.Count);
        Vector512<double> sum = default, largest = default, weight = default;
        var infinite = Vector256.Create(float.PositiveInfinity);
        Vector256<float> smallest = infinite, parts = default;
        int i = 0;
        for (; i <= derivatives.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var own = Vector512.Abs(Vector512.Create(derivatives[i..]));
            var ownWeight = Vector256.Create(weights[i..]);
            sum += own;
            largest = Vector512.Max(largest, own);
            weight += Vector512.Create(Vector256.WidenLower(ownWeight), Vector256.WidenUpper(ownWeight));
            smallest = Vector256.Min(smallest, Vector256.ConditionalSelect(Vector256.GreaterThan(ownWeight, default), ownWeight, infinite));
            parts |= ownWeight - Vector256.Floor(ownWeight);
        }

        Size all = new(Vector512.Sum(sum), Vector512.Sum(weight), 0, double.PositiveInfinity, parts == Vector256<float>.Zero);
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
            all = all with { Largest = Math.Max(all.Largest, largest[lane]), Smallest = Math.Min(all.Smallest, smallest[lane]) };
        for (; i < derivatives.Length; i++) all = all.With(Math.Abs(derivatives[i]), weights[i]);
        Set(all, sample.Count);
    }

    private void Set(Size all, int rows)
    {
        DerivativeScale = ScaleOf(all.Derivatives, rows);
        WeightScale = ScaleOf(all.Weights, rows);
        // Whole weights are not rounded then.
        if (WeightScale > 1) WeightScale = Math.Floor(WeightScale);
        (_smallest, _derivatives, _rows) = (all.Smallest, all.Derivatives, rows);
        _largest = double.IsFinite(all.Derivatives + all.Weights) ? all.Largest / _smallest : double.PositiveInfinity;
        _weightStep = all.AreWhole && WeightScale >= 1 && double.IsFinite(_largest) ? 0 : 1 / WeightScale;
    }

    /// <summary>So that all rows together, each rounded up, have 31 bits.</summary>
    private static double ScaleOf(double sum, int rows) => sum > 0 && sum < double.PositiveInfinity ? (int.MaxValue - rows) / sum : 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Make(RowSample sample, int output, int start, int end, long* pairs)
    {
        ReadOnlySpan<double> derivatives = sample.Derivatives[output].AsSpan(0, end);
        ReadOnlySpan<float> weights = sample.Weights.AsSpan(0, end);
        float* chances = _chances.Start;
        int i = start;
        if (Avx.IsSupported)
        {
            var derivativeScale = Vector256.Create(DerivativeScale);
            var weightScale = Vector256.Create(WeightScale);
            for (; i <= end - Vector128<int>.Count; i += Vector128<int>.Count)
            {
                var weight = Vector128.Create(weights[i..]);
                Vector256<double> chance = Avx.ConvertToVector256Double(Vector128.Load(chances + i)),
                    derivative = Vector256.Floor((Vector256.Create(derivatives[i..]) * derivativeScale) + chance);
                Vector128<int> upper = Avx.ConvertToVector128Int32WithTruncation(derivative),
                    lower = Avx.ConvertToVector128Int32WithTruncation((Avx.ConvertToVector256Double(weight) * weightScale) + chance);
                Sse2.UnpackLow(lower, upper).AsInt64().Store(pairs + i);
                Sse2.UnpackHigh(lower, upper).AsInt64().Store(pairs + i + 2);
            }
        }

        for (; i < end; i++)
        {
            long derivative = (long)Math.Floor((derivatives[i] * DerivativeScale) + chances[i]);
            pairs[i] = (derivative << 32) + (long)((weights[i] * WeightScale) + chances[i]);
        }
    }

    /// <summary>How large a sample's numbers are.</summary>
    private readonly record struct Size(double Derivatives, double Weights, double Largest, double Smallest, bool AreWhole)
    {
        public Size With(double derivative, float weight) => new(
            Derivatives + derivative, Weights + weight, Math.Max(Largest, derivative), weight > 0 ? Math.Min(Smallest, weight) : Smallest,
            AreWhole && weight == MathF.Floor(weight));
    }
}
