using BatchScoring.Bench.Dispatching;

// Called by scripts/bench dispatcher; see its --help.
try
{
    if (args is ["quartz", .. var words])
    {
        await QuartzPeer.RunAsync(words);
        return 0;
    }

    if (args is ["results", var lines, var file])
    {
        Results.Write(lines, file);
        return 0;
    }

    var options = Options.Parse(args[1..]);
    await (args[0] switch
    {
        "lateness" => new Lateness(options).RunAsync(),
        "year" => new Year(Peer.All(options.Peers)).RunAsync(),
        "links" => new Links(options).RunAsync(),
        "kills" => new Kills(options).RunAsync(),
        "size" => new Size(options).RunAsync(),
        _ => throw new ArgumentException($"Unknown part {args[0]}.", nameof(args)),
    });
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 64;
}
