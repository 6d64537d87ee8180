using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Chooses a level's split: of every candidate the split with the best noisy score, of these the best gain with a noise of its own. First
/// ones win.
/// </summary>
/// <remarks>Noise is drawn only where it can decide. What is drawn, and what is chosen, is as if all were.</remarks>
internal sealed class SplitChoice(TrainingParameters parameters)
{
    /// <summary>No draw of the polar method lies farther out: the farthest is below 12.</summary>
    private const double FarthestApart = 24.5;

    private readonly List<(int Task, int Candidate)> _all = [];
    private double[] _normals = [];
    private (double Bound, int Number)[] _order = [];

    /// <param name="tasks">In order.</param>
    /// <param name="before">The score of the level before.</param>
    /// <param name="random">One draw, and noise for every candidate.</param>
    /// <param name="noise">Its size.</param>
    /// <param name="margin">By how much scores that are not exact may differ while their order is open.</param>
    public (Split Split, double Score) Best(CandidateTask[] tasks, double before, CatBoostRandom random, double noise, double margin)
    {
        ulong seed = random.Next();
        Number(tasks);
        bool isGumbel = parameters.RandomScoreType == RandomScoreType.Gumbel;
        if (parameters.IsPlain || isGumbel || noise < 0 || _all.Exists(one => double.IsNaN(tasks[one.Task].Candidates[one.Candidate].Highest)))
        {
            foreach ((int task, int candidate) in _all) tasks[task].Candidates[candidate].MakeExact();
            return new PlainChoice(isGumbel).Best(tasks, before, random, noise, seed);
        }

        for (int i = 0; i < _all.Count; i++)
        {
            CandidateTask task = tasks[_all[i].Task];
            CandidateScores scores = task.Candidates[_all[i].Candidate];
            _normals[i] = random.NextNormal();
            _order[i] = (Value(task, scores, scores.Highest, _normals[i], noise) - before, i);
        }

        Span<(double Bound, int Number)> order = _order.AsSpan(0, _all.Count);
        order.Sort((a, b) => a.Bound != b.Bound ? b.Bound.CompareTo(a.Bound) : a.Number.CompareTo(b.Number));
        (double gain, int first) = (double.NegativeInfinity, int.MaxValue);
        (Split Split, double Score) best = (tasks[0].Candidates[0].Candidate.Splits[0], 0);
        foreach ((double bound, int number) in order)
        {
            if (!(bound + margin > gain || (bound + margin == gain && number < first))) break;
            (int at, int candidate) = _all[number];
            CandidateScores scores = tasks[at].Candidates[candidate];
            scores.MakeExact();
            int split = Own(tasks[at], candidate, seed + (ulong)at, noise);
            double value = Value(tasks[at], scores, scores.Values[split], _normals[number], noise);
            if (!(value - before > gain || (value - before == gain && number < first))) continue;
            (gain, first) = (value - before, number);
            best = (scores.Candidate.Splits[split], value);
        }

        return best;
    }

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

    /// <summary>The split that stands for a candidate. Candidates of a task share a generator.</summary>
    private static int Own(CandidateTask task, int candidate, ulong seed, double noise)
    {
        CandidateScores scores = task.Candidates[candidate];
        double least = scores.Highest - (FarthestApart * noise);
        int near = 0, last = -1;
        for (int split = 0; split < scores.Values.Length; split++)
        {
            if (!scores.IsChosen(split) || !(scores.Values[split] >= least)) continue;
            near++;
            last = split;
            if (noise == 0) return split;
        }

        if (near == 1) return last;
        var random = CatBoostRandom.Of(seed);
        for (int skipped = 0; skipped < candidate; skipped++)
            for (int split = 0; split < task.Candidates[skipped].ChosenCount; split++) random.SkipNormal();
        (int best, double highest) = (-1, double.NegativeInfinity);
        for (int split = 0; split <= last; split++)
        {
            if (!scores.IsChosen(split)) continue;
            if (!(scores.Values[split] >= least))
            {
                random.SkipNormal();
                continue;
            }

            double noisy = scores.Values[split] + (noise * random.NextNormal());
            if (noisy > highest) (best, highest) = (split, noisy);
        }

        return best;
    }
}
