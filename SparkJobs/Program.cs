using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

AddressSpace.LiftLimit();
return await BatchScoreCommand.RunAsync(
    ArgumentWord.Unpack(args), Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariable);
