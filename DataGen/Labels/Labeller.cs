using BatchScoring.DataGen.Random;
using BatchScoring.DataGen.Rows;

namespace BatchScoring.DataGen.Labels;

/// <summary>
/// Decides who defaults and what is lost. A row defaults with the hidden model's probability; a defaulted loan loses 1 to 100, mostly
/// little, and more where the risk was higher. One thread at a time.
/// </summary>
internal sealed class Labeller(ulong seed)
{
    private const int MostLost = 100;

    private readonly uint[] _words = new uint[BlockMaker.MaxRows];
    private readonly uint[] _lossWords = new uint[BlockMaker.MaxRows];

    /// <summary>Fills the losses of a block: 0 for a row that does not default.</summary>
    /// <param name="firstRow">A multiple of 4.</param>
    /// <param name="probabilities">One per row.</param>
    /// <param name="losses">At least as long.</param>
    public void Losses(long firstRow, ReadOnlySpan<double> probabilities, Span<int> losses)
    {
        new RowStream(seed, Streams.Default).Fill(firstRow, _words);
        new RowStream(seed, Streams.Loss).Fill(firstRow, _lossWords);
        for (int i = 0; i < probabilities.Length; i++)
        {
            losses[i] = _words[i] * Uniform.Step < probabilities[i] ? Loss(probabilities[i], _lossWords[i] * Uniform.Step) : 0;
        }
    }

    /// <summary>Log-logistic with a median of 2 to 6, cut at 100.</summary>
    private static int Loss(double probability, double share) =>
        1 + (int)Math.Min(MostLost - 1, (2 + (4 * probability)) * (share / (1 - share)));
}
