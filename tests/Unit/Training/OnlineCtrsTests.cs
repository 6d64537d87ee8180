using BatchScoring.Models;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

public sealed class OnlineCtrsTests
{
    private const int Rows = 1237;

    /// <summary>More kinds than share a word; the last has a prior that moves and stretches the others' scale.</summary>
    private static readonly CtrDescription[] Descriptions =
    [
        .. CtrDescription.Usual,
        new(CtrType.Buckets, 0, 0.25f, 7, 1),
        new(CtrType.BinarizedTargetMeanValue, 0, 0.5f, 15, 1),
        new(CtrType.Borders, 0, -1.5f, 30, 1),
    ];

    private readonly System.Random _random;

    public OnlineCtrsTests(ITestOutputHelper output)
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _random = new System.Random(seed);
    }

    [Theory]
    [InlineData(2, 3, 2)]
    [InlineData(300, 300, 2)] // pairs are numbered: more codes than rows
    [InlineData(5, 4, 3)]
    public void Bins_OfEveryRow_AreMadeOfTheRowsBeforeIt(int first, int second, int classes)
    {
        int[] a = Draws(first), b = Draws(second), targets = Draws(classes);
        Fold fold = new([Category(a, first), Category(b, second)], [new float[Rows]], weights: null,
            [new CtrTarget(targets, classes)], [.. Enumerable.Range(0, Rows)]);

        CtrCodes own = new CtrCodes(new uint[Rows], 1).With(a, first, new uint[Rows]), both = own.With(b, second, new uint[Rows]);
        OnlineCtrs ctrs = OnlineCtrs.Of(fold, [own, both, own], Descriptions, new CtrScratch())[1];

        (int A, int B)[] keys = [.. a.Zip(b)];
        ctrs.Unique.ShouldBe(keys.Distinct().Count());
        foreach (CtrDescription description in Descriptions)
        {
            BinColumn bins = ctrs.Bins(description);
            Enumerable.Range(0, Rows).Select(row => bins[row]).ShouldBe(RowByRow(keys, targets, classes, description), description.ToString());
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(40, 2)] // more than 256 things that rows have of four numbers
    public void Join_AnyNumbers_KeepsTheirSteps(int values, int bytes)
    {
        int[] frequentAndRare = [.. Draws(values).Zip(Draws(values), Math.Min)];
        Fold fold = new([Category(frequentAndRare, values)], [new float[Rows]], weights: null, [new CtrTarget(Draws(2), 2)],
            [.. Enumerable.Range(0, Rows)]);
        CtrDescription[] descriptions = CtrDescription.Usual;
        CtrCodes codes = new CtrCodes(new uint[Rows], 1).With(fold.Columns[0].Codes, values, new uint[Rows]);
        OnlineCtrs alone = OnlineCtrs.Of(fold, [codes], descriptions, new CtrScratch())[0], joined = OnlineCtrs.Of(fold, [codes], descriptions, new CtrScratch())[0];

        joined.Join(fold.Memory, new CtrScratch());

        joined.Joint.Length.ShouldBe(bytes);
        foreach (CtrDescription description in descriptions)
        {
            BinColumn own = alone.Bins(description), same = joined.Bins(description);
            Enumerable.Range(0, Rows).Select(row => same[row]).ShouldBe(Enumerable.Range(0, Rows).Select(row => own[row]));
            ushort[] leaves = new ushort[Rows];
            same.MarkAbove(4, leaves, bit: 2);
            leaves.ShouldBe(Enumerable.Range(0, Rows).Select(row => own[row] > 4 ? (ushort)4 : (ushort)0));
        }
    }

    [Fact]
    public void With_MoreValuesThanFitTogether_StillTellsRowsApart()
    {
        int[] a = Draws(70_000), b = Draws(70_000);

        CtrCodes codes = new CtrCodes(new uint[Rows], 1).With(a, 70_000, new uint[Rows]).With(b, 70_000, new uint[Rows]);

        codes.Codes.Zip(a.Zip(b)).GroupBy(pair => pair.First).ShouldAllBe(group => group.Select(pair => pair.Second).Distinct().Count() == 1);
        codes.Codes.Distinct().Count().ShouldBe(a.Zip(b).Distinct().Count());
    }

    [Fact]
    public void Of_ProjectionAndTheSameMadeInAnotherWay_IsFoundOnce()
    {
        int[] a = Draws(3), b = Draws(4);
        Fold fold = new([Category(a, 3), Category(b, 4)], [new float[Rows]], weights: null,
            [new CtrTarget(Draws(2), 2)], [.. Enumerable.Range(0, Rows)]);

        OnlineCtrs made = fold.Of(new Projection([1], [], []).With(0));

        fold.Of(new Projection([0, 1], [], [])).ShouldBeSameAs(made);
        fold.Of(new Projection([0, 1], [], [new Split(0, 1)])).ShouldNotBeSameAs(made);
    }

    private int[] Draws(int limit) => [.. Enumerable.Range(0, Rows).Select(_ => _random.Next(limit))];

    private static QuantisedColumn Category(int[] codes, int count)
    {
        BinColumn bins = new(Rows, count);
        for (int row = 0; row < Rows; row++) bins[row] = codes[row];
        return new QuantisedColumn([], bins, Missing: null, [.. Enumerable.Range(0, count)]) { Codes = codes, IsCtr = true };
    }

    private static IEnumerable<int> RowByRow((int, int)[] keys, int[] targets, int classes, CtrDescription description)
    {
        Dictionary<(int, int), int[]> seen = [];
        int largest = keys.GroupBy(key => key).Max(group => group.Count());
        for (int row = 0; row < Rows; row++)
        {
            int[] counts = seen.TryGetValue(keys[row], out int[]? before) ? before : seen[keys[row]] = new int[classes];
            yield return description.Type switch
            {
                CtrType.Counter => description.Bin(keys.Count(key => key == keys[row]), largest),
                CtrType.BinarizedTargetMeanValue => description.Bin(
                    counts.SelectMany((count, one) => Enumerable.Repeat((float)one / (classes - 1), count)).Sum(), counts.Sum()),
                CtrType.Buckets => description.Bin(counts[description.TargetBorder], counts.Sum()),
                _ => description.Bin(counts[(description.TargetBorder + 1)..].Sum(), counts.Sum()),
            };
            counts[targets[row]]++;
        }
    }
}
