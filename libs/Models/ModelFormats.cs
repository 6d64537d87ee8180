using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>
/// The model formats that a program reads. A file's format is told by its content. Programs that read more kinds add them:
/// <c>ModelFormats.Standard.With(format)</c>. Immutable and thread safe.
/// </summary>
public sealed class ModelFormats
{
    /// <summary>So much of a file's start is enough to recognise its format.</summary>
    public const int StartLength = 4096;

    private readonly ImmutableArray<IModelFormat> _formats;

    private ModelFormats(ImmutableArray<IModelFormat> formats) => _formats = formats;

    /// <summary>What this library reads itself: CatBoost.</summary>
    public static ModelFormats Standard { get; } = new([CatBoostFormat.Instance]);

    /// <summary>The same formats and one more.</summary>
    /// <exception cref="ArgumentException">A format of that name is there already.</exception>
    public ModelFormats With(IModelFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (_formats.Any(known => known.Name == format.Name))
            throw new ArgumentException($"There is a model format '{format.Name}' already.", nameof(format));
        return new([.. _formats, format]);
    }

    /// <summary>Opens a model, whatever its kind.</summary>
    /// <param name="file">The whole file; not kept.</param>
    /// <exception cref="ModelException">No format recognises it (<c>MODEL_UNKNOWN_FORMAT</c>), or it cannot be read.</exception>
    public IModel Open(ReadOnlySpan<byte> file) => Find(file).Load(file);

    /// <summary>Opens a model file, whatever its kind.</summary>
    /// <param name="path">A file.</param>
    /// <exception cref="ModelException">It is no model, too large, or cannot be read.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public IModel OpenFile(string path) => Open(ReadFile(path));

    /// <summary>Reads a model file whose format is known here: another one is refused before it is read, however large.</summary>
    /// <param name="path">A file.</param>
    /// <returns>The whole file.</returns>
    /// <exception cref="ModelException">It is no model, or larger than 2 GiB.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public byte[] ReadFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] start = new byte[Math.Min(StartLength, file.Length)];
        file.ReadExactly(start);
        IModelFormat format = Find(start);
        if (file.Length > Array.MaxLength)
            throw new ModelException(
                ModelErrorCodes.TooLarge,
                $"The model file '{path}' ({format.Description}) has {file.Length:N0} bytes; at most {Array.MaxLength:N0} are supported.");
        byte[] content = new byte[file.Length];
        start.CopyTo(content, 0);
        file.ReadExactly(content.AsSpan(start.Length));
        return content;
    }

    private IModelFormat Find(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = file[..Math.Min(StartLength, file.Length)];
        foreach (IModelFormat format in _formats)
            if (format.Recognizes(start)) return format;
        throw UnknownContent.Error(start, _formats);
    }
}
