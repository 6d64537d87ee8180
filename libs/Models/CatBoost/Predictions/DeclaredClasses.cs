using System.Buffers;
using System.Collections.Immutable;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>
/// Arranges raw values by declared class, as CatBoost does before it computes anything: a class that had no row in training has minus
/// infinity.
/// </summary>
/// <param name="columns">How many classes were declared.</param>
/// <param name="places">Where each output's class stands among them.</param>
internal sealed class DeclaredClasses(int columns, ImmutableArray<int> places)
{
    /// <summary>Computes a formula of all declared classes.</summary>
    public void Use(ReadOnlySpan<double> raw, int rows, Span<double> output, PredictionFormula formula)
    {
        double[] arranged = ArrayPool<double>.Shared.Rent(columns * rows);
        arranged.AsSpan(0, columns * rows).Fill(double.NegativeInfinity);
        for (int j = 0; j < places.Length; j++) raw.Slice(j * rows, rows).CopyTo(arranged.AsSpan(places[j] * rows));
        formula(arranged, rows, output);
        ArrayPool<double>.Shared.Return(arranged);
    }
}
