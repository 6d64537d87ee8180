namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What our scripts answer: lines of a name, a blank and a value.</summary>
internal static class AnswerLines
{
    public static Dictionary<string, string> Of(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
            if (line.Split(' ', 2) is [string name, string value]) values[name] = value;
        return values;
    }
}
