using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Answers all questions about one row's numbers, a byte of 0 or 1 per question. A window of sixteen questions at once: neighbours ask
/// about neighbouring inputs, so a permute of sixteen inputs brings each question its value. Immutable.
/// </summary>
internal sealed unsafe class RowNumerics
{
    /// <summary>Questions of a window, and inputs that it may span; answers and values are padded by as much.</summary>
    public const int Window = 16;

    private readonly AnswerWindow[] _windows;
    private readonly AlignedMemory _borders;
    private readonly AlignedMemory _lanes;
    private readonly AlignedMemory _missing;

    /// <summary>Cuts a plan's questions into windows.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="numericOf">The number among the numeric inputs of each input column.</param>
    /// <param name="inputs">How many numeric inputs there are.</param>
    public RowNumerics(MaskPlan plan, int[] numericOf, int inputs)
    {
        var questions = new List<(int Input, float Border)>();
        _missing = new((long)Padded(inputs) * sizeof(float));
        foreach (NumericQuestions group in plan.Numerics)
        {
            int input = numericOf[group.Column];
            ((float*)_missing.Start)[input] = group.MissingIsLargest ? float.PositiveInfinity : float.NegativeInfinity;
            foreach (float border in group.Borders) questions.Add((input, border));
        }

        _windows = CutWindows(questions);
        _borders = new((long)_windows.Length * Window * sizeof(float));
        _lanes = new((long)_windows.Length * Window * sizeof(int));
        new Span<float>(_borders.Start, _windows.Length * Window).Fill(float.PositiveInfinity);
        for (int i = 0; i < _windows.Length; i++)
        {
            int first = _windows[i].FirstMask - MaskPlan.FirstQuestion;
            int end = i + 1 < _windows.Length ? _windows[i + 1].FirstMask - MaskPlan.FirstQuestion : questions.Count;
            for (int k = first; k < end; k++)
            {
                ((float*)_borders.Start)[(i * Window) + k - first] = questions[k].Border;
                ((int*)_lanes.Start)[(i * Window) + k - first] = questions[k].Input - _windows[i].FirstInput;
            }
        }
    }

    /// <summary>Rounds a count of values up, so that whole windows can be read from any of them.</summary>
    public static int Padded(int count) => (count + (2 * Window) - 1) / Window * Window;

    /// <summary>Answers the questions.</summary>
    /// <param name="numeric">The row's numeric inputs.</param>
    /// <param name="values">Scratch, <see cref="Padded"/> long.</param>
    /// <param name="answers">One byte per mask, and <see cref="Window"/> more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Answer(ReadOnlySpan<float> numeric, float* values, byte* answers)
    {
        ReplaceMissing(numeric, values);
        float* borders = (float*)_borders.Start;
        int* lanes = (int*)_lanes.Start;
        foreach ((int firstInput, int firstMask) in _windows)
        {
            AnswerOne(values + firstInput, borders, lanes, answers + firstMask);
            borders += Window;
            lanes += Window;
        }
    }

    private void ReplaceMissing(ReadOnlySpan<float> numeric, float* values)
    {
        float* missing = (float*)_missing.Start;
        int i = 0;
        fixed (float* row = numeric)
        {
            for (; i + Window <= numeric.Length; i += Window)
            {
                var some = Vector512.Load(row + i);
                Vector512.ConditionalSelect(Vector512.IsNaN(some), Vector512.Load(missing + i), some).Store(values + i);
            }

            for (; i < numeric.Length; i++) values[i] = float.IsNaN(row[i]) ? missing[i] : row[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AnswerOne(float* values, float* borders, int* lanes, byte* answers)
    {
        if (Avx512BW.IsSupported)
        {
            Vector512<float> row = Avx512F.PermuteVar16x32(Vector512.Load(values), Vector512.Load(lanes));
            Vector512<uint> larger = Vector512.LessThan(Vector512.Load(borders), row).AsUInt32() & Vector512<uint>.One;
            Avx512F.ConvertToVector128Byte(larger).Store(answers);
            return;
        }

        if (Avx2.IsSupported)
        {
            Vector128<short> first = AnswerHalf(values, borders, lanes);
            Vector128<short> second = AnswerHalf(values, borders + (Window / 2), lanes + (Window / 2));
            (Sse2.PackSignedSaturate(first, second) & Vector128<sbyte>.One).Store((sbyte*)answers);
            return;
        }

        for (int k = 0; k < Window; k++) answers[k] = values[lanes[k]] > borders[k] ? (byte)1 : (byte)0;
    }

    /// <summary>Eight questions: the window's inputs are in two registers, and bit 3 of a lane says in which.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> AnswerHalf(float* values, float* borders, int* lanes)
    {
        var lane = Vector256.Load(lanes);
        Vector256<float> row = Avx.BlendVariable(
            Avx2.PermuteVar8x32(Vector256.Load(values), lane),
            Avx2.PermuteVar8x32(Vector256.Load(values + (Window / 2)), lane),
            (lane << 28).AsSingle());
        Vector256<int> larger = Avx.Compare(Vector256.Load(borders), row, FloatComparisonMode.OrderedLessThanNonSignaling).AsInt32();
        return Sse2.PackSignedSaturate(larger.GetLower(), larger.GetUpper());
    }

    /// <summary>A short window answers more than it should; the next one, or the next kind of question, overwrites that.</summary>
    private static AnswerWindow[] CutWindows(List<(int Input, float Border)> questions)
    {
        var windows = new List<AnswerWindow>();
        for (int first = 0, end; first < questions.Count; first = end)
        {
            int low = questions[first].Input;
            int high = low;
            for (end = first + 1; end < questions.Count && end - first < Window; end++)
            {
                int input = questions[end].Input;
                if (Math.Max(high, input) - Math.Min(low, input) >= Window) break;
                low = Math.Min(low, input);
                high = Math.Max(high, input);
            }

            windows.Add(new(low, MaskPlan.FirstQuestion + first));
        }

        return [.. windows];
    }
}
