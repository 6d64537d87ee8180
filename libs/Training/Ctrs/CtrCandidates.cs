using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// The numbers made of categories that a level may ask for: of single columns, and of the tree's own splits with one more column.
/// </summary>
internal sealed class CtrCandidates
{
    private readonly HashSet<(Models.CtrType Type, Projection Projection)> _used = [];
    private readonly TrainingParameters _parameters;
    private readonly int _complexity;
    private readonly CtrSumsFactory _factory;
    private Dictionary<Projection, ProjectionSums> _kept = [];

    public CtrCandidates(TrainingParameters parameters, int outputs, double lambda)
    {
        (_parameters, _factory) = (parameters, new CtrSumsFactory(parameters, outputs, lambda));
        _complexity = parameters.MaxCtrComplexity ?? (parameters.Iterations < 200 ? 1 : 4);
    }

    /// <summary>The sums of the level's candidates.</summary>
    public IEnumerable<ProjectionSums> Sums => _kept.Values;

    public void BeginTree(Fold fold)
    {
        _factory.TakeBack(Sums);
        _kept = [];
        fold.BeginTree();
    }

    /// <summary>What cost its price already.</summary>
    public ICollection<(Models.CtrType Type, Projection Projection)> Used => _used;

    public void Use(Split split)
    {
        if (split.Ctr is { } ctr) _used.Add(ctr.Use);
    }

    /// <summary>The tasks of a level, in order.</summary>
    public IReadOnlyList<CandidateTask> Draw(Fold fold, IReadOnlyList<Split> splits, CatBoostRandom random, Workers workers)
    {
        QuantisedColumn[] categories = [.. fold.Columns.Where(column => column.IsCategory)];
        int[] columns = [.. Enumerable.Range(0, categories.Length).Where(column => categories[column].IsCtr)];
        List<Projection> simple = [], combined = [];
        foreach (int column in columns)
            if (random.NextReal() <= _parameters.Rsm) simple.Add(new Projection([column], [], []));
        HashSet<Projection> added = [];
        foreach (Projection start in Bases(fold, splits))
        {
            foreach (int column in columns)
            {
                // Drawn for what is refused as well.
                if (!(random.NextReal() <= _parameters.Rsm) || start.Categories.Contains(column)) continue;
                Projection projection = start.With(column);
                if (projection.Length <= _complexity && added.Add(projection)) combined.Add(projection);
            }
        }

        Projection[] all = [.. simple, .. combined];
        fold.Make(all, workers);
        int largest = all.Select(projection => fold.Of(projection).UniqueCounted).DefaultIfEmpty(1).Max();
        Dictionary<Projection, ProjectionSums> kept = [];
        foreach (Projection projection in all)
        {
            // Histograms of single categories are made anew on every level: CatBoost's last bits are of that.
            bool isKept = _kept.Remove(projection, out ProjectionSums? own) && (own.Joint is not null || !projection.IsSimple);
            kept.Add(projection, isKept ? own!.AsKept() : _factory.Of(fold, projection));
        }

        _factory.TakeBack(_kept.Values);
        _kept = kept;
        return [.. all.Select(projection => Task(fold, projection, kept[projection], largest))];
    }

    private CandidateTask Task(Fold fold, Projection projection, ProjectionSums sums, int largest)
    {
        OnlineCtrs ctrs = fold.Of(projection);
        return new CandidateTask(sums.Scores, Cost(ctrs.Unique), Cost(ctrs.UniqueCounted), split => _used.Contains(split.Ctr!.Use));

        double Cost(int unique) => Math.Pow(1 + ((double)unique / largest), -(double)_parameters.ModelSizeReg);
    }

    /// <summary>What a tree has so far: all its plain splits together, and the projection of every number made of categories.</summary>
    private static IEnumerable<Projection> Bases(Fold fold, IReadOnlyList<Split> splits)
    {
        int numbers = fold.Columns.Count(column => !column.IsCategory);
        Projection plain = new([], [], []);
        foreach (Split split in splits) if (split.Ctr is null) plain = plain.With(split, split.Column >= numbers);
        ProjectionSet set = new(numbers);
        set.Add(plain);
        foreach (Split split in splits) if (split.Ctr is { } ctr) set.Add(ctr.Projection);
        return set.All.Where(projection => !projection.IsEmpty);
    }
}
