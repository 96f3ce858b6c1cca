using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting;

/// <summary>A figure of the report with its data.</summary>
/// <param name="Name">Name of its files, without extension.</param>
/// <param name="Number">Label, for example <c>Figure 4</c>.</param>
/// <param name="Title">What it shows, one line.</param>
/// <param name="Caption">What the reader must know to read it, plain text.</param>
/// <param name="Scene">The drawing.</param>
/// <param name="Data">The numbers drawn.</param>
internal sealed record ReportFigure(string Name, string Number, string Title, string Caption, Scene Scene, CsvTable Data);
