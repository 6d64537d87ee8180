using BatchScoring.Dispatcher.CommandLine;

CoreDumps.Forbid();
return await DispatcherCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariable);
