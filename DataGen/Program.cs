using BatchScoring.DataGen.CommandLine;

return await GenerateCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
