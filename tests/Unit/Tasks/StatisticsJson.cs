using System.Text.Json;
using BatchScoring.Tasks;

namespace BatchScoring.Tests.Unit.Tasks;

internal static class StatisticsJson
{
    public static ScoreStatistics Deserialize(this JsonElement statistics) => statistics.Deserialize(TasksJson.Default.ScoreStatistics)!;
}
