namespace BatchScoring.Hosting;

/// <summary>Scripts by which shells ask a program how a word may go on: they call its <c>[suggest:POSITION]</c> directive.</summary>
public static class CompletionScripts
{
    /// <summary>The shells that have one.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "fish", "zsh"];

    /// <summary>The script of a shell.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="program">The program's name, as users type it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no script for this shell.</exception>
    public static string Of(string shell, string program)
    {
        string name = program.Replace('-', '_');
        return shell switch
        {
            "bash" =>
                $$"""
                _{{name}}_complete() {
                  local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
                  mapfile -t COMPREPLY < <(compgen -W "$({{program}} "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word")
                }
                complete -o default -F _{{name}}_complete {{program}}
                """,
            "zsh" =>
                $$"""
                _{{name}}_complete() {
                  local -a found
                  local line="${BUFFER[1,CURSOR]}"
                  found=("${(@f)$({{program}} "[suggest:${#line}]" "$line" 2>/dev/null)}")
                  compadd -a found
                  _files
                }
                compdef _{{name}}_complete {{program}}
                """,
            "fish" =>
                $$"""
                complete -c {{program}} -a '(set -l line (commandline -cp); {{program}} "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "There is no script for this shell."),
        };
    }
}
