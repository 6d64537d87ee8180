using System.Text;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>
/// A line for sh whose parameters come by variables: what somebody gives for a parameter is data there, never a part of the line. In the
/// line stands only <c>${parameter_name}</c>, which sh does not read again, with quotes so that it stays one word.
/// </summary>
internal static class ShellLine
{
    /// <summary>The line as sh gets it.</summary>
    /// <param name="line">As the file has it.</param>
    /// <param name="parameters">Names of the pipeline's parameters.</param>
    /// <param name="variables">Takes the variables, with the parameter's word as value.</param>
    public static string Of(string line, IReadOnlyCollection<string> parameters, IDictionary<string, string> variables)
    {
        var result = new StringBuilder();
        int done = 0;
        Stack<char> open = new();
        foreach ((int at, int length, string name) in Words.Parameters(line, parameters))
        {
            string before = line[done..at];
            Read(before, open);
            string value = $"${{parameter_{name}}}";
            variables[$"parameter_{name}"] = $"{{{name}}}";
            result.Append(before).Append(open.FirstOrDefault() switch { '"' => value, '\'' => $"'\"{value}\"'", _ => $"\"{value}\"" });
            done = at + length;
        }

        return result.Append(line[done..]).ToString();
    }

    /// <summary>Goes on through a text: quotes and <c>$(</c> that are open at its end, the innermost on top.</summary>
    private static void Read(string text, Stack<char> open)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char inner = open.TryPeek(out char top) ? top : '\0';
            if (text[i] == inner) open.Pop();
            else if (inner == '\'') continue;
            else if (text[i] == '\\') i++;
            else if (text[i] == '"' || (text[i] == '\'' && inner != '"')) open.Push(text[i]);
            else if (text[i] == '$' && text.AsSpan(i + 1).StartsWith("(")) open.Push(')');
        }
    }
}
