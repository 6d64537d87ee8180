using System.Reflection;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.ModelRunner;

AddressSpace.LiftLimit();
switch (args)
{
    case []:
        return await RunnerProcess.RunAsync();
    case ["--version"]:
        Console.WriteLine($"model-runner {Help.Version(Assembly.GetExecutingAssembly())}");
        return (int)ExitCode.Ok;
    case ["--help" or "-h"]:
        Console.WriteLine(Help.Text);
        return (int)ExitCode.Ok;
    default:
        Console.Error.WriteLine($"model-runner takes no arguments but --help and --version; found: {string.Join(' ', args)}");
        return (int)ExitCode.Usage;
}
