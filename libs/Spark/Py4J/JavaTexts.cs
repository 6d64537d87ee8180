namespace BatchScoring.Spark.Py4J;

/// <summary>Lists of texts over the wire, many in one round trip: joined on one side, split on the other.</summary>
internal static class JavaTexts
{
    /// <summary>About how much text goes in one round trip; bounds the copies that both sides hold at once.</summary>
    private const int ChunkChars = 4 << 20;
    private const int FirstChunk = 256;
    private const int FewTexts = 4;
    private const int MaxChunk = 1 << 16;

    // Characters that no regular expression gives a meaning and that texts hardly hold.
    private static readonly char[] Separators = ['\u001f', '\u001e', '\u001d', '\u001c', '\ue000', '\uf8ff'];

    /// <summary>A <c>String[]</c>.</summary>
    public static JavaObject ToArray(Gateway gateway, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0 && FindSeparator(texts) is { } separator) return Split(gateway, string.Join(separator, texts), separator);
        JavaObject array = Gateway.Cast<JavaObject>("new array",
            gateway.Execute(Commands.NewArray("java.lang.String", texts.Count), "new array"));
        for (int i = 0; i < texts.Count; i++) gateway.Execute(Commands.SetElement(array, i, texts[i]), "array set");
        GC.KeepAlive(array);
        return array;
    }

    /// <summary>A <c>java.util.ArrayList</c>.</summary>
    public static JavaObject ToList(Gateway gateway, IReadOnlyList<string> texts)
    {
        JavaObject list = gateway.New("java.util.ArrayList");
        for (int from = 0; from < texts.Count;)
        {
            List<string> chunk = [];
            for (int chars = 0; from < texts.Count && chars < ChunkChars; from++)
            {
                chunk.Add(texts[from]);
                chars += texts[from].Length;
            }
            AddAll(list, chunk);
        }
        return list;
    }

    /// <summary>The elements of a Java list of texts, a few megabytes per round trip.</summary>
    public static IEnumerable<string> Read(JavaObject list)
    {
        int count = list.Call<int>("size");
        for (int from = 0, take = FirstChunk; from < count;)
        {
            int to = Math.Min(count, from + take);
            string[] texts = ReadChunk(list, from, to, out int chars);
            foreach (string text in texts) yield return text;
            take = (int)Math.Clamp((long)ChunkChars * (to - from) / Math.Max(1, chars), 1, MaxChunk);
            from = to;
        }
    }

    private static string[] ReadChunk(JavaObject list, int from, int to, out int chars)
    {
        using JavaObject part = list.Call<JavaObject>("subList", from, to);
        string joined = list.Gateway.CallStatic<string>("java.lang.String", "join", "\n", part);
        chars = joined.Length;
        string[] texts = joined.Split('\n');
        if (texts.Length == to - from) return texts;
        // Only elements that hold line feeds themselves come here; the pieces of a pipe never do.
        return [.. Enumerable.Range(from, to - from).Select(i => list.Call<string>("get", i))];
    }

    private static void AddAll(JavaObject list, List<string> texts)
    {
        if (texts.Count <= FewTexts || FindSeparator(texts) is not { } separator)
        {
            foreach (string text in texts) list.Call("add", text);
            return;
        }
        // The gateway does not take a String[] for an Object[], so Arrays.asList is out of reach. A stream leaves empty texts at its end
        // out:
        // hence one more text, which is left out again below.
        using JavaObject pattern = Pattern(list.Gateway, separator);
        using JavaObject stream = pattern.Call<JavaObject>("splitAsStream", $"{string.Join(separator, texts)}{separator}.");
        using JavaObject collector = list.Gateway.CallStatic<JavaObject>("java.util.stream.Collectors", "toList");
        using JavaObject all = stream.Call<JavaObject>("collect", collector), wanted = all.Call<JavaObject>("subList", 0, texts.Count);
        list.Call("addAll", wanted);
    }

    private static JavaObject Split(Gateway gateway, string joined, char separator)
    {
        using JavaObject pattern = Pattern(gateway, separator);
        return pattern.Call<JavaObject>("split", joined, -1);
    }

    private static JavaObject Pattern(Gateway gateway, char separator) =>
        gateway.CallStatic<JavaObject>("java.util.regex.Pattern", "compile", separator.ToString());

    private static char? FindSeparator(IReadOnlyList<string> texts)
    {
        foreach (char candidate in Separators)
        {
            if (!texts.Any(text => text.Contains(candidate, StringComparison.Ordinal))) return candidate;
        }
        return null;
    }
}
