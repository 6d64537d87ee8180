using System.Globalization;
using System.Text;

namespace BatchScoring.Spark.Py4J;

/// <summary>The protocol's commands, each a few lines of text. Targets stand without a type letter, values with one.</summary>
internal static class Commands
{
    public static string Authenticate(string secret) => $"A\n{secret}\n";

    public static string Call(JavaObject target, string method, ReadOnlySpan<object?> arguments) =>
        Command($"c\n{target.Id}\n{method}\n", arguments);

    public static string CallStatic(string type, string method, ReadOnlySpan<object?> arguments) =>
        Command($"c\nz:{type}\n{method}\n", arguments);

    public static string New(string type, ReadOnlySpan<object?> arguments) => Command($"i\n{type}\n", arguments);

    public static string GetStatic(string type, string member) => $"r\nm\n{type}\n{member}\ne\n";

    public static string GetField(JavaObject target, string field) => $"f\ng\n{target.Id}\n{field}\ne\n";

    public static string NewArray(string elementType, int length) => Command("a\nc\n", [elementType, length]);

    public static string GetElement(JavaObject array, int index) => Command($"a\ng\n{array.Id}\n", [index]);

    public static string SetElement(JavaObject array, int index, object? value) => Command($"a\ns\n{array.Id}\n", [index, value]);

    public static string ArrayLength(JavaObject array) => string.Create(CultureInfo.InvariantCulture, $"a\ne\n{array.Id}\ne\n");

    public static string StackTrace(ObjectId throwable) => $"p\nr{throwable}\ne\n";

    public static string Free(ObjectId id) => $"m\nd\n{id}\ne\n";

    private static string Command(string head, ReadOnlySpan<object?> arguments)
    {
        StringBuilder command = new(head);
        foreach (object? argument in arguments)
        {
            ValueWriter.Append(command, argument);
            command.Append('\n');
        }
        return command.Append("e\n").ToString();
    }
}
