using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Submit;

internal static class SubmitCommand
{
    /// <param name="host">Runs it.</param>
    /// <param name="job">What stands after <c>--</c> on the command line.</param>
    public static Command Create(CommandHost host, IReadOnlyList<string> job)
    {
        var parameters = new CommandParameters();
        Option<string?> master = parameters.Text("--master", "URL",
            "Where Spark runs: local[N], spark://HOST:PORT, yarn. By default as Spark is configured.");
        Option<string?> mode = parameters.Text("--deploy-mode", "client|cluster",
            "client: the driver runs here. cluster (YARN): in a container.");
        mode.AcceptOnlyFromAmong("client", "cluster");
        Option<string?> home = parameters.Text("--spark-home", "FOLDER",
            "Where Spark is installed. By default SPARK_HOME, else spark-submit on the PATH.");
        Option<string?> properties = parameters.Text("--properties-file", "FILE", "Spark properties; what submit adds comes on top.");
        Option<string[]> files = parameters.Add(List("--files", "Files for the working folders of driver and executors."));
        Option<string[]> archives = parameters.Add(List("--archives", "Archives for the same folders."));
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        Command command = host.Create("submit",
            "Runs a job on a Spark cluster. What stands before -- and is not listed here goes to spark-submit as it is; what stands " +
            "after it is the job.",
            [
                "batch-score submit --master local[2] -- score --date 2026-11-21 --model model.cbm",
                "batch-score submit --root s3://bank/scoring --master yarn --deploy-mode cluster --num-executors 4 --executor-memory 2g " +
                "-- score --date 2026-11-21 --model model.cbm",
                "batch-score submit --master yarn --deploy-mode cluster --queue night --dry-run -- sample --date 2026-11-21",
            ],
            parameters, (context, line, cancellation) => new SubmitJob(context, new SubmitOptions
            {
                Master = line.GetValue(master),
                DeployMode = line.GetValue(mode),
                SparkHome = line.GetValue(home),
                PropertiesFile = line.GetValue(properties),
                Files = line.GetRequiredValue(files),
                Archives = line.GetRequiredValue(archives),
                SparkFlags = line.UnmatchedTokens,
                Job = job,
                DryRun = line.GetValue(dryRun),
            }).RunAsync(cancellation));
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }

    /// <summary>Comma-separated, as spark-submit takes them.</summary>
    private static Option<string[]> List(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "A,B,…",
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))],
    };
}
