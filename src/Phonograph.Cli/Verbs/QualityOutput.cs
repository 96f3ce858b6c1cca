using System.Globalization;
using System.Text;
using Phonograph.Datasets;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>phonograph dataset --quality</c> prints.</summary>
internal static class QualityOutput
{
    private const int MostNamed = 10;

    internal static string Text(LabelQuality quality)
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine($"{"label quality",-24} {"examined",9} {"found",7}");
        foreach (QualityCheck check in quality.Checks)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {check.Key,-22} {check.Examined,9} {check.Findings.Length,7}  {check.Question}");
            foreach (QualityFinding finding in check.Findings.Take(MostNamed))
            {
                text.AppendLine($"      {finding.Id}: {finding.Detail}");
            }

            if (check.Findings.Length > MostNamed)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      and {check.Findings.Length - MostNamed} more (--json names all)");
            }
        }

        return text.ToString();
    }

    internal static object Json(LabelQuality quality) => quality.Checks.Select(check => new
    {
        check = check.Key,
        question = check.Question,
        examined = check.Examined,
        found = check.Findings.Length,
        findings = check.Findings.Select(finding => new { id = finding.Id, detail = finding.Detail }),
    });
}
