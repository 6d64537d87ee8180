using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Chooses a level's split: of every candidate the split with the best noisy score, of these the best gain with a noise of its own. First
/// ones win.
/// </summary>
/// <remarks>
/// Noise is drawn only where it can decide, and scores are made exact only where they can. What is drawn, and what is chosen, is as if all
/// were.
/// </remarks>
/// <param name="parameters">Of the noise.</param>
/// <param name="workers">Share the candidates whose scores are made exact.</param>
internal sealed class SplitChoice(TrainingParameters parameters, Workers workers)
{
    /// <summary>No draw of the polar method lies farther out: the farthest is below 12.</summary>
    private const double FarthestApart = 24.5;

    /// <summary>What a value may be rounded by, of its size.</summary>
    private const double Rounding = 1e-14;

    private readonly List<(int Task, int Candidate)> _all = [];
    private readonly List<Contender> _contenders = [];
    private double[] _normals = [];
    private (double Bound, int Number)[] _order = [];
    private double _before;
    private Func<double>? _exactBefore;

    /// <summary>A tree without splits.</summary>
    public void BeginTree() => (_before, _exactBefore) = (0, null);

    /// <param name="tasks">In order.</param>
    /// <param name="random">One draw, and noise for every candidate.</param>
    /// <param name="noise">Its size.</param>
    /// <param name="margin">By how much scores that are not exact may be off.</param>
    public Split Best(CandidateTask[] tasks, CatBoostRandom random, double noise, ScoreMargin margin)
    {
        ulong seed = random.Next();
        Number(tasks);
        bool isGumbel = parameters.RandomScoreType == RandomScoreType.Gumbel;
        if (parameters.IsPlain || isGumbel || noise < 0 || !double.IsFinite(margin.Absolute)
            || _all.Exists(one => double.IsNaN(tasks[one.Task].Candidates[one.Candidate].Highest)))
        {
            foreach ((int task, int candidate) in _all) tasks[task].Candidates[candidate].MakeExact();
            (Split split, _before) = new PlainChoice(isGumbel).Best(tasks, _exactBefore?.Invoke() ?? _before, random, noise, seed);
            _exactBefore = null;
            return split;
        }

        double highest = 0;
        for (int i = 0; i < _all.Count; i++)
        {
            CandidateTask task = tasks[_all[i].Task];
            CandidateScores scores = task.Candidates[_all[i].Candidate];
            _normals[i] = random.NextNormal();
            _order[i] = (Value(task, scores, scores.Highest, _normals[i], noise), i);
            highest = Math.Max(highest, scores.Highest);
        }

        _order.AsSpan(0, _all.Count).Sort((a, b) => a.Bound != b.Bound ? b.Bound.CompareTo(a.Bound) : a.Number.CompareTo(b.Number));
        double rounding = Rounding * (highest + noise + Math.Abs(_before));
        FindContenders(tasks, seed, noise, (2 * (margin.Absolute + (margin.Relative * highest))) + rounding);
        if (_contenders is not [{ IsOpen: false }]) Decide(tasks, seed, noise, 2 * margin.Fine, rounding);
        return Chosen(tasks, noise);
    }

    /// <summary>Finds those that may be the best, though scores are not exact.</summary>
    /// <param name="tasks">In order.</param>
    /// <param name="seed">Of the generators of tasks.</param>
    /// <param name="noise">Its size.</param>
    /// <param name="apart">By how much two values must differ, that their order is known.</param>
    private void FindContenders(CandidateTask[] tasks, ulong seed, double noise, double apart)
    {
        _contenders.Clear();
        double highest = double.NegativeInfinity;
        foreach ((double bound, int number) in _order.AsSpan(0, _all.Count))
        {
            if (bound < highest - apart) break;
            Contender own = Own(tasks, number, seed, noise, apart, bound);
            highest = Math.Max(highest, own.Value);
            _contenders.Add(own);
        }

        _contenders.RemoveAll(one => one.Most < highest - apart);
    }

    /// <summary>Leaves one contender: the best by finer scores, or if those are too near to each other by exact ones.</summary>
    private void Decide(CandidateTask[] tasks, ulong seed, double noise, double fine, double rounding)
    {
        Keep(tasks, seed, noise, scores => scores.MakeFine(), fine + rounding);
        if (_contenders is [{ IsOpen: false }]) return;
        Keep(tasks, seed, noise, scores => scores.MakeExact(), rounding);
        if (_contenders.Count == 1) return;
        // So near to each other that the gain may be the same: then the first one wins.
        double before = _exactBefore?.Invoke() ?? _before;
        Contender best = _contenders.OrderByDescending(one => one.Value - before).ThenBy(one => one.Number).First();
        _contenders.Clear();
        _contenders.Add(best);
    }

    /// <summary>Keeps those that may be the best by other scores.</summary>
    private void Keep(CandidateTask[] tasks, ulong seed, double noise, Action<CandidateScores> make, double apart)
    {
        int[] open = [.. Enumerable.Range(0, _contenders.Count).Where(one => !ScoresOf(tasks, _contenders[one].Number).IsExact)];
        workers.ForAll(open.Length, (one, _) => make(ScoresOf(tasks, _contenders[open[one]].Number)));
        foreach (int i in open)
        {
            int number = _contenders[i].Number;
            CandidateScores scores = ScoresOf(tasks, number);
            _contenders[i] = Own(tasks, number, seed, noise, apart,
                Value(tasks[_all[number].Task], scores, scores.Highest, _normals[number], noise));
        }

        double highest = _contenders.Max(one => one.Value);
        _contenders.RemoveAll(one => one.Most < highest - apart);
    }

    /// <summary>The next level's gains are counted from here.</summary>
    private Split Chosen(CandidateTask[] tasks, double noise)
    {
        (int number, int split, double value, _, _) = _contenders[0];
        CandidateTask task = tasks[_all[number].Task];
        CandidateScores scores = ScoresOf(tasks, number);
        (_before, _exactBefore) = (value, null);
        if (!scores.IsExact)
        {
            Func<double> exactly = scores.ExactValue(split);
            (double normal, double weight) = (_normals[number], task.Weight(scores.Candidate.Splits[split]));
            _exactBefore = () => (exactly() + (noise * normal)) * weight;
        }

        return scores.Candidate.Splits[split];
    }

    private CandidateScores ScoresOf(CandidateTask[] tasks, int number) => tasks[_all[number].Task].Candidates[_all[number].Candidate];

    /// <summary>All candidates in order.</summary>
    private void Number(CandidateTask[] tasks)
    {
        _all.Clear();
        for (int task = 0; task < tasks.Length; task++)
            for (int candidate = 0; candidate < tasks[task].Candidates.Length; candidate++) _all.Add((task, candidate));
        if (_normals.Length < _all.Count) (_normals, _order) = (new double[_all.Count], new (double, int)[_all.Count]);
    }

    private static double Value(CandidateTask task, CandidateScores scores, double score, double normal, double noise) =>
        (score + (noise * normal)) * task.Weight(scores.Candidate.Splits[0]);

    /// <summary>A candidate with the split that stands for it. Candidates of a task share a generator.</summary>
    private Contender Own(CandidateTask[] tasks, int number, ulong seed, double noise, double apart, double bound)
    {
        (int at, int candidate) = _all[number];
        CandidateScores scores = ScoresOf(tasks, number);
        (int split, bool isOpen) = Best(tasks[at], candidate, seed + (ulong)at, noise, scores.IsExact ? 0 : apart);
        double value = Value(tasks[at], scores, scores.Values[split], _normals[number], noise);
        return new Contender(number, split, value, isOpen ? bound : value, isOpen);
    }

    /// <returns>Its best split, and whether it might be another one, if two are not <paramref name="apart"/>.</returns>
    private static (int Split, bool IsOpen) Best(CandidateTask task, int candidate, ulong seed, double noise, double apart)
    {
        CandidateScores scores = task.Candidates[candidate];
        double least = scores.Highest - (FarthestApart * noise) - apart;
        int near = 0, first = -1, last = -1;
        for (int split = 0; split < scores.Values.Length; split++)
        {
            if (!scores.IsChosen(split) || !(scores.Values[split] >= least)) continue;
            if (near++ == 0) first = split;
            last = split;
        }

        if (near == 1 || noise == 0) return (first, near > 1 && apart > 0);
        var random = CatBoostRandom.Of(seed);
        for (int skipped = 0; skipped < candidate; skipped++)
            for (int split = 0; split < task.Candidates[skipped].ChosenCount; split++) random.SkipNormal();
        (int best, double highest, double second) = (-1, double.NegativeInfinity, double.NegativeInfinity);
        for (int split = 0; split <= last; split++)
        {
            if (!scores.IsChosen(split)) continue;
            if (!(scores.Values[split] >= least))
            {
                random.SkipNormal();
                continue;
            }

            double noisy = scores.Values[split] + (noise * random.NextNormal());
            second = Math.Max(second, Math.Min(highest, noisy));
            if (noisy > highest) (best, highest) = (split, noisy);
        }

        return (best, apart > 0 && !(highest - apart > second));
    }

    /// <param name="Number">Of the candidate.</param>
    /// <param name="Split">That stands for it.</param>
    /// <param name="Value">Its worth.</param>
    /// <param name="Most">What it may be worth.</param>
    /// <param name="IsOpen">Whether another split may stand for it.</param>
    private readonly record struct Contender(int Number, int Split, double Value, double Most, bool IsOpen);
}
