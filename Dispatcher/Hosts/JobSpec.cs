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

    /// <summary>
    /// A file of the host with further variables, lines <c>NAME='value'</c> for sh: secrets that this program never sees. Only its owner may
    /// be able to read it. Not absolute: below the user's home. Null: none.
    /// </summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>Where it works; null: the user's home.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>True: standard output gets a file of its own, and the log is standard error.</summary>
    public bool OutputApart { get; init; }

    private const string ReadVariables = """

        case $variables in /*) ;; *) variables=$HOME/$variables ;; esac
        [ -f "$variables" ] || { echo "$variables is not there: it was to hold variables of the job" >&2; exit 78; }
        case $(stat -c %a -- "$variables") in ?00) ;; *)
          echo "$variables can be read by others: chmod 600 it" >&2; exit 77 ;;
        esac
        # Whatever else a line is, sh would run it, or print it as an error.
        value="('[^']*'|\\\\'|\"[^\"\$\`\\]*\"|[A-Za-z0-9_./:=@%+,-])*"
        legal="^ *(#.*)?$|^(export )?[A-Za-z_][A-Za-z0-9_]*=$value *$"
        wrong=$(grep -nvE "$legal" -- "$variables")
        [ -z "$wrong" ] || { echo "line ${wrong%%:*} of $variables is not NAME='value'" >&2; exit 78; }
        unset value legal wrong; set -a; . "$variables"; set +a; unset variables

        """;

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

        if (EnvironmentFile is not null)
        {
            Add("variables=");
            AddWord(EnvironmentFile);
            Add(ReadVariables);
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
