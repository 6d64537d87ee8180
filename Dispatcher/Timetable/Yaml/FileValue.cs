using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable.Yaml;

/// <summary>
/// What may stand somewhere in a file: the one description from which files are checked and the schema for editors is made.
/// </summary>
internal abstract record FileValue
{
    /// <summary>As it goes on after "it must be".</summary>
    public abstract string Expected { get; }

    /// <summary>Notes what does not fit.</summary>
    /// <param name="file">Takes the mistakes.</param>
    /// <param name="node">What stands there.</param>
    /// <param name="name">What it is called.</param>
    public abstract void Check(YamlFile file, YamlNode node, string name);

    /// <summary>JSON Schema (draft 2020-12).</summary>
    public abstract JsonObject Schema();

    /// <summary>What stands there, for a message.</summary>
    protected static string Shown(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" } => "empty",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a group of 'name: value' lines",
    };
}

/// <summary>A key of a file.</summary>
internal sealed record FileKey(string Name, FileValue Value, string Description, bool Required = false);

/// <summary>A group of keys.</summary>
/// <param name="All">Those there are.</param>
/// <param name="What">What the group is, with its article: <c>a step</c>.</param>
/// <param name="Choice">Exactly one of these must be there; empty: no such rule.</param>
internal sealed record KeysValue(IReadOnlyList<FileKey> All, string What, IReadOnlyList<string> Choice) : FileValue
{
    public KeysValue(IReadOnlyList<FileKey> all, string what) : this(all, what, [])
    {
    }

    public override string Expected => $"{What}: 'name: value' lines";

    public override void Check(YamlFile file, YamlNode node, string name)
    {
        if (node is YamlScalarNode { Value: null or "" } && Choice.Count == 0 && !All.Any(key => key.Required)) return;
        if (node is not YamlMappingNode map)
        {
            file.Wrong(node, $"'{name}' is {Shown(node)}; it must be {Expected}.");
            return;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string word = key.ToString();
            if (All.FirstOrDefault(known => known.Name == word) is { } found) found.Value.Check(file, value, word);
            else file.Wrong(key, $"'{word}' is no key of {What}.{Hosting.Similar.Hint(word, Names)} It has: {string.Join(", ", Names)}.");
        }

        foreach (FileKey key in All.Where(key => key.Required && !map.Has(key.Name)))
            file.Wrong(node, $"'{key.Name}' is missing from {What}: {key.Description}");
        string[] chosen = [.. Choice.Where(map.Has)];
        if (Choice.Count > 0 && chosen.Length != 1)
        {
            file.Wrong(node, $"{char.ToUpperInvariant(What[0])}{What[1..]} needs exactly one of {string.Join(", ", Choice)}; it has " +
                $"{(chosen.Length == 0 ? "none" : string.Join(" and ", chosen))}.");
        }
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (FileKey key in All)
        {
            JsonObject value = key.Value.Schema();
            value.Insert(0, "description", key.Description);
            properties[key.Name] = value;
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        string[] required = [.. All.Where(key => key.Required).Select(key => key.Name)];
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        if (Choice.Count > 0)
            schema["oneOf"] = new JsonArray([.. Choice.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        return schema;
    }

    private IEnumerable<string> Names => All.Select(key => key.Name);
}

/// <summary>A list.</summary>
/// <param name="Item">Each of its values.</param>
/// <param name="OneIsEnough">A value alone is a list of one.</param>
internal sealed record ListValue(FileValue Item, bool OneIsEnough = false) : FileValue
{
    public override string Expected => $"a list; each of it must be {Item.Expected}";

    public override void Check(YamlFile file, YamlNode node, string name)
    {
        if (node is YamlSequenceNode list)
            foreach (YamlNode item in list.Children) Item.Check(file, item, name);
        else if (OneIsEnough) Item.Check(file, node, name);
        else file.Wrong(node, $"'{name}' is {Shown(node)}; it must be {Expected}.");
    }

    public override JsonObject Schema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Item.Schema() };
        return OneIsEnough ? new JsonObject { ["anyOf"] = new JsonArray(Item.Schema(), list) } : list;
    }
}

/// <summary>Names of the file's own, each with a value.</summary>
/// <param name="Name">What a name must be.</param>
/// <param name="Value">What each value must be.</param>
internal sealed record MapValue(ScalarValue Name, FileValue Value) : FileValue
{
    public override string Expected => "'name: value' lines";

    public override void Check(YamlFile file, YamlNode node, string name)
    {
        if (node is not YamlMappingNode map)
        {
            file.Wrong(node, $"'{name}' is {Shown(node)}; it must be {Expected}.");
            return;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            Name.Check(file, key, $"{name}: name");
            Value.Check(file, value, key.ToString());
        }
    }

    public override JsonObject Schema()
    {
        JsonObject names = Name.Schema();
        names.Remove("type"); // keys are texts whatever they look like
        return new JsonObject { ["type"] = "object", ["propertyNames"] = names, ["additionalProperties"] = Value.Schema() };
    }
}

/// <summary>One of several.</summary>
internal sealed record EitherValue(params IReadOnlyList<FileValue> Values) : FileValue
{
    public override string Expected => string.Join(", or ", Values.Select(value => value.Expected));

    public override void Check(YamlFile file, YamlNode node, string name)
    {
        if (!Values.Any(value => file.WouldFit(value, node))) file.Wrong(node, $"'{name}' is {Shown(node)}; it must be {Expected}.");
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray([.. Values.Select(value => value.Schema())]) };
}
