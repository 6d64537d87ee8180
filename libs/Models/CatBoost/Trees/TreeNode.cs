using System.Runtime.InteropServices;

namespace BatchScoring.Models;

/// <summary>The steps forward from a node to its children; 0 means that the node holds the leaf of that side.</summary>
/// <param name="Left">Step if the split's answer is no.</param>
/// <param name="Right">Step if the split's answer is yes.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
public readonly record struct TreeNode(ushort Left, ushort Right);
