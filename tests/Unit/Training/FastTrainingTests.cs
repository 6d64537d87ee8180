using BatchScoring.Models;
using BatchScoring.Training;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>
/// The fast search for splits makes the model of the one that is written for reading, to the bit, whatever the table and the parameters.
/// <c>BATCHSCORING_FULL=1</c> tries 5,000 of them.
/// </summary>
public sealed class FastTrainingTests(ITestOutputHelper output)
{
    private static readonly int Tables = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 5000 : 200;

    [Fact]
    public void Train_AnyTable_IsThePlainModel()
    {
        int first = System.Random.Shared.Next();
        output.WriteLine($"seeds from {first}");
        Parallel.For(0, Tables, number =>
        {
            RandomTraining given = new(first + number);
            CatBoostModel fast = given.Train(isPlain: false), plain = given.Train(isPlain: true);
            fast.ToCbm().AsSpan().SequenceEqual(plain.ToCbm()).ShouldBeTrue($"seed {first + number}: {given}");
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Train_AnyNumberOfThreads_IsTheSameModel(int threads)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            RandomTraining given = new(seed);

            byte[] own = given.Train(isPlain: false, threads).ToCbm();

            own.ShouldBe(given.Train(isPlain: false, threads: 1).ToCbm(), $"seed {seed}");
        }
    }

    /// <summary>Columns that part the rows alike have scores that differ in their last digits at most: only exact ones tell which is first.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e-6, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 1000)]
    public void Train_ColumnsThatPartRowsAlike_TakesThePlainOne(float strength, float scale)
    {
        System.Random random = new(5);
        float[] a = Numbers(), b = Numbers(), labels = [.. a.Zip(b, (x, y) => scale * (x + (y * y) + (random.NextSingle() / 4)))];
        float[] Numbers() => [.. Enumerable.Range(0, 2000).Select(_ => (float)random.Next(300))];
        LearnTable table = new(
            [
                new NumericColumn("a", a), new NumericColumn("turned", [.. a.Select(value => -value)]), new NumericColumn("b", b),
                new NumericColumn("again", a), new NumericColumn("turned too", [.. b.Select(value => 3 - (2 * value))]),
            ],
            labels);
        byte[] Trained(bool isPlain) => CatBoostTrainer.Train(table, new TrainingParameters
        {
            Loss = LossFunction.RMSE,
            Iterations = 30,
            RandomStrength = strength,
            IsPlain = isPlain,
        }).Model.ToCbm();

        Trained(isPlain: false).ShouldBe(Trained(isPlain: true));
    }

    /// <summary>Such columns are summed together.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_ManyColumnsOfFewValues_IsThePlainModel(int threads)
    {
        System.Random random = new(6);
        float[][] columns = [.. Enumerable.Range(0, 20).Select(column =>
            Enumerable.Range(0, 2000).Select(_ => (float)random.Next(2 + (column * 3 % 13))).ToArray())];
        float[] labels = [.. Enumerable.Range(0, 2000).Select(row => columns[3][row] + columns[7][row] > 6 + random.Next(3) ? 1f : 0f)];
        LearnTable table = new([.. columns.Select((values, column) => new NumericColumn($"c{column}", values))], labels);
        byte[] Trained(bool isPlain) => CatBoostTrainer.Train(
            table, new TrainingParameters { Iterations = 40, IsPlain = isPlain }, new TrainingRun { Threads = threads }).Model.ToCbm();

        Trained(isPlain: false).ShouldBe(Trained(isPlain: true));
    }

    /// <summary>No row has two of them away from what is usual, so they share a bundle; it has no split of its own.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_CategoriesThatExcludeEachOther_HaveNumbersOnly(bool isPlain)
    {
        float[] labels = [0, 1, 0, 1, 1, 0, 1, 0];
        LearnTable table = new(
            [
                new NumericColumn("n", [1, 2, 3, 4, 5, 6, 7, 8]),
                new CategoryColumn("a", [1, 2, 1, 0, 0, 0, 0, 0]),
                new CategoryColumn("b", [0, 0, 0, 1, 2, 1, 0, 0]),
            ],
            labels);

        CatBoostModel model = CatBoostTrainer.Train(table, new TrainingParameters { Iterations = 20, IsPlain = isPlain }).Model;

        model.OneHotFeatures.ShouldBeEmpty();
        model.CtrFeatures.ShouldNotBeEmpty();
    }

    /// <summary>Small tables are left to one thread, whatever is said.</summary>
    [Fact]
    public void Train_LargeTable_AnyNumberOfThreads_IsTheSameModel()
    {
        const int Rows = 70_000;
        System.Random random = new(1);
        float[] labels = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(2))];
        float[] Numbers() => [.. labels.Select(label => (float)(random.NextDouble() + (label * 0.1)))];
        LearnTable table = new(
            [
                .. Enumerable.Range(0, 40).Select(column => new NumericColumn($"n{column}", Numbers())),
                new CategoryColumn("c", [.. Enumerable.Range(0, Rows).Select(_ => random.Next(30))]),
            ],
            labels);
        TrainingParameters parameters = new() { Iterations = 3, LearningRate = 0.1f };
        byte[] Trained(int threads) => CatBoostTrainer.Train(table, parameters with { Threads = threads }).Model.ToCbm();

        byte[] one = Trained(1);

        CatBoostTrainer.Train(table, parameters with { IsPlain = true }).Model.ToCbm().ShouldBe(one);
        CatBoostTrainer.Train(table, parameters with { MostKeptBins = 0 }).Model.ToCbm().ShouldBe(one);
        foreach (int threads in new[] { 2, 3, 7 }) Trained(threads).ShouldBe(one, $"{threads} threads");
        // Asked for by somebody, there are never more than processors.
        CatBoostTrainer.Train(table, parameters, new TrainingRun { Threads = 10_000 }).Model.ToCbm().ShouldBe(one);
    }
}

/// <summary>A table and parameters that a seed stands for.</summary>
internal sealed class RandomTraining
{
    private readonly System.Random _random;
    private readonly LearnTable _table;
    private readonly TrainingParameters _parameters;

    public RandomTraining(int seed)
    {
        _random = new System.Random(seed);
        int rows = _random.Next(2) == 0 ? _random.Next(5, 200) : _random.Next(200, 3000), columns = _random.Next(1, 30);
        bool isClasses = _random.Next(3) > 0;
        _parameters = Parameters(isClasses);
        double[] hidden = new double[rows];
        LearnColumn[] all = [.. Enumerable.Range(0, columns).Select(column => Column(column, rows, hidden))];
        float[] labels = [.. hidden.Select(value => isClasses ? value + Noise() > 0 ? 1f : 0f : (float)(value + Noise()))];
        (labels[0], labels[1]) = (0, 1);
        float[]? weights = _random.Next(3) == 0 ? [.. labels.Select(_ => (float)_random.Next(1, 9) / 2)] : null;
        _table = new LearnTable(all, labels, weights);
    }

    public CatBoostModel Train(bool isPlain, int? threads = null) =>
        CatBoostTrainer.Train(_table, _parameters with { IsPlain = isPlain, Threads = threads ?? Environment.ProcessorCount }).Model;

    public override string ToString() => $"{_table.Rows} × {_table.Columns.Count}, {_parameters}";

    private double Noise() => _random.NextDouble() - 0.5;

    private LearnColumn Column(int number, int rows, double[] hidden)
    {
        // A table whose columns all have one value is refused.
        int kind = number == 0 ? 5 : _random.Next(6), values = _random.Next(2, 40);
        double share = _random.NextDouble() - 0.5;
        if (kind == 0)
        {
            int[] codes = [.. Enumerable.Range(0, rows).Select(_ => _random.Next(values))];
            for (int row = 0; row < rows; row++) hidden[row] += codes[row] % 3 * share;
            return new CategoryColumn($"c{number}", codes);
        }

        float[] numbers = [.. Enumerable.Range(0, rows).Select(_ => kind switch
        {
            1 => _random.Next(2),
            2 => _random.Next(values),
            3 => _random.Next(5) == 0 ? float.NaN : _random.Next(values),
            4 => _random.Next(20) == 0 ? 1 : 0,
            _ => (float)_random.NextDouble(),
        })];
        for (int row = 0; row < rows; row++) hidden[row] += float.IsNaN(numbers[row]) ? share : numbers[row] / values * share;
        return new NumericColumn($"n{number}", numbers);
    }

    private TrainingParameters Parameters(bool isClasses) => new()
    {
        Loss = isClasses ? LossFunction.Logloss : LossFunction.RMSE,
        Iterations = _random.Next(1, 8),
        Depth = _random.Next(0, 9),
        LearningRate = 0.1f + (float)_random.NextDouble(),
        L2LeafReg = _random.Next(4) == 0 ? _random.Next(0, 30) : null,
        RandomSeed = (ulong)_random.NextInt64(),
        RandomStrength = _random.Next(3) switch { 0 => 0, 1 => 1, _ => 1e-6f },
        BootstrapType = _random.Next(5) switch { 0 => BootstrapType.No, 1 => BootstrapType.Bernoulli, 2 => BootstrapType.Bayesian, _ => null },
        Quantisation = new ColumnQuantisation { BorderCount = _random.Next(3) switch { 0 => 254, 1 => 64, _ => _random.Next(1, 400) } },
        OneHotMaxSize = _random.Next(2) == 0 ? 2 : _random.Next(2, 30),
        MaxCtrComplexity = _random.Next(1, 5),
        ScoreFunction = _random.Next(4) == 0 ? ScoreFunction.L2 : ScoreFunction.Cosine,
        RandomScoreType = _random.Next(8) == 0 ? RandomScoreType.Gumbel : default,
        Rsm = _random.Next(6) == 0 ? 0.5f : 1,
    };
}
