namespace BatchScoring.Models;

/// <summary>A kind of model file: how it is recognised, and who reads it. Immutable and thread safe.</summary>
public interface IModelFormat
{
    /// <summary>The name in plans, records and messages, lower-case: <c>catboost</c>.</summary>
    string Name { get; }

    /// <summary>What users call such files, for messages: <c>CatBoost (.cbm)</c>.</summary>
    string Description { get; }

    /// <summary>Whether a file is of this format, by its content; names of files do not count.</summary>
    /// <param name="start">The first <see cref="ModelFormats.StartLength"/> bytes of the file, or all of a shorter one.</param>
    bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Reads a model.</summary>
    /// <param name="file">The whole file; not kept.</param>
    /// <exception cref="ModelException">It cannot be read; the code says why.</exception>
    IModel Load(ReadOnlySpan<byte> file);
}
