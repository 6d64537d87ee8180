using System.Globalization;
using System.Text.RegularExpressions;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads <c>or</c> of <c>and</c> of <c>not</c> of comparisons and brackets.</summary>
internal sealed partial class ConditionParser
{
    private const int MaxDepth = 50;

    private readonly List<(string Text, int Column)> _words = [];
    private readonly HashSet<string> _steps = new(StringComparer.Ordinal);
    private int _next;
    private int _depth;

    public ConditionParser(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            Match word = Word().Match(text, at);
            if (word.Length == 0) throw new FormatException($"The condition '{text}' is not understood from '{text[at..]}' on. {Form}");
            if (!string.IsNullOrWhiteSpace(word.Value)) _words.Add((word.Value, at + 1));
            at += word.Length;
        }
    }

    /// <summary>The steps that were named.</summary>
    public IReadOnlyCollection<string> Steps => _steps;

    private const string Form = "Write it like: score.rows > 0 and (evaluate.verdict = 'ok' or not evaluate.auc < 0.7).";

    public ConditionTerm Read()
    {
        ConditionTerm term = Or();
        return _next == _words.Count ? term : throw Unexpected("'and', 'or' or the end");
    }

    private ConditionTerm Or()
    {
        ConditionTerm left = And();
        while (Takes("or")) left = new OrTerm(left, And());
        return left;
    }

    private ConditionTerm And()
    {
        ConditionTerm left = Not();
        while (Takes("and")) left = new AndTerm(left, Not());
        return left;
    }

    private ConditionTerm Not()
    {
        if (++_depth > MaxDepth) throw new FormatException($"The condition has more than {MaxDepth} levels of 'not' and brackets.");
        ConditionTerm term = Takes("not") ? new NotTerm(Not()) : Takes("(") ? Bracket() : Comparison();
        _depth--;
        return term;
    }

    private ConditionTerm Bracket()
    {
        ConditionTerm inner = Or();
        return Takes(")") ? inner : throw Unexpected("')'");
    }

    private CompareTerm Comparison()
    {
        ConditionValue left = Value();
        string sign = _next < _words.Count ? _words[_next].Text : "";
        if (sign is not ("=" or "!=" or "<" or "<=" or ">" or ">=")) throw Unexpected("=, !=, <, <=, > or >=");
        _next++;
        ConditionValue right = Value();
        return left.Step is null && right.Step is null
            ? throw new FormatException($"The condition compares two constants before word {_next + 1}. {Form}")
            : new CompareTerm(left, sign, right);
    }

    private ConditionValue Value()
    {
        string word = _next < _words.Count ? _words[_next].Text : "";
        if (word.StartsWith('\''))
        {
            _next++;
            return new ConditionValue(word[1..^1]);
        }

        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            _next++;
            return new ConditionValue(number);
        }

        string[] parts = word.Split('.');
        if (parts.Length < 2 || !Figure().IsMatch(word)) throw Unexpected("a figure (step.name), a number or a 'text'");
        _next++;
        _steps.Add(parts[0]);
        return new ConditionValue(null, parts[0], parts[1..]);
    }

    private bool Takes(string word)
    {
        if (_next >= _words.Count || _words[_next].Text != word) return false;
        _next++;
        return true;
    }

    private FormatException Unexpected(string wanted) => new(_next < _words.Count
        ? $"The condition has '{_words[_next].Text}' at character {_words[_next].Column}, where {wanted} must stand. {Form}"
        : $"The condition ends where {wanted} must stand. {Form}");

    [GeneratedRegex(@"\G(\s+|'[^']*'|<=|>=|!=|[=<>()]|[-+]?[0-9A-Za-z_][-+0-9A-Za-z_.]*)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*(\.[A-Za-z0-9_-]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();
}
