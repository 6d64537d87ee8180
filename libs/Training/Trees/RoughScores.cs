using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Cosine scores of all borders of a column, of packed sums (<see cref="PackedPairs"/>) and in single precision: by four borders and both
/// sides at a time. What rounding does to them has a bound.
/// </summary>
internal static unsafe class RoughScores
{
    /// <summary>Borders of a vector.</summary>
    private const int Together = 4;

    /// <summary>So that there is no division by 0.</summary>
    private const float Smallest = 1e-30f;

    /// <summary>Floats of sums for so many cells.</summary>
    public static int SumsOf(int cells) => 2 * ((cells + Together - 1) / Together * Together);

    /// <summary>How far a score may be off by single precision, of itself: every operation by 2^-24, and as many additions as leaves.</summary>
    public static double ErrorOf(int leaves) => 2 * (leaves + 32) * 6e-8;

    /// <summary>Adds what two leaves are worth.</summary>
    /// <param name="a">Cells of the first; those past the last one hold anything.</param>
    /// <param name="b">Of the second.</param>
    /// <param name="totalA">The sum of the first.</param>
    /// <param name="totalB">Of the second.</param>
    /// <param name="borders">At least one less than cells.</param>
    /// <param name="pull">Added to weights: λ in their unit.</param>
    /// <param name="numerators">Added to: no, no, yes, yes of two borders, and so on.</param>
    /// <param name="squares">Likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(long* a, long* b, long totalA, long totalB, int borders, float pull, float* numerators, float* squares)
    {
        if (!Avx2.IsSupported)
        {
            AddOneByOne(a, totalA, borders, pull, numerators, squares);
            AddOneByOne(b, totalB, borders, pull, numerators, squares);
            return;
        }

        Vector256<long> allA = Vector256.Create(totalA), allB = Vector256.Create(totalB), beforeA = default, beforeB = default;
        var pulls = Vector256.Create(pull);
        for (int border = 0; border < borders; border += Together)
        {
            Sides(a + border, allA, ref beforeA, out Vector256<float> weightA, out Vector256<float> derivativeA);
            Sides(b + border, allB, ref beforeB, out Vector256<float> weightB, out Vector256<float> derivativeB);
            Vector256<float> valueA = derivativeA / (weightA + pulls), valueB = derivativeB / (weightB + pulls);
            (Vector256.Load(numerators + (2 * border)) + ((valueA * derivativeA) + (valueB * derivativeB))).Store(numerators + (2 * border));
            (Vector256.Load(squares + (2 * border)) + ((valueA * (valueA * weightA)) + (valueB * (valueB * weightB))))
                .Store(squares + (2 * border));
        }
    }

    /// <summary>The sums of both sides of four borders: no, no, yes, yes of two, and of two more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sides(
        long* cells, Vector256<long> all, ref Vector256<long> before, out Vector256<float> weights, out Vector256<float> derivatives)
    {
        var own = Vector256.Load(cells);
        Vector256<long> twos = own + Avx2.ShiftLeftLogical128BitLane(own, sizeof(long)), pair = Avx2.UnpackHigh(twos, twos),
            inner = twos + Avx2.Permute2x128(pair, pair, 0x08), no = inner + before, yes = all - no;
        before += Avx2.Permute4x64(inner, 0xFF);
        Vector256<float> noNumbers = Vector256.ConvertToSingle(no.AsInt32()), yesNumbers = Vector256.ConvertToSingle(yes.AsInt32());
        weights = Avx.Shuffle(noNumbers, yesNumbers, 0x88);
        derivatives = Avx.Shuffle(noNumbers, yesNumbers, 0xDD);
    }

    /// <summary>Takes sums off those of a leaf that they are a part of.</summary>
    /// <param name="from">The leaf's.</param>
    /// <param name="cells">What is taken off.</param>
    /// <param name="count">Cells; up to whole vectors more are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(long* from, long* cells, int count)
    {
        for (int i = 0; i < count; i += Vector256<long>.Count)
            (Vector256.Load(from + i) - Vector256.Load(cells + i)).Store(from + i);
    }

    private static void AddOneByOne(long* cells, long total, int borders, float pull, float* numerators, float* squares)
    {
        long no = 0;
        for (int border = 0; border < borders; border++)
        {
            no += cells[border];
            int at = (2 * border) - (border & 1);
            AddSide(no, pull, ref numerators[at], ref squares[at]);
            AddSide(total - no, pull, ref numerators[at + 2], ref squares[at + 2]);
        }
    }

    private static void AddSide(long sum, float pull, ref float numerator, ref float square)
    {
        float derivative = sum >> 32, weight = (uint)sum, value = derivative / (weight + pull);
        numerator += value * derivative;
        square += value * (value * weight);
    }

    /// <param name="numerators">Of all leaves.</param>
    /// <param name="squares">Likewise.</param>
    /// <param name="unit">What scores are multiplied by.</param>
    /// <param name="scores">Set: one per border.</param>
    /// <returns>The highest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Finish(float* numerators, float* squares, double unit, Span<double> scores)
    {
        int border = 0;
        var highest = Vector256.Create(double.NegativeInfinity);
        if (Avx2.IsSupported)
        {
            for (; border <= scores.Length - Together; border += Together)
            {
                Vector128<float> own = BothSides(numerators + (2 * border))
                    / Vector128.Sqrt(Vector128.Max(BothSides(squares + (2 * border)), Vector128.Create(Smallest)));
                Vector256<double> score = Avx.ConvertToVector256Double(own) * unit;
                score.CopyTo(scores[border..]);
                highest = Vector256.Max(highest, score);
            }
        }

        double best = Math.Max(Math.Max(highest[0], highest[1]), Math.Max(highest[2], highest[3]));
        for (; border < scores.Length; border++)
        {
            int at = (2 * border) - (border & 1);
            float numerator = numerators[at] + numerators[at + 2], square = squares[at] + squares[at + 2];
            scores[border] = numerator / MathF.Sqrt(MathF.Max(square, Smallest)) * unit;
            best = Math.Max(best, scores[border]);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> BothSides(float* sums)
    {
        Vector128<float> first = Vector128.Load(sums), second = Vector128.Load(sums + Together);
        return Sse.Shuffle(first, second, 0x44) + Sse.Shuffle(first, second, 0xEE);
    }
}
