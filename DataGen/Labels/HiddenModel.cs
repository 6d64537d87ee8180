using BatchScoring.DataGen.Columns;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Labels;

/// <summary>The model that decides who defaults: the best that any other model can become.</summary>
/// <param name="Model">As it is written to the <c>.cbm</c> file.</param>
/// <param name="Columns">The columns that it reads.</param>
internal sealed record HiddenModel(CatBoostModel Model, IReadOnlyList<FeatureColumn> Columns);
