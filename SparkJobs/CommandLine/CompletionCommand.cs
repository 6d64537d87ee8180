using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Prints what a shell needs to complete this program's commands and options.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> shell = parameters.Add(new Argument<string>("SHELL") { Description = "bash, zsh or fish." });
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        return host.Create("completion",
            "Prints a script that makes a shell complete commands, options and files.",
            [
                "source <(batch-score completion bash)                                            # in ~/.bashrc",
                "source <(batch-score completion zsh)                                             # in ~/.zshrc, after compinit",
                "batch-score completion fish > ~/.config/fish/completions/batch-score.fish",
            ],
            parameters, (_, line, _) => Task.FromResult(
                new JobOutcome(ExitCode.Ok, [CompletionScripts.Of(line.GetRequiredValue(shell), "batch-score")], null)));
    }
}
