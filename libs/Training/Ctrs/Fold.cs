using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using BatchScoring.Models.CatBoost.Evaluation;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>The rows in one order: a table of its own, since what a row knows of its categories depends on who came before it.</summary>
internal sealed class Fold
{
    private const int KeptBytes = 1 << 24, FewRows = 8192;
    private readonly Dictionary<Projection, OnlineCtrs> _projections = [];
    private readonly Dictionary<Projection, CtrCodes> _codes = [];
    private readonly int _numbers;
    private readonly ushort[] _leaves;
    private long _use;

    /// <param name="columns">Numbers before categories, in the table's order.</param>
    /// <param name="targets">Labels × rows.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="ctrTargets">The labels cut into classes, for numbers made of categories.</param>
    /// <param name="order">The row at every place; null: the table's own.</param>
    public Fold(QuantisedColumn[] columns, float[][] targets, float[]? weights, CtrTarget[] ctrTargets, int[]? order)
    {
        Columns = order is null ? columns : [.. columns.Select(column => column.Reordered(order))];
        Targets = order is null ? targets : [.. targets.Select(labels => Array.ConvertAll(order, row => labels[row]))];
        Weights = order is null || weights is null ? weights : Array.ConvertAll(order, row => weights[row]);
        CtrTargets = order is null ? ctrTargets
            : [.. ctrTargets.Select(target => target with { Classes = Array.ConvertAll(order, row => target.Classes[row]) })];
        (Rows, Memory, _leaves) = (targets[0].Length, new CtrMemory(targets[0].Length), new ushort[targets[0].Length]);
        _numbers = columns.Count(column => !column.IsCategory);
        HasCtrs = Array.Exists(columns, column => column.IsCtr);
    }

    public int Rows { get; }

    public CtrMemory Memory { get; }

    public QuantisedColumn[] Columns { get; }

    /// <summary>Whether numbers are made of some of the columns.</summary>
    public bool HasCtrs { get; }

    public float[][] Targets { get; }

    public float[]? Weights { get; }

    /// <summary>What raw values start from, outputs × rows; null: from one constant.</summary>
    public double[][]? Baseline { get; init; }

    /// <summary>The labels cut into classes, by number of the classifier, less one.</summary>
    public CtrTarget[] CtrTargets { get; }

    public CtrPlan Plan { get; init; } = CtrPlan.Usual;

    /// <summary>Whether numbers of a projection share bytes; else every one has bytes of its own.</summary>
    public bool JoinsSteps { get; init; }

    /// <summary>Rows that are not learned from, whose categories count where no label is looked at.</summary>
    public IReadOnlyList<Fold> AlsoCounted { get; init; } = [];

    public OnlineCtrs Of(Projection projection)
    {
        if (!_projections.ContainsKey(projection)) Make([projection], Workers.None);
        OnlineCtrs ctrs = _projections[projection];
        ctrs.LastUse = _use;
        return ctrs;
    }

    /// <summary>Makes those of them that are not known: together they take less time than one by one.</summary>
    /// <param name="projections">Each once or more often.</param>
    /// <param name="workers">Share them.</param>
    public void Make(IEnumerable<Projection> projections, Workers workers)
    {
        Projection[] missing = [.. projections.Where(projection => !_projections.ContainsKey(projection)).Distinct()];
        if (missing.Length == 0) return;
        // Keys that are limited, and those of other rows, are made of more than the codes of this fold.
        bool areApart = (long)missing.Length * Rows >= FewRows && AlsoCounted.Count == 0
            && Array.TrueForAll(missing, projection => Plan.LimitOf(projection) is null);
        Workers own = areApart ? workers : Workers.None;
        int together = Math.Clamp((missing.Length + own.Count - 1) / own.Count, 1, OnlineCtrs.Together);
        Projection[][] chunks = [.. missing.GroupBy(Plan.Of).SelectMany(alike => alike.Chunk(together))];
        foreach (Projection projection in missing) if (projection.Start is { } start) Codes(start);
        var made = new OnlineCtrs[chunks.Length][];
        own.ForAll(chunks.Length, (chunk, _) => made[chunk] = Made(chunks[chunk]));
        for (int chunk = 0; chunk < chunks.Length; chunk++)
            for (int i = 0; i < chunks[chunk].Length; i++) _projections.Add(chunks[chunk][i], made[chunk][i]);
    }

    /// <summary>Numbers of projections that have the same; what they start with is known.</summary>
    private OnlineCtrs[] Made(Projection[] alike)
    {
        CtrScratch scratch = Memory.Scratch();
        CtrCodes[] codes = [.. alike.Select(projection => Limited(projection, Codes(projection, Memory.Codes())))];
        OnlineCtrs[] made = OnlineCtrs.Of(this, codes, Plan.Of(alike[0]), scratch);
        for (int i = 0; i < alike.Length; i++)
        {
            if (AlsoCounted.Count > 0) made[i].CountAll(this, alike[i]);
            if (JoinsSteps) made[i].Join(Memory, scratch);
            Memory.TakeBack(codes[i].Codes);
        }

        Memory.TakeBack(scratch);
        return made;
    }

    /// <summary>Before another tree: what was not asked for in a long time goes.</summary>
    public void BeginTree()
    {
        _use++;
        foreach (CtrCodes codes in _codes.Values) Memory.TakeBack(codes.Codes);
        _codes.Clear();
        int kept = (KeptBytes / Rows) + 1;
        if (_projections.Count <= kept) return;
        KeyValuePair<Projection, OnlineCtrs>[] oldest =
            [.. _projections.OrderBy(pair => pair.Value.LastUse).Take(_projections.Count - (kept * 3 / 4))];
        foreach ((Projection projection, OnlineCtrs ctrs) in oldest)
        {
            _projections.Remove(projection);
            ctrs.Free(Memory);
        }
    }

    /// <summary>The steps of a CTR, by row.</summary>
    public BinColumn Bins(Ctr ctr) => Of(ctr.Projection).Bins(ctr.Description);

    /// <summary>Codes that others are made of; known until the next tree.</summary>
    private CtrCodes Codes(Projection projection)
    {
        if (!_codes.TryGetValue(projection, out CtrCodes? codes)) _codes.Add(projection, codes = Codes(projection, Memory.Codes()));
        return codes;
    }

    private CtrCodes Codes(Projection projection, uint[] memory)
    {
        if (projection.Start is { } start)
        {
            CtrCodes before = Codes(start);
            if (projection.Last is { } category) return before.With(CategoryOf(category).Codes, CategoryOf(category).BinCount, memory);
            before.Codes.CopyTo(memory, 0);
            AddAnswers(projection.Splits[^1..], memory, BitOperations.Log2((ulong)before.Radix));
            return new CtrCodes(memory, 2 * before.Radix);
        }

        memory.AsSpan().Clear();
        AddAnswers(projection.Splits, memory, 0);
        CtrCodes codes = new(memory, 1L << projection.Splits.Length);
        foreach (int category in projection.Categories)
            codes = codes.With(CategoryOf(category).Codes, CategoryOf(category).BinCount, memory);
        return codes;
    }

    /// <param name="splits">Whose answers are added.</param>
    /// <param name="codes">By row.</param>
    /// <param name="bit">Of the first answer.</param>
    private void AddAnswers(ReadOnlySpan<Split> splits, uint[] codes, int bit)
    {
        ushort[] memory = ArrayPool<ushort>.Shared.Rent(Rows);
        Span<ushort> answers = memory.AsSpan(0, Rows);
        answers.Clear();
        for (int split = 0; split < splits.Length; split++) Mark(splits[split], answers, split);
        CtrCodes.AddBits(answers, codes, bit);
        ArrayPool<ushort>.Shared.Return(memory);
    }

    private CtrCodes Limited(Projection projection, CtrCodes codes)
    {
        if (Plan.LimitOf(projection) is not { } limit || limit > Rows) return codes;
        CtrBuckets buckets = Buckets(projection, byHash: false);
        MemoryMarshal.Cast<int, uint>(buckets.Rows.AsSpan()).CopyTo(codes.Codes);
        return codes with { Radix = buckets.Numbers.Count };
    }

    private QuantisedColumn CategoryOf(int category) => Columns[_numbers + category];

    public bool IsTrue(Split split, int row) =>
        split.Ctr is { } ctr ? Bins(ctr)[row] > split.Number : Columns[split.Column].IsTrue(split.Number, row);

    /// <summary>What a row has in a projection, as one number.</summary>
    /// <param name="projection">What is taken together.</param>
    /// <param name="row">The row.</param>
    /// <param name="byHash">By the categories' hashes, as a model is asked; else by their codes.</param>
    public ulong KeyOf(Projection projection, int row, bool byHash)
    {
        // Where only so many values are told apart, the order of keys matters: a single category's is not mixed while training.
        if (!byHash && projection.IsSimple) return (ulong)CategoryOf(projection.Categories[0]).Codes![row] + 1;
        ulong key = 0;
        foreach (int category in projection.Categories)
        {
            QuantisedColumn column = CategoryOf(category);
            int code = column.Codes![row];
            key = CtrMath.Mix(key, byHash ? (ulong)(long)column.Categories![code] : (ulong)code + 1);
        }

        foreach (Split split in projection.Floats.Concat(projection.OneHots)) key = CtrMath.Mix(key, IsTrue(split, row) ? 1UL : 0UL);
        return key;
    }

    /// <summary>All rows by what they have in a projection.</summary>
    /// <param name="projection">What is taken together.</param>
    /// <param name="byHash">As <see cref="KeyOf"/> takes it.</param>
    public CtrBuckets Buckets(Projection projection, bool byHash)
    {
        if (Plan.LimitOf(projection) is not { } limit || limit > Rows) return AllBuckets(projection, byHash);
        ulong[] keys = [.. Enumerable.Range(0, Rows).Select(row => KeyOf(projection, row, byHash))];
        long values = 1;
        foreach (int category in projection.Categories) values = values > Rows ? values : values * CategoryOf(category).BinCount;
        return CtrBuckets.Of(keys, limit, byHash ? 0 : projection.IsSimple ? values : Math.Min(Rows, values));
    }

    /// <summary>Numbers keys by first appearance. A key is made once: rows with the same code have the same.</summary>
    private CtrBuckets AllBuckets(Projection projection, bool byHash)
    {
        CtrCodes codes = Codes(projection, Memory.Codes()).Dense();
        Dictionary<ulong, int> numbers = [];
        int[] numberOf = new int[codes.Radix], rows = new int[Rows];
        int seen = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            uint code = codes.Codes[row];
            if (code == seen)
            {
                ulong key = KeyOf(projection, row, byHash);
                numbers.TryAdd(key, numbers.Count);
                numberOf[code] = numbers[key];
                seen++;
            }

            rows[row] = numberOf[code];
        }

        Memory.TakeBack(codes.Codes);
        return new CtrBuckets(numbers, rows);
    }

    /// <summary>The leaf of every row. Valid until asked again: the array is used again.</summary>
    /// <param name="splits">Of the tree.</param>
    /// <param name="workers">Share the rows.</param>
    public ushort[] Leaves(IReadOnlyList<Split> splits, Workers workers)
    {
        BeginTree();
        Make(splits.Where(split => split.Ctr is not null).Select(split => split.Ctr!.Projection), workers);
        Array.Clear(_leaves);
        for (int bit = 0; bit < splits.Count; bit++) Mark(splits[bit], _leaves, bit, workers);
        return _leaves;
    }

    /// <summary>Sets a bit of the leaf of every row in which a split is true.</summary>
    public void Mark(Split split, ushort[] leaves, int bit, Workers workers)
    {
        BinColumn bins = BinsOf(split);
        workers.ForRows(leaves.Length, (start, end) => Mark(bins, split, leaves.AsSpan(start, end - start), bit, start));
    }

    /// <inheritdoc cref="Mark(Split, ushort[], int, Workers)"/>
    public void Mark(Split split, Span<ushort> leaves, int bit) => Mark(BinsOf(split), split, leaves, bit, 0);

    private void Mark(BinColumn bins, Split split, Span<ushort> leaves, int bit, int first)
    {
        if (split.Ctr is null && Columns[split.Column].IsCategory) bins.MarkEqual(split.Number, leaves, bit, first);
        else bins.MarkAbove(split.Number, leaves, bit, first);
    }

    private BinColumn BinsOf(Split split) => split.Ctr is { } ctr ? Bins(ctr) : Columns[split.Column].Bins;
}
