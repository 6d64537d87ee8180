using System.IO.Compression;
using System.Text;

namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>
/// An <c>.xlsx</c> file (ECMA-376, transitional), written in one go and in constant memory: the names of its sheets are known first, then
/// come their rows. The same rows give the same bytes.
/// </summary>
/// <remarks>
/// Ours, and not MiniExcel's (1.46 was tried, trimmed: fast and small enough): in its cells LibreOffice loses blanks at a text's ends and
/// carriage returns, shows <c>_xD83D__xDE00_</c> for a letter beyond U+FFFF, and takes an infinite number for 0.
/// </remarks>
internal sealed class Workbook : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Style 0 is plain, style 1 a date as ISO 8601 has it.</summary>
    private const string Styles = $"""
        <styleSheet xmlns="{Main}">
        <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;

    /// <summary>The first that a ZIP knows: the same rows are the same file, whenever they are written.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip;
    private int _begun;

    /// <param name="output">Where to; need not be seekable. Closed at the end.</param>
    /// <param name="sheets">Plain names, 31 letters at most.</param>
    public Workbook(Stream output, IReadOnlyList<string> sheets)
    {
        _zip = new ZipArchive(output, ZipArchiveMode.Create);
        int[] numbers = [.. Enumerable.Range(1, sheets.Count)];
        Put("[Content_Types].xml", $"""<Types xmlns="{Package}/content-types">"""
            + """<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"""
            + Part("/xl/workbook.xml", "sheet.main") + Part("/xl/styles.xml", "styles")
            + string.Concat(numbers.Select(n => Part($"/xl/worksheets/sheet{n}.xml", "worksheet"))) + "</Types>");
        Put("_rels/.rels", Relations(("officeDocument", "xl/workbook.xml")));
        Put("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>"""
            + string.Concat(sheets.Zip(numbers, (name, n) => $"""<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"""))
            + "</sheets></workbook>");
        Put("xl/_rels/workbook.xml.rels",
            Relations([.. numbers.Select(n => ("worksheet", $"worksheets/sheet{n}.xml")), ("styles", "styles.xml")]));
        Put("xl/styles.xml", Styles);
    }

    /// <summary>The next sheet, in the order of their names; dispose of it before the one after.</summary>
    public Sheet Begin(int columns) => new(Open($"xl/worksheets/sheet{++_begun}.xml"), columns);

    public void Dispose() => _zip.Dispose();

    private static string Part(string name, string kind) => $"""<Override PartName="{name}" ContentType="{Content}.{kind}+xml"/>""";

    private static string Relations(params (string Type, string Target)[] all) => $"""<Relationships xmlns="{Package}/relationships">"""
        + string.Concat(all.Select((one, i) => $"""<Relationship Id="rId{i + 1}" Type="{Office}/{one.Type}" Target="{one.Target}"/>"""))
        + "</Relationships>";

    private void Put(string name, string xml)
    {
        using Stream stream = Open(name);
        stream.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + xml));
    }

    private Stream Open(string name)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        return entry.Open();
    }
}
