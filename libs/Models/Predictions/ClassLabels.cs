using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>The classes of a classifier, as the user called them. Immutable.</summary>
/// <param name="type">What the labels were.</param>
/// <param name="texts">The labels, in the order of the answers.</param>
/// <param name="places">Where each raw output's class stands in <paramref name="texts"/>.</param>
public sealed class ClassLabels(ClassLabelType type, ImmutableArray<string> texts, ImmutableArray<int> places)
{
    /// <summary>What the labels were.</summary>
    public ClassLabelType Type { get; } = type;

    /// <summary>
    /// The labels; class <c>i</c> of Probability_<c>i</c> is called <c>Texts[i]</c>. More than the model has outputs if some classes had no
    /// row.
    /// </summary>
    public ImmutableArray<string> Texts { get; } = texts;

    /// <summary>
    /// Where each raw output's class stands in <see cref="Texts"/>; with one output (binary) the places of class 0 and 1.
    /// </summary>
    public ImmutableArray<int> Places { get; } = places;
}
