namespace Phonograph.Explaining.Networks;

/// <summary>How well an explanation orders pairs of elements and ranges of lengths, beside the size of the change of the teacher's gap without the hoppings of each: rank correlations, -1 to 1.</summary>
/// <param name="Shells">Number of pairs and ranges that are ranked.</param>
/// <param name="ByChange">By the size of the exact change of the prediction without the bonds, mean over cells.</param>
/// <param name="ByImportance">By the size of importance by the chosen method, summed over bonds.</param>
/// <param name="ByLength">By the size of d(prediction)/d(length), summed over bonds.</param>
public sealed record ShellAgreement(int Shells, double ByChange, double ByImportance, double ByLength);
