namespace BatchScoring.DataGen.Random;

/// <summary>Random numbers one after another, for decisions that are made once per table. Not thread safe.</summary>
internal sealed class Sequence(ulong seed, uint stream)
{
    private readonly RowStream _stream = new(seed, stream);
    private long _next;

    public uint Next() => _stream.At(_next++);

    /// <summary>0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(((ulong)Next() * (uint)count) >> 32);

    /// <summary>At least 0, less than 1, in steps of 2⁻³².</summary>
    public double Unit() => Next() * Uniform.Step;

    public bool Chance(double probability) => Unit() < probability;

    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>0 to <paramref name="count"/> - 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], i);
        }

        return order;
    }
}
