namespace BatchScoring.DataGen.Labels;

/// <summary>One possible split of the hidden model, and how much a yes adds to the raw score, up to the common scale.</summary>
internal readonly record struct Question(int Number, double Effect);
