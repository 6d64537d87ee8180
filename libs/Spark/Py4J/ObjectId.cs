namespace BatchScoring.Spark.Py4J;

/// <summary>The gateway's name of a Java object, such as <c>o12</c>, without the letter that says its kind.</summary>
internal readonly record struct ObjectId(string Text)
{
    public static ObjectId Parse(ReadOnlySpan<char> text)
    {
        bool valid = text.Length is > 1 and < 32 && text[0] == 'o' && !text[1..].ContainsAnyExceptInRange('0', '9');
        return valid ? new ObjectId(text.ToString()) : throw SparkErrors.Protocol("an object id that is none", text.ToString());
    }

    public override string ToString() => Text;
}
