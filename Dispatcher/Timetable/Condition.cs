using System.Text.Json.Nodes;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>A condition on what steps before have answered, such as <c>score.rows &gt; 0</c>.</summary>
internal abstract class Condition
{
    /// <summary>What a person wrote.</summary>
    public abstract string Text { get; }

    /// <summary>True when it holds.</summary>
    /// <param name="answer">The figures of a step by its name: <c>verdict</c> and what its kind answers; null when it has none.</param>
    public abstract bool Holds(Func<string, JsonObject?> answer);
}
