using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>
/// Trees that ask the same question at every node of a level. Leaf <c>i</c> of a tree is the sum of <c>answer(k) &lt;&lt; k</c> over its
/// splits: the first split is the lowest bit. Immutable.
/// </summary>
public sealed class SymmetricTrees
{
    /// <summary>Splits per tree, 0 and more; one element per tree.</summary>
    public required ImmutableArray<int> Depths { get; init; }

    /// <summary>Binary feature numbers of all trees, tree after tree.</summary>
    public required ImmutableArray<int> Splits { get; init; }
}
