using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Where attempts run. The scheduler begins them and hears of their ends; it never waits for one.</summary>
internal interface IStepRunner
{
    /// <summary>True while the attempt runs here and its end has not been taken.</summary>
    bool Runs(string attemptId);

    /// <summary>Begins an attempt, or goes on with one that an earlier process began.</summary>
    void Start(string kind, StepWork work, TimeSpan? deadline);

    /// <summary>Asks for the attempt's end, and for that of its work, wherever that runs.</summary>
    void Cancel(string attemptId);

    /// <summary>The next news of an attempt that goes on, or null; of each attempt no more than one every few seconds.</summary>
    ToldProgress? TakeTold();

    /// <summary>The next attempt that has ended, or null.</summary>
    EndedAttempt? TakeEnded();

    /// <summary>Forgets all attempts and leaves their work alone: another dispatcher leads.</summary>
    void Abandon();
}

/// <summary>How far an attempt is.</summary>
internal sealed record ToldProgress(string RunId, string Step, int Attempt, StepProgress Progress);

/// <summary>An attempt's end.</summary>
internal sealed record EndedAttempt(string RunId, string Step, int Attempt, StepAnswer Answer);
