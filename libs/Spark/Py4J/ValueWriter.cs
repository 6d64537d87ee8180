using System.Globalization;
using System.Text;

namespace BatchScoring.Spark.Py4J;

/// <summary>.NET values as the protocol writes arguments: a letter for the type, then the text.</summary>
internal static class ValueWriter
{
    public static void Append(StringBuilder line, object? value)
    {
        switch (value)
        {
            case null: line.Append('n'); break;
            case bool b: line.Append(b ? "btrue" : "bfalse"); break;
            case int i: line.Append(CultureInfo.InvariantCulture, $"i{i}"); break;
            case long l: line.Append(CultureInfo.InvariantCulture, $"L{l}"); break;
            case double d: line.Append('d').Append(d.ToString("R", CultureInfo.InvariantCulture)); break;
            case string s: ProtocolText.AppendEscaped(line.Append('s'), s); break;
            case byte[] bytes: line.Append('j').Append(Convert.ToBase64String(bytes)); break;
            case JavaObject o: line.Append('r').Append(o.Id.Text); break;
            default: throw new ArgumentException($"The protocol has no form for {value.GetType()}.", nameof(value));
        }
    }
}
