using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>As <see cref="SplitChoice"/>, but draws every noise.</summary>
internal sealed class PlainChoice(bool isGumbel)
{
    public (Split Split, double Score) Best(CandidateTask[] tasks, double before, CatBoostRandom random, double noise, ulong seed)
    {
        (Split Split, double Score)[][] best = [.. tasks.Select((task, number) => Best(task, seed + (ulong)number, noise))];
        (Split Split, double Score) chosen = (best[0][0].Split, 0);
        double gain = double.NegativeInfinity;
        for (int task = 0; task < tasks.Length; task++)
        {
            foreach ((Split split, double score) in best[task])
            {
                double noisy = Noisy(score, random, noise) * tasks[task].Weight(split);
                if (!(noisy - before > gain)) continue;
                gain = noisy - before;
                chosen = (split, noisy);
            }
        }

        return chosen;
    }

    private double Noisy(double score, CatBoostRandom random, double noise) => isGumbel
        ? score + (noise * Math.Log(Math.Log(1 / random.NextReal())))
        : score + (noise * random.NextNormal());

    private (Split Split, double Score)[] Best(CandidateTask task, ulong seed, double noise)
    {
        var own = CatBoostRandom.Of(seed);
        return [.. task.Candidates.Select(scores => Best(scores, own, noise))];
    }

    private (Split Split, double Score) Best(CandidateScores scores, CatBoostRandom own, double noise)
    {
        int first = -1;
        double highest = double.NegativeInfinity;
        for (int split = 0; split < scores.Values.Length; split++)
        {
            if (!scores.IsChosen(split)) continue;
            double noisy = noise == 0 ? scores.Values[split] : Noisy(scores.Values[split], own, noise);
            if (first >= 0 && !(noisy > highest)) continue;
            (first, highest) = (split, noisy);
        }

        return (scores.Candidate.Splits[first], scores.Values[first]);
    }
}
