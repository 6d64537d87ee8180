namespace BatchScoring.Spark.Py4J;

/// <summary>One line of an answer, taken apart.</summary>
internal readonly record struct Answer(AnswerKind Kind, object? Value)
{
    public static Answer Parse(string line)
    {
        ReadOnlySpan<char> text = line;
        if (text is not ['!', _, ..]) throw SparkErrors.Protocol("a line that is no answer", line);
        return text[1] switch
        {
            'y' => new Answer(AnswerKind.Value, ValueReader.Read(text[2..])),
            'x' when text is [_, _, 'r', ..] => new Answer(AnswerKind.Thrown, ObjectId.Parse(text[3..])),
            'x' or 'z' when text is [_, _, 's', ..] => new Answer(AnswerKind.Rejected, ProtocolText.Unescape(text[3..])),
            'x' when text.Length == 2 => new Answer(AnswerKind.Rejected, "no reason given"),
            _ => throw SparkErrors.Protocol("an answer of an unknown kind", line),
        };
    }
}
