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

    private double[] _normals = [];
    private (double Bound, int Number)[] _order = [];

    /// <param name="tasks">In order.</param>
    /// <param name="before">The score of the level before.</param>
    /// <param name="random">One draw, and noise for every candidate.</param>
    /// <param name="noise">Its size.</param>
    public (Split Split, double Score) Best(CandidateTask[] tasks, double before, CatBoostRandom random, double noise)
    {
        ulong seed = random.Next();
        (int Task, int Candidate)[] all =
            [.. tasks.SelectMany((task, number) => task.Candidates.Select((_, candidate) => (number, candidate)))];
        bool isGumbel = parameters.RandomScoreType == RandomScoreType.Gumbel;
        if (parameters.IsPlain || isGumbel || noise < 0 || tasks.Any(task => task.Candidates.Any(scores => double.IsNaN(scores.Highest))))
            return new PlainChoice(isGumbel).Best(tasks, before, random, noise, seed);
        if (_normals.Length < all.Length) (_normals, _order) = (new double[all.Length], new (double, int)[all.Length]);
        for (int i = 0; i < all.Length; i++)
        {
            CandidateTask task = tasks[all[i].Task];
            CandidateScores scores = task.Candidates[all[i].Candidate];
            _normals[i] = random.NextNormal();
            _order[i] = (Value(task, scores, scores.Highest, _normals[i], noise) - before, i);
        }

        Span<(double Bound, int Number)> order = _order.AsSpan(0, all.Length);
        order.Sort((a, b) => a.Bound != b.Bound ? b.Bound.CompareTo(a.Bound) : a.Number.CompareTo(b.Number));
        (double gain, int first) = (double.NegativeInfinity, int.MaxValue);
        (Split Split, double Score) best = (tasks[0].Candidates[0].Candidate.Splits[0], 0);
        foreach ((double bound, int number) in order)
        {
            if (!(bound > gain || (bound == gain && number < first))) break;
            (int at, int candidate) = all[number];
            CandidateScores scores = tasks[at].Candidates[candidate];
            int split = Own(tasks[at], candidate, seed + (ulong)at, noise);
            double value = Value(tasks[at], scores, scores.Values[split], _normals[number], noise);
            if (!(value - before > gain || (value - before == gain && number < first))) continue;
            (gain, first) = (value - before, number);
            best = (scores.Candidate.Splits[split], value);
        }

        return best;
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
