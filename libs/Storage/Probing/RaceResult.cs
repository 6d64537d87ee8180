namespace BatchScoring.Storage;

/// <summary>What a race of writers showed.</summary>
/// <param name="Rounds">How many keys were raced for.</param>
/// <param name="Writers">Writers per key.</param>
/// <param name="WorstWinners">The most writers that were told to have won one key; 1 is right.</param>
public sealed record RaceResult(int Rounds, int Writers, int WorstWinners)
{
    /// <summary>True when every key had exactly one winner.</summary>
    public bool IsAtomic => WorstWinners == 1;
}
