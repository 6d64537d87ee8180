namespace BatchScoring.Training.Random;

/// <summary>
/// The generator whose draws decide a training: two 32-bit streams of a linear congruence, permuted. The same seed gives CatBoost's draws.
/// </summary>
/// <remarks>Source: M. O'Neill, "PCG" (XSH-RR), as CatBoost 1.2.10 seeds and joins two of them.</remarks>
internal sealed class CatBoostRandom
{
    private const double Fraction = 1.0 / ((1UL << 53) - 1);
    private Stream _high, _low;

    public CatBoostRandom(ulong seed)
    {
        Stream seeds = new(seed, 1);
        ulong highSeed = seeds.Next() | ((ulong)seeds.Next() << 32);
        uint highSequence = seeds.Next();
        ulong lowSeed = seeds.Next() | ((ulong)seeds.Next() << 32);
        uint lowSequence = seeds.Next();
        if (((highSequence ^ lowSequence) & 0x7FFFFFFF) == 0) lowSequence = ~lowSequence;
        _high = new Stream(highSeed, (2UL * highSequence) + 1);
        _low = new Stream(lowSeed, (2UL * lowSequence) + 1);
    }

    /// <summary>The generator that a block of rows or a candidate has of its own.</summary>
    public static CatBoostRandom Of(ulong seed)
    {
        CatBoostRandom own = new(seed);
        own.Advance(10);
        return own;
    }

    public ulong Next() => ((ulong)_high.Next() << 32) | _low.Next();

    /// <summary>As if so many values had been drawn.</summary>
    public void Advance(ulong draws)
    {
        _high.Advance(draws);
        _low.Advance(draws);
    }

    /// <summary>0 to 1, both included.</summary>
    public double NextReal() => (Next() >> 11) * Fraction;

    /// <summary>0 to <paramref name="limit"/>, which is not reached.</summary>
    public ulong NextBelow(ulong limit)
    {
        ulong rejected = ulong.MaxValue - (ulong.MaxValue % limit);
        for (ulong value = Next(); ; value = Next())
            if (value < rejected) return value % limit;
    }

    /// <summary>Of the standard normal distribution, by the polar method; its second value is not used.</summary>
    public double NextNormal()
    {
        while (true)
        {
            double x = (2 * NextReal()) - 1, y = (2 * NextReal()) - 1, r = (x * x) + (y * y);
            if (r is > 0 and <= 1) return x * Math.Sqrt(-2 * Math.Log(r) / r);
        }
    }

    private struct Stream(ulong state, ulong increment)
    {
        private const ulong Factor = 6364136223846793005;
        private ulong _state = state;

        public uint Next()
        {
            _state = (_state * Factor) + increment;
            return uint.RotateRight((uint)(((_state >> 18) ^ _state) >> 27), (int)(_state >> 59));
        }

        public void Advance(ulong draws)
        {
            ulong factor = Factor, add = increment, allFactors = 1, allAdds = 0;
            for (; draws > 0; draws >>= 1)
            {
                if ((draws & 1) == 1)
                {
                    allFactors *= factor;
                    allAdds = (allAdds * factor) + add;
                }

                add *= factor + 1;
                factor *= factor;
            }

            _state = (_state * allFactors) + allAdds;
        }
    }
}
