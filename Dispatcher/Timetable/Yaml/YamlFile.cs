using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable.Yaml;

/// <summary>A YAML file as a tree, and everything that was found wrong in it.</summary>
internal sealed class YamlFile
{
    private const int MaxCharacters = 1_000_000;
    private const int MaxDepth = 50;

    private readonly List<Mistake> _mistakes = [];
    private Mark _read = Mark.Empty;

    private YamlFile(string path, string text) => (Path, Text) = (path, text);

    public string Path { get; }

    public string Text { get; }

    /// <summary>What stands at the top; empty where the file cannot be read.</summary>
    public YamlMappingNode Root { get; private set; } = [];

    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    public static YamlFile Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var unreadable = new YamlFile(path, "");
            unreadable._mistakes.Add(new Mistake(path, 0, 0, e.Message));
            return unreadable;
        }

        return Parse(path, text);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="path">The file that mistakes name.</param>
    /// <param name="text">What stands there.</param>
    public static YamlFile Parse(string path, string text)
    {
        var file = new YamlFile(path, text);
        if (text.Length > MaxCharacters)
            file.Wrong(Mark.Empty, $"The file has {text.Length:N0} characters; {MaxCharacters:N0} are allowed.");
        else file.Load();
        return file;
    }

    /// <summary>Notes a mistake at a node.</summary>
    public void Wrong(YamlNode at, string text) => Wrong(at.Start, text);

    /// <summary>True for a node that a description has nothing against.</summary>
    public bool WouldFit(FileValue value, YamlNode node)
    {
        var trial = new YamlFile(Path, "");
        value.Check(trial, node, "");
        return trial._mistakes.Count == 0;
    }

    private void Wrong(Mark at, string text) => _mistakes.Add(new Mistake(Path, (int)at.Line, (int)at.Column, text));

    private void Load()
    {
        try
        {
            if (!IsPlain()) return;
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Text));
            if (yaml.Documents.Count == 0) Wrong(Mark.Empty, "The file is empty.");
            else if (yaml.Documents.Count > 1) Wrong(yaml.Documents[1].RootNode, "A second document begins here; one file holds one.");
            else if (yaml.Documents[0].RootNode is YamlMappingNode root) Root = root;
            else Wrong(yaml.Documents[0].RootNode, "A list of 'name: value' lines is needed here.");
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            // Some damage trips the library itself: an indicator in the wrong place, a NUL.
            // Tabs are what people do not see; the library speaks of tokens that cannot start.
            Mistake[] tabs = [.. TabIndents()];
            if (tabs.Length > 0) _mistakes.AddRange(tabs);
            else Wrong((e as YamlException)?.Start ?? _read, $"This is not YAML: {Reason(e)}");
        }
    }

    /// <summary>Refuses, before a tree is built, what lets a small file make a huge one.</summary>
    private bool IsPlain()
    {
        var parser = new Parser(new StringReader(Text));
        int depth = 0;
        while (parser.MoveNext())
        {
            _read = parser.Current!.End;
            depth += parser.Current.NestingIncrease;
            string? refused = parser.Current switch
            {
                NodeEvent { Anchor.IsEmpty: false } => "Anchors (&name) are not read. Write it out, or use 'parameters'.",
                AnchorAlias => "Aliases (*name) are not read. Write it out; a text that begins with * stands in quotes.",
                _ when depth > MaxDepth => $"More than {MaxDepth} levels lie one in the other.",
                _ => null,
            };
            if (refused is null) continue;
            Wrong(parser.Current.Start, refused);
            return false;
        }

        return true;
    }

    private IEnumerable<Mistake> TabIndents()
    {
        int number = 0;
        foreach (string line in Text.Split('\n'))
        {
            number++;
            int indent = line.Length - line.AsSpan().TrimStart(" \t").Length;
            int tab = line.AsSpan(0, indent).IndexOf('\t');
            if (tab >= 0) yield return new Mistake(Path, number, tab + 1, "A tab indents this line. YAML wants blanks, two a level.");
        }
    }

    private static string Reason(Exception e)
    {
        if (e is not YamlException) return "something near here cannot be read; look at brackets, quotes and the characters ! & * %.";
        string text = (e.InnerException ?? e).Message;
        int mark = text.IndexOf("): ", StringComparison.Ordinal);
        return mark > 0 && text.StartsWith('(') ? text[(mark + 3)..] : text;
    }
}
