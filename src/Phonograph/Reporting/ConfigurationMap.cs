using System.Collections.Immutable;

namespace Phonograph.Reporting;

/// <summary>Configurations in the plane of the two directions in which the drawn ones differ most: principal components of a descriptor that ignores rotation, origin and order of the atoms.</summary>
/// <param name="Descriptor">What describes a configuration, in words.</param>
/// <param name="Axes">The two directions.</param>
/// <param name="Points">Every configuration.</param>
public sealed record ConfigurationMap(string Descriptor, ImmutableArray<MapAxis> Axes, ImmutableArray<MapPoint> Points);

/// <summary>One direction of the map.</summary>
/// <param name="ExplainedVariance">Share of the variance of the descriptor over the drawn configurations, 0 to 1.</param>
/// <param name="Positive">The features that grow most along it.</param>
/// <param name="Negative">The features that fall most along it.</param>
public sealed record MapAxis(double ExplainedVariance, string Positive, string Negative);

/// <summary>Place of one configuration.</summary>
/// <param name="Id">Identifier, as in <see cref="ConfigurationRow"/>.</param>
/// <param name="First">Along the first direction, in units in which the variances of all directions sum to one.</param>
/// <param name="Second">Along the second.</param>
public sealed record MapPoint(string Id, double First, double Second);
