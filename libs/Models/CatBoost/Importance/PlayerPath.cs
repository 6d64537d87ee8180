namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>The players on the way from a tree's root to a node: for each how much of the training went that way, and if the row does.</summary>
/// <param name="slots">Players of the tree.</param>
internal sealed class PlayerPath(int slots)
{
    private readonly double[] _shares = [.. Enumerable.Repeat(1.0, slots)];
    private readonly bool[] _isTaken = [.. Enumerable.Repeat(true, slots)];
    private readonly int[] _times = new int[slots];
    private readonly double[] _ways = new double[slots + 1];

    /// <summary>A step down: a player that is asked again has gone that way only if it went every step.</summary>
    /// <returns>What <see cref="Restore"/> needs.</returns>
    public (double Share, bool IsTaken) Take(int slot, double share, bool isTaken)
    {
        (double, bool) before = (_shares[slot], _isTaken[slot]);
        _shares[slot] *= share;
        _isTaken[slot] &= isTaken;
        _times[slot]++;
        return before;
    }

    /// <summary>Back up.</summary>
    public void Restore(int slot, (double Share, bool IsTaken) before)
    {
        (_shares[slot], _isTaken[slot]) = before;
        _times[slot]--;
    }

    /// <summary>
    /// Shares a leaf out. Players come in any order; a player's part is the leaf's value times what its coming changes in the chance to
    /// get there, over all orders. Those who came before count by how many they are: coefficients of a product of (share + taken · t).
    /// </summary>
    /// <param name="leaf">One value per output.</param>
    /// <param name="values">Players × outputs; are added to.</param>
    public void Share(ReadOnlySpan<double> leaf, Span<double> values)
    {
        int players = 0;
        Array.Clear(_ways);
        _ways[0] = 1;
        for (int slot = 0; slot < slots; slot++)
        {
            if (_times[slot] == 0) continue;
            for (int known = players++; known >= 0; known--)
            {
                if (_isTaken[slot]) _ways[known + 1] += _ways[known];
                _ways[known] *= _shares[slot];
            }
        }

        for (int slot = 0; slot < slots; slot++)
        {
            if (_times[slot] == 0) continue;
            double change = (_isTaken[slot] ? 1 : 0) - _shares[slot];
            if (change == 0) continue;
            double part = change * Without(slot, players);
            for (int output = 0; output < leaf.Length; output++) values[(slot * leaf.Length) + output] += part * leaf[output];
        }
    }

    /// <summary>Takes a player out of the product, and weighs what is left by how many orders there are.</summary>
    private double Without(int slot, int players)
    {
        double sum = 0, higher = 0, orders = 1.0 / players;
        // k!(m-1-k)!/m!, from k = m-1 down.
        for (int known = players - 1; known >= 0; known--)
        {
            double ways;
            if (_isTaken[slot]) higher = ways = _ways[known + 1] - (_shares[slot] * higher);
            else ways = _ways[known] / _shares[slot];
            sum += ways * orders;
            orders *= (double)(players - known) / Math.Max(known, 1);
        }

        return sum;
    }
}
