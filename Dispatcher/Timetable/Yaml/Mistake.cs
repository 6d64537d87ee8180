namespace BatchScoring.Dispatcher.Timetable.Yaml;

/// <summary>One thing that is wrong in a file that people write, and where.</summary>
/// <param name="File">The path.</param>
/// <param name="Line">1 for the first; 0 where it is not about a line.</param>
/// <param name="Column">1 for the first.</param>
/// <param name="Text">What is wrong, what is allowed, what to do.</param>
internal sealed record Mistake(string File, int Line, int Column, string Text)
{
    public override string ToString() => Line == 0 ? $"{File}: {Text}" : $"{File}:{Line}:{Column}: {Text}";
}
