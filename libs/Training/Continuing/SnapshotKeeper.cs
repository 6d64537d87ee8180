namespace BatchScoring.Training.Continuing;

/// <summary>Reads the snapshot of a training when it starts, and writes it from time to time and in the end.</summary>
internal sealed class SnapshotKeeper
{
    private readonly string _file;
    private readonly TrainingRun _run;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly byte[] _rows;
    private long _written;
    private bool _isTold;

    /// <param name="file">Where it is; need not exist.</param>
    /// <param name="run">How often, by what clock.</param>
    /// <param name="settings">All that decides trees.</param>
    /// <param name="rows">Hash of what is learned from.</param>
    /// <exception cref="TrainingException">The file is of another training, or damaged.</exception>
    public SnapshotKeeper(string file, TrainingRun run, IReadOnlyDictionary<string, string> settings, byte[] rows)
    {
        (_file, _run, _settings, _rows, _written) = (file, run, settings, rows, run.Time.GetTimestamp());
        Found = SnapshotFile.Read(file);
        Found?.Check(file, settings, rows);
        // Hours of work would end here otherwise.
        SnapshotFile.Probe(file);
    }

    /// <summary>What to go on from; null: nothing.</summary>
    public Snapshot? Found { get; }

    /// <summary>Writes if it is time to; what cannot be written is told of once, and tried again when it is time again.</summary>
    /// <param name="isLast">Whether it is in any case.</param>
    /// <param name="state">Where the training is.</param>
    public void Keep(bool isLast, Func<Snapshot> state)
    {
        if (!isLast && _run.Time.GetElapsedTime(_written) < _run.SnapshotInterval) return;
        try
        {
            SnapshotFile.Write(_file, state() with { Settings = _settings, Rows = _rows });
            _isTold = false;
        }
        catch (TrainingException e) when (_run.Trouble is not null)
        {
            if (!_isTold) _run.Trouble(e);
            _isTold = true;
        }

        _written = _run.Time.GetTimestamp();
    }
}
