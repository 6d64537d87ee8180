using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What is told of the files alone: nothing here needs the ledger.</summary>
internal static class TimetableCommands
{
    public static IEnumerable<Command> Create(CommandHost host) => [Check(host), Next(host), Schema(host)];

    private static Command Check(CommandHost host) => host.Create(
        "check", "Looks at dispatcher.yaml, pipelines and calendars, and tells every mistake with its line; 78 when there is one.",
        ["dispatcher check", "dispatcher check --config /etc/batch-scoring/dispatcher.yaml"], new CommandParameters(),
        (context, _, _) => Task.FromResult(CheckCommand.Run(context.File, settings => Kinds(context, settings), context.Time)));

    private static Command Next(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<int> count = parameters.Add(new Argument<int>("N")
        {
            Description = "How many. Default: 10.",
            DefaultValueFactory = _ => 10,
        });
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > NextCommand.Most) result.AddError($"N must be 1 to {NextCommand.Most}.");
        });
        Argument<string?> pipeline = parameters.Add(new Argument<string?>("PIPELINE")
        {
            Description = "Its name. Without it: all of them.",
            Arity = ArgumentArity.ZeroOrOne,
        });
        return host.Create(
            "next", "Tells when pipelines are due next, each in its own zone, and what a changed clock does to it.",
            ["dispatcher next", "dispatcher next 30 app"], parameters,
            (context, line, _) => Task.FromResult(NextCommand.Run(
                context.File, line.GetValue(count), line.GetValue(pipeline), context.Time, settings => Kinds(context, settings))));
    }

    private static Command Schema(CommandHost host) => host.Create(
        "schema", "Prints the JSON Schema of pipeline files, by which editors complete and check them.",
        ["dispatcher schema > pipeline.schema.json"], new CommandParameters(),
        (context, _, _) => Task.FromResult(new CommandOutcome(
            (int)ExitCode.Ok, [PipelineSchema.Create(Kinds(context, DispatcherFile.Defaults(context.File))).TrimEnd()], [], null)));

    private static IReadOnlyCollection<StepKindInfo> Kinds(CommandContext context, DispatcherSettings settings) =>
        [.. StepKinds.Create(new HostRegistry([]), settings, context.Time).Values.Select(kind => kind.Info)];
}
