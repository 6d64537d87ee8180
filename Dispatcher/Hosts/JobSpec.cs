using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>A job to start on a host.</summary>
/// <param name="Name">Which attempt it is.</param>
/// <param name="Words">Program and arguments.</param>
internal sealed record JobSpec(JobName Name, IReadOnlyList<string> Words)
{
    /// <summary>Variables beside those of the login. They lie in a file that only the user can read.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where it works; null: the user's home.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>True: standard output gets a file of its own, and the log is standard error.</summary>
    public bool OutputApart { get; init; }

    /// <summary>The script that the host keeps and runs.</summary>
    public byte[] ToCommand()
    {
        var text = new MemoryStream();
        foreach ((string name, string value) in Environment)
        {
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                throw new BatchScoringException(RemoteErrors.WordInvalid, $"'{name}' cannot name a variable: letters, digits and _ can.");
            Add($"export {name}=");
            AddWord(value);
            Add("\n");
        }

        if (WorkingFolder is not null)
        {
            Add("cd -- ");
            AddWord(WorkingFolder);
            Add(" || exit\n");
        }

        Add("exec");
        foreach (string word in Words)
        {
            Add(" ");
            AddWord(word);
        }

        return text.ToArray();

        void Add(string fixedText) => text.Write(Encoding.ASCII.GetBytes(fixedText));
        void AddWord(ShellWord word) => text.Write(word.Quoted);
    }
}
