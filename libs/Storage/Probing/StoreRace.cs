using System.Globalization;
using System.Text;

namespace BatchScoring.Storage;

/// <summary>
/// Lets many writers put one key at once, if absent. The probe before a publish finds stores that ignore conditions; this finds those that
/// check first and write later, so that two may win. It cannot prove that a store is safe, only that one is not.
/// </summary>
public static class StoreRace
{
    /// <summary>Races and removes what it wrote.</summary>
    /// <param name="store">The store.</param>
    /// <param name="rounds">How many keys.</param>
    /// <param name="writers">How many writers for each.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<RaceResult> RunAsync(IObjectStore store, int rounds, int writers, CancellationToken cancellation)
    {
        int worst = 1;
        for (int round = 0; round < rounds; round++)
        {
            string key = StoreProbes.NewKey();
            try
            {
                bool[] won = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => store.PutAsync(
                    key, Encoding.UTF8.GetBytes(writer.ToString(CultureInfo.InvariantCulture)), PutCondition.IfAbsent, cancellation),
                        cancellation)));
                int winners = won.Count(w => w);
                worst = Math.Max(worst, winners); // none: all answers of the winner were lost and its retry met its own object
            }
            finally
            {
                await store.DeleteAsync(key, CancellationToken.None);
            }
        }
        return new RaceResult(rounds, writers, worst);
    }
}
