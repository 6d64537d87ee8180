using System.Globalization;
using System.Text.Json.Nodes;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>A condition on what steps before have answered, such as <c>score.rows &gt; 0 and evaluate.verdict = 'ok'</c>.</summary>
internal sealed class Condition
{
    private readonly ConditionTerm _term;

    private Condition(string text, ConditionTerm term, IReadOnlyCollection<string> steps) => (Text, _term, Steps) = (text, term, steps);

    /// <summary>What a person wrote.</summary>
    public string Text { get; }

    /// <summary>The steps that it asks.</summary>
    public IReadOnlyCollection<string> Steps { get; }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FormatException">What was not understood, and where.</exception>
    public static Condition Parse(string text)
    {
        var parser = new ConditionParser(text);
        ConditionTerm term = parser.Read();
        return new Condition(text, term, parser.Steps);
    }

    /// <summary>True when it holds; a comparison with a figure that is missing decides nothing, and undecided does not hold.</summary>
    /// <param name="answer">The figures of a step by its name: <c>verdict</c> and what its kind answers; null when it has none.</param>
    public bool Holds(Func<string, JsonObject?> answer) => _term.Decide(answer) == true;
}

/// <summary>A part of a condition: holds, does not, or cannot be decided (null).</summary>
internal abstract record ConditionTerm
{
    public abstract bool? Decide(Func<string, JsonObject?> answer);
}

internal sealed record NotTerm(ConditionTerm Inner) : ConditionTerm
{
    public override bool? Decide(Func<string, JsonObject?> answer) => !Inner.Decide(answer);
}

internal sealed record AndTerm(ConditionTerm Left, ConditionTerm Right) : ConditionTerm
{
    public override bool? Decide(Func<string, JsonObject?> answer) => Left.Decide(answer) & Right.Decide(answer);
}

internal sealed record OrTerm(ConditionTerm Left, ConditionTerm Right) : ConditionTerm
{
    public override bool? Decide(Func<string, JsonObject?> answer) => Left.Decide(answer) | Right.Decide(answer);
}

/// <summary>A figure of a step against a number, a text, or another figure.</summary>
internal sealed record CompareTerm(ConditionValue Left, string Sign, ConditionValue Right) : ConditionTerm
{
    public override bool? Decide(Func<string, JsonObject?> answer) => (Left.Of(answer), Right.Of(answer)) switch
    {
        (double a, double b) => Fits(a.CompareTo(b)),
        (string a, string b) => Fits(string.CompareOrdinal(a, b)),
        (null, _) or (_, null) => null,
        // A number is never a text: different, and neither is the greater.
        _ => Sign == "!=" ? true : Sign == "=" ? false : null,
    };

    private bool Fits(int order) => Sign switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}

/// <summary>A number, a text, or a figure: <paramref name="Path"/> below what <paramref name="Step"/> answered.</summary>
internal sealed record ConditionValue(object? Constant, string? Step = null, params IReadOnlyList<string> Path)
{
    /// <summary>A double, a string, or null where there is none.</summary>
    public object? Of(Func<string, JsonObject?> answer)
    {
        if (Step is null) return Constant;
        JsonNode? node = answer(Step);
        foreach (string name in Path) node = (node as JsonObject)?[name];
        if (node is not JsonValue value) return null;
        if (value.TryGetValue(out bool truth)) return truth ? "true" : "false";
        if (value.TryGetValue(out string? text)) return text;
        return double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
    }
}
