using BatchScoring.SparkJobs.CommandLine;

return await BatchScoreCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariable);
