using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Hosting;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable.Yaml;

/// <summary>One word, number or text.</summary>
internal abstract record ScalarValue : FileValue
{
    public override void Check(YamlFile file, YamlNode node, string name)
    {
        string? text = (node as YamlScalarNode)?.Value;
        if (string.IsNullOrEmpty(text) ? !MayBeEmpty(node) : !Fits(text))
            file.Wrong(node, $"'{name}' is {Shown(node)}; it must be {Expected}.{(text is null ? "" : Hint(text))}");
    }

    protected abstract bool Fits(string text);

    protected virtual string Hint(string text) => "";

    /// <summary>An empty text in quotes is a text.</summary>
    protected virtual bool MayBeEmpty(YamlNode node) => false;
}

/// <summary>A text that a pattern describes, or any.</summary>
internal sealed record TextValue(string Expects, Regex? Pattern = null) : ScalarValue
{
    public static TextValue Any { get; } = new("a text");

    public override string Expected => Expects;

    public override JsonObject Schema()
    {
        // Text such as 08:30 or 7 need no quotes in these files.
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (Pattern is not null) schema = new JsonObject { ["type"] = "string", ["pattern"] = Pattern.ToString() };
        return schema;
    }

    protected override bool Fits(string text) => Pattern is null || Pattern.IsMatch(text);

    protected override bool MayBeEmpty(YamlNode node) =>
        Pattern is null && node is YamlScalarNode { Style: not YamlDotNet.Core.ScalarStyle.Plain };
}

/// <summary>A number; a whole one between bounds where they are given.</summary>
internal sealed record NumberValue((long Least, long Most)? Whole = null) : ScalarValue
{
    public override string Expected => Whole is { } bounds ? $"a whole number from {bounds.Least} to {bounds.Most}" : "a number";

    public override JsonObject Schema() => Whole is { } bounds
        ? new JsonObject { ["type"] = "integer", ["minimum"] = bounds.Least, ["maximum"] = bounds.Most }
        : new JsonObject { ["type"] = "number" };

    protected override bool Fits(string text) => Whole is { } bounds
        ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            && whole >= bounds.Least && whole <= bounds.Most
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
}

/// <summary>One of a few words.</summary>
internal sealed record WordValue(IReadOnlyCollection<string> Words, string? Empty = null) : ScalarValue
{
    /// <summary>True or false.</summary>
    public static WordValue Switch { get; } = new(["true", "false"]);

    public override string Expected => Words.Count == 0 ? Empty ?? "nothing" : string.Join(" or ", Words);

    public override JsonObject Schema() => this == Switch
        ? new JsonObject { ["type"] = "boolean" }
        : Words.Count == 0
            ? new JsonObject { ["type"] = "string" }
            : new JsonObject { ["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]) };

    protected override bool Fits(string text) => Words.Contains(text, StringComparer.Ordinal);

    protected override string Hint(string text) => Similar.Hint(text, Words);
}

/// <summary>A time on the clock such as <c>06:30</c>; where it may be later also <c>06:30+1d</c>, the day after.</summary>
internal sealed partial record LocalTimeValue(bool MayBeLater) : ScalarValue
{
    private const string Time = "^([01][0-9]|2[0-3]):[0-5][0-9]";

    public override string Expected => MayBeLater ? "a time like \"06:30\", or \"06:30+1d\" for the day after" : "a time like \"02:30\"";

    /// <summary>As time after midnight, or null.</summary>
    public static TimeSpan? Parse(string? text) => text is not null && Later().Match(text) is { Success: true } match
        ? TimeSpan.ParseExact(match.Groups["time"].Value, @"hh\:mm", CultureInfo.InvariantCulture)
            + TimeSpan.FromDays(match.Groups["days"] is { Success: true } days ? int.Parse(days.Value, CultureInfo.InvariantCulture) : 0)
        : null;

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Time + (MayBeLater ? @"(\+[1-9]d)?$" : "$") };

    protected override bool Fits(string text) => Parse(text) is { } time && (MayBeLater || time < TimeSpan.FromDays(1));

    [GeneratedRegex(@"^(?<time>([01][0-9]|2[0-3]):[0-5][0-9])(\+(?<days>[1-9])d)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Later();
}

/// <summary>How long: <c>90s</c>, <c>2h</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal sealed partial record DurationValue : ScalarValue
{
    private const string Form = "^([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,6}m)?([0-9]{1,8}s)?$";

    public override string Expected => "a duration like 90s, 15m, 2h, 1h30m";

    /// <summary>Null for a text that is no duration, or none of any length.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Parts().IsMatch(text)) return null;
        long seconds = 0, number = 0;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                number = (number * 10) + (c - '0');
                continue;
            }

            seconds += number * (c switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, _ => 1 });
            number = 0;
        }

        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Form };

    protected override bool Fits(string text) => Parse(text) is not null;

    protected override string Hint(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $" Seconds are '{text}s'." : "";

    [GeneratedRegex(Form, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
