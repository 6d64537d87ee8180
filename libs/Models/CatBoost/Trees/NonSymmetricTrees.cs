using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>
/// Trees with a question of its own at every node (grow policies Depthwise and Lossguide). The nodes of all trees stand in a row, tree
/// after tree, each tree's root first. From a node one goes on by <see cref="TreeNode.Right"/> if the answer is yes, else by
/// <see cref="TreeNode.Left"/>; 0 means that the node itself holds the leaf of that side. Immutable.
/// </summary>
public sealed class NonSymmetricTrees
{
    /// <summary>What <see cref="LeafOffsets"/> holds at nodes without a leaf.</summary>
    public const uint NoLeaf = uint.MaxValue;

    /// <summary>Nodes per tree, at least 1; one element per tree.</summary>
    public required ImmutableArray<int> NodeCounts { get; init; }

    /// <summary>Binary feature number of each node; without meaning where both steps are 0.</summary>
    public required ImmutableArray<int> Splits { get; init; }

    /// <summary>Where to go from each node.</summary>
    public required ImmutableArray<TreeNode> Nodes { get; init; }

    /// <summary>Each node's place in <see cref="CatBoostModel.LeafValues"/> (of output 0), or <see cref="NoLeaf"/>.</summary>
    public required ImmutableArray<uint> LeafOffsets { get; init; }
}
