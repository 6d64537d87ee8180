using System.Diagnostics;
using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>
/// What must hold for any bytes taken as a model: refused with a <see cref="ModelException"/>, or accepted and then scored the same by
/// every evaluator; neither a crash nor a hang, nor more memory than 6 × the file + 16 MiB.
/// </summary>
internal static class HostileModel
{
    private const int Rows = 5;

    /// <returns>True if the bytes were accepted as a model.</returns>
    public static bool Check(byte[] file, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var model = CatBoostModel.Load(file);
            LimitMemory(file, before, "loading");
            Use(model);
            return true;
        }
        catch (ModelException error)
        {
            error.Code.ShouldNotBeNullOrEmpty();
            LimitMemory(file, before, "refusing");
            return false;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{what()}: {error.Message}", error);
        }
        finally
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), what());
        }
    }

    private static void LimitMemory(byte[] file, long before, string when)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long limit = (6L * file.Length) + (16 << 20);
        if (allocated > limit) throw new InvalidOperationException($"{when} took {allocated:N0} bytes, allowed are {limit:N0}");
    }

    private static void Use(CatBoostModel model)
    {
        var table = new ModelTable(model.Inputs, Rows);
        float[] values = [float.NaN, -1, 0, 0.5f, float.PositiveInfinity];
        for (int column = 0; column < model.Inputs.Length; column++)
        {
            if (model.Inputs[column].Kind == ModelInputKind.Numeric) values.CopyTo(table.Numeric(column));
            else for (int row = 0; row < Rows; row++) table.Categorical(column)[row] = CategoryHash.Of([(byte)('0' + row)]);
        }

        double[][] expected = table.Score(Evaluators.Create(model, "reference"));
        foreach (string name in Evaluators.Available) SameUpToNan(expected, table.Score(Evaluators.Create(model, name)), name);
        SameUpToNan(expected, Bits.ScoreRows(table, new RowScorer(model)), "row by row");
        double[] raw = expected.SelectMany(output => output).ToArray();
        foreach (PredictionType type in Enum.GetValues<PredictionType>()) Predict(model, type, raw);
        CatBoostModel.Load(model.ToCbm()).TreeCount.ShouldBe(model.TreeCount);
    }

    private static void Predict(CatBoostModel model, PredictionType type, double[] raw)
    {
        try
        {
            Prediction prediction = model.PredictionOf(type);
            prediction.Compute(raw, Rows, new double[Rows * prediction.Columns.Length]);
        }
        catch (ModelException)
        {
            // A damaged model may well be unable to answer.
        }
    }

    /// <summary>A leaf that is not a number may become another one of those, depending on the order of operands.</summary>
    private static void SameUpToNan(double[][] expected, double[][] actual, string evaluator)
    {
        for (int output = 0; output < expected.Length; output++)
            for (int row = 0; row < Rows; row++)
                if (!expected[output][row].Equals(actual[output][row]))
                    throw new InvalidOperationException(
                        $"{evaluator}, output {output}, row {row}: {actual[output][row]:R}, expected {expected[output][row]:R}");
    }
}
