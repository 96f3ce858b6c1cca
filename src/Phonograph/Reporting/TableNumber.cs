namespace Phonograph.Reporting;

/// <summary>Numbers of the tables of a report, in the order of its page; a study without one of them leaves its number out.</summary>
internal static class TableNumber
{
    internal const string Accuracy = "Table 1";
    internal const string Baselines = "Table 2";
    internal const string Published = "Table 3";
    internal const string Sets = "Table 4";
    internal const string Settings = "Table 5";
    internal const string CurveEnds = "Table 6";
    internal const string CurveLaws = "Table 7";
    internal const string CurveSavings = "Table 8";
    internal const string Importance = "Table 9";
    internal const string Comparisons = "Table 10";
    internal const string Errors = "Table 11";
    internal const string Conditions = "Table 12";
    internal const string SchemeDifferences = "Table 13";
    internal const string ThermalMeans = "Table 14";
    internal const string SchemeContrasts = "Table 15";
    internal const string SchemeLaws = "Table 16";
    internal const string SchemeSavings = "Table 17";
    internal const string SchemeHypotheses = "Table 18";
}
