using BatchScoring.Dispatcher.CommandLine;

return await DispatcherCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariable);
