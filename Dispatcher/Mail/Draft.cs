using System.Text;
using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// What a letter says, once: <see cref="LetterText"/> and <see cref="LetterHtml"/> make of it what readers see, so that both say the same.
/// Texts may contain anything; the writers escape them.
/// </summary>
/// <param name="Tone">Decides the colour; the word says it too.</param>
/// <param name="Word">The verdict: <c>OK</c>, <c>LATE</c> …</param>
/// <param name="Headline">What happened, in a sentence: the first line.</param>
/// <param name="Kicker">What it is about, short: pipeline, date, revision.</param>
/// <param name="Parts">The rest, most important first.</param>
internal sealed record Draft(DraftTone Tone, string Word, string Headline, string Kicker, IReadOnlyList<DraftPart> Parts)
{
    /// <summary>
    /// The words and pictures of a letter. Readers cut long ones off: what is too much is left out, from the end, where it matters least,
    /// and named.
    /// </summary>
    public Letter ToLetter(string subject)
    {
        Draft fitting = this;
        List<string> left = [];
        string html = LetterHtml.Create(this, subject);
        while (Encoding.UTF8.GetByteCount(html) > Letter.MaxHtmlBytes
            && fitting.Parts.LastOrDefault(part => part.Title is not null) is { } last)
        {
            left.Insert(0, last.Title!);
            DraftWords note = new(null, [$"Left out, as the letter would be too long: {string.Join(", ", left)}."]);
            fitting = this with { Parts = [.. fitting.Parts.Where(part => part != last && part is not DraftWords { Title: null }), note] };
            html = LetterHtml.Create(fitting, subject);
        }

        IEnumerable<Picture> pictures = fitting.Parts.OfType<DraftChart>()
            .Select(part => new Picture(part.ContentId, ChartImage.Create(part.Chart)));
        return new Letter(subject, LetterText.Create(fitting), html, [.. pictures]);
    }
}

/// <summary>How good the news is.</summary>
internal enum DraftTone
{
    Ok,
    Late,
    Held,
    Failed,

    /// <summary>Neither good nor bad.</summary>
    Plain,
}

/// <summary>A part of a letter.</summary>
internal abstract record DraftPart
{
    /// <summary>Its heading; null for what is never left out.</summary>
    public virtual string? Title => null;
}

/// <summary>Sentences.</summary>
/// <param name="Title">Its heading, or null.</param>
/// <param name="Sentences">One paragraph each.</param>
internal sealed record DraftWords(string? Title, IReadOnlyList<string> Sentences) : DraftPart
{
    public override string? Title { get; } = Title;
}

/// <summary>The figures that are read first.</summary>
internal sealed record DraftFigures(IReadOnlyList<DraftFigure> Figures) : DraftPart;

/// <summary>One figure.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Value">Ready to print.</param>
/// <param name="Detail">What belongs to it: how it moved, or its share; or null.</param>
internal sealed record DraftFigure(string Name, string Value, string? Detail = null);

/// <summary>A table.</summary>
internal sealed record DraftTable(ReportTable Table) : DraftPart
{
    public override string Title => Table.Title;
}

/// <summary>Lines of a log, as they were written.</summary>
internal sealed record DraftLog(string Title, IReadOnlyList<string> Lines) : DraftPart
{
    public override string Title { get; } = Title;
}

/// <summary>A picture.</summary>
internal sealed record DraftChart(string ContentId, Chart Chart) : DraftPart
{
    public override string Title => Chart.Title;
}

/// <summary>Where more is: an address, or a command.</summary>
internal sealed record DraftLinks(IReadOnlyList<(string Label, string Target)> Links) : DraftPart;
