using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// The numbers made of categories that a level may ask for: of single columns, and of the tree's own splits with one more column.
/// </summary>
internal sealed class CtrCandidates(TrainingParameters parameters, int outputs)
{
    private readonly HashSet<(Models.CtrType, Projection)> _used = [];
    private readonly int _complexity = parameters.MaxCtrComplexity ?? (parameters.Iterations < 200 ? 1 : 4);
    private Dictionary<Ctr, Histogram> _kept = [];

    /// <summary>The sums of the level's candidates.</summary>
    public IReadOnlyList<Histogram> Histograms { get; private set; } = [];

    public void BeginTree(Fold fold)
    {
        _kept = [];
        fold.BeginTree();
    }

    public void Use(Split split)
    {
        if (split.Ctr is { } ctr) _used.Add(ctr.Use);
    }

    /// <summary>The tasks of a level, in order.</summary>
    public IReadOnlyList<CandidateTask> Draw(Fold fold, IReadOnlyList<Split> splits, CatBoostRandom random)
    {
        QuantisedColumn[] categories = [.. fold.Columns.Where(column => column.IsCategory)];
        int[] columns = [.. Enumerable.Range(0, categories.Length).Where(column => categories[column].IsCtr)];
        List<Projection> simple = [], combined = [];
        foreach (int column in columns)
            if (random.NextReal() <= parameters.Rsm) simple.Add(new Projection([column], [], []));
        HashSet<Projection> added = [];
        foreach (Projection start in Bases(fold, splits))
        {
            foreach (int column in columns)
            {
                // Drawn for what is refused as well.
                if (!(random.NextReal() <= parameters.Rsm) || start.Categories.Contains(column)) continue;
                Projection projection = start.With(column);
                if (projection.Length <= _complexity && added.Add(projection)) combined.Add(projection);
            }
        }

        int largest = simple.Concat(combined).Select(projection => fold.Of(projection).Unique).DefaultIfEmpty(1).Max();
        Dictionary<Ctr, Histogram> kept = [];
        List<Histogram> all = [];
        Histograms = all;
        CandidateTask[] tasks =
        [
            .. simple.Select(projection => Task(fold, projection, largest, all, ctr => new Histogram(new CandidateScores(CtrCandidate.Of(fold, ctr)), outputs))),
            .. combined.Select(projection => Task(fold, projection, largest, all, ctr =>
                kept[ctr] = _kept.GetValueOrDefault(ctr) ?? new Histogram(new CandidateScores(CtrCandidate.Of(fold, ctr)), outputs))),
        ];
        _kept = kept;
        return tasks;
    }

    private CandidateTask Task(Fold fold, Projection projection, int largest, List<Histogram> all, Func<Ctr, Histogram> histogram)
    {
        double cost = Math.Pow(1 + ((double)fold.Of(projection).Unique / largest), -(double)parameters.ModelSizeReg);
        Histogram[] own = [.. CtrDescription.Usual.Select(description => histogram(new Ctr(projection, description)))];
        all.AddRange(own);
        return new CandidateTask([.. own.Select(one => one.Scores)], cost, split => _used.Contains(split.Ctr!.Use));
    }

    /// <summary>What a tree has so far: all its plain splits together, and the projection of every number made of categories.</summary>
    private static IEnumerable<Projection> Bases(Fold fold, IReadOnlyList<Split> splits)
    {
        int numbers = fold.Columns.Count(column => !column.IsCategory);
        Split[] plain = [.. splits.Where(split => split.Ctr is null)];
        ProjectionSet set = new(numbers);
        set.Add(new Projection([], [.. plain.Where(split => split.Column < numbers)], [.. plain.Where(split => split.Column >= numbers)]));
        foreach (Split split in splits) if (split.Ctr is { } ctr) set.Add(ctr.Projection);
        return set.All.Where(projection => !projection.IsEmpty);
    }
}
