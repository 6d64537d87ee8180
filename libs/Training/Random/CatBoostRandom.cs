using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Where the generator is in its two streams.</summary>
    public (ulong High, ulong Low) State
    {
        get => (_high.State, _low.State);
        set => (_high.State, _low.State) = value;
    }

    /// <summary>The generator that a block of rows or a candidate has of its own.</summary>
    public static CatBoostRandom Of(ulong seed)
    {
        CatBoostRandom own = new(seed);
        own.Advance(10);
        return own;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => ((ulong)_high.Next() << 32) | _low.Next();

    /// <summary>As if so many values had been drawn.</summary>
    public void Advance(ulong draws)
    {
        _high.Advance(draws);
        _low.Advance(draws);
    }

    /// <summary>0 to 1, both included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextReal() => Real(Next());

    /// <summary>One after another; eight at a time where the processor multiplies so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void NextReals(Span<double> reals)
    {
        int done = 0;
        if (RealLanes.AreSupported)
        {
            RealLanes lanes = Lanes;
            for (; done <= reals.Length - RealLanes.Count; done += RealLanes.Count) lanes.Next().CopyTo(reals[done..]);
            Advance((ulong)done);
        }

        (Stream ownHigh, Stream ownLow) = (_high, _low); // in registers
        for (; done < reals.Length; done++) reals[done] = Real(((ulong)ownHigh.Next() << 32) | ownLow.Next());
        (_high, _low) = (ownHigh, ownLow);
    }

    /// <summary>Makes the next values eight at a time; the generator stays where it is.</summary>
    public RealLanes Lanes => new(this);

    /// <summary>From 53 bits, which are no negative number: so the conversion is one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Real(ulong value) => (long)(value >> 11) * Fraction;

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

    /// <summary>As if <see cref="NextNormal"/> had been drawn.</summary>
    public void SkipNormal()
    {
        double r;
        do
        {
            double x = (2 * NextReal()) - 1, y = (2 * NextReal()) - 1;
            r = (x * x) + (y * y);
        }
        while (r is not (> 0 and <= 1));
    }

    private struct Stream(ulong state, ulong increment)
    {
        private const ulong Factor = 6364136223846793005;
        private ulong _state = state;

        public ulong State
        {
            readonly get => _state;
            set => _state = value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Next()
        {
            _state = (_state * Factor) + increment;
            return uint.RotateRight((uint)(((_state >> 18) ^ _state) >> 27), (int)(_state >> 59));
        }

        public void Advance(ulong draws)
        {
            (ulong factor, ulong add) = Jump(draws);
            _state = (_state * factor) + add;
        }

        /// <summary>What so many steps together multiply by, and add.</summary>
        public readonly (ulong Factor, ulong Add) Jump(ulong draws)
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

            return (allFactors, allAdds);
        }

        /// <summary>The states after the next eight steps.</summary>
        public readonly Vector512<ulong> Eight()
        {
            Span<ulong> states = stackalloc ulong[Vector512<ulong>.Count];
            Stream ahead = this;
            foreach (ref ulong one in states)
            {
                ahead.Next();
                one = ahead._state;
            }

            return Vector512.Create<ulong>(states);
        }
    }

    /// <summary>Eight values between 0 and 1 at once.</summary>
    internal struct RealLanes
    {
        private StreamLanes _high, _low;

        internal RealLanes(CatBoostRandom random) => (_high, _low) = (new StreamLanes(random._high), new StreamLanes(random._low));

        public static int Count => Vector512<double>.Count;

        public static bool AreSupported => Avx512DQ.IsSupported;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Next() =>
            Vector512.ConvertToDouble(((_high.Next() << 32) | _low.Next()) >> 11) * Vector512.Create(Fraction);
    }

    /// <summary>Eight draws of a stream at once.</summary>
    private struct StreamLanes
    {
        private readonly Vector512<ulong> _factor, _add;
        private Vector512<ulong> _states;

        public StreamLanes(Stream stream)
        {
            (ulong factor, ulong add) = stream.Jump((ulong)Vector512<ulong>.Count);
            (_factor, _add, _states) = (Vector512.Create(factor), Vector512.Create(add), stream.Eight());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<ulong> Next()
        {
            // Twice beside itself: so a shift of the 64 bits turns the 32.
            Vector512<ulong> half = (((_states >> 18) ^ _states) >> 27) & Vector512.Create((ulong)uint.MaxValue),
                turned = Avx512F.ShiftRightLogicalVariable(half | (half << 32), _states >> 59) & Vector512.Create((ulong)uint.MaxValue);
            _states = (_states * _factor) + _add;
            return turned;
        }
    }
}
