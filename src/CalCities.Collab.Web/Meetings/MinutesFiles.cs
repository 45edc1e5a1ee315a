using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CalCities.Collab.Meetings;

/// <summary>Minutes as a document to edit. As PDF the record is printed from its page: the fonts that a PDF library brings along have no letters for La Cañada Flintridge.</summary>
internal static class MinutesFiles
{
    /// <summary>A Word document whose headings are headings.</summary>
    public static byte[] Word(IEnumerable<MinutesLine> lines)
    {
        using var bytes = new MemoryStream();
        using (var document = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(Style("Title", "Title", 36, null), Style("Heading1", "heading 1", 28, 0));
            main.Document = new Document(new Body(lines.Select(line => new Paragraph(
                new ParagraphProperties(line.Level == 2 ? [] : [new ParagraphStyleId { Val = line.Level == 0 ? "Title" : "Heading1" }]),
                new Run(new Text(line.Text) { Space = SpaceProcessingModeValues.Preserve })))));
        }

        return bytes.ToArray();
    }

    private static Style Style(string id, string name, int halfPoints, int? outline) => new(
        new StyleName { Val = name },
        new StyleParagraphProperties(outline is { } level ? [new KeepNext(), new OutlineLevel { Val = level }] : [new KeepNext()]),
        new StyleRunProperties(new Bold(), new FontSize { Val = halfPoints.ToString(System.Globalization.CultureInfo.InvariantCulture) }))
    { Type = StyleValues.Paragraph, StyleId = id };
}
