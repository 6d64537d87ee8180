namespace BatchScoring.Dispatcher.Ledger;

/// <summary>States and their like as the ledger stores them, and as everybody reads them.</summary>
internal static class StateWords
{
    public static string Word(this Enum state) => state.ToString().ToLowerInvariant();
}
