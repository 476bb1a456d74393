//! What the file says about itself: document information, XMP, language, output intent.
//! Always true: both kinds of metadata agree; the time is the one handed in; a draft says that it is one.

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{File, WriteError, object::text};

/// The sRGB profile every colour is meant in.
const SRGB: &[u8] = include_bytes!("../../icc/sRGB-v2-magic.icc");

/// What the file says about itself.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// The title, which a viewer shows instead of the file's name.
    pub title: String,
    /// Who wrote the report.
    pub author: Option<String>,
    /// What it is: form, reference, version; for a draft, that it is one.
    pub subject: String,
    /// "Draft" or "Issued".
    pub status: &'static str,
    /// Who may read it: the marking, in its own words.
    pub rights: Option<String>,
    /// The language of the text, as BCP 47 writes it.
    pub language: String,
    /// When the report was issued.
    pub issued_at: DateTime<Utc>,
    /// The program, with its version.
    pub producer: String,
}

/// Writes the metadata into catalogue and trailer.
pub fn describe(file: &mut File<'_>, metadata: &Metadata) -> Result<(), WriteError> {
    let packet = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(metadata).into_bytes());
    let packet = file.pdf.add_object(packet.with_compression(false));
    let profile = file.pdf.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text("sRGB"),
        "Info" => text("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let catalog = file.catalog()?;
    catalog.set("Lang", text(&metadata.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", packet);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    let information = file.pdf.trailer.get(b"Info")?.as_reference()?;
    file.pdf.set_object(information, information_of(metadata));
    Ok(())
}

/// A date as PDF writes it (ISO 32000-1, 7.9.4).
pub fn pdf_date(at: DateTime<Utc>) -> Object {
    Object::string_literal(at.format("D:%Y%m%d%H%M%SZ").to_string())
}

fn information_of(metadata: &Metadata) -> Dictionary {
    let mut information = dictionary! {
        "Title" => text(&metadata.title),
        "Subject" => text(&metadata.subject),
        "Creator" => text(&metadata.producer),
        "Producer" => text(&metadata.producer),
        "CreationDate" => pdf_date(metadata.issued_at),
        "ModDate" => pdf_date(metadata.issued_at),
        "Status" => text(metadata.status),
    };
    if let Some(author) = &metadata.author {
        information.set("Author", text(author));
    }
    information
}

/// The XMP packet, with the extension schema without which PDF/A does not let PDF/UA be named.
fn xmp(metadata: &Metadata) -> String {
    let title = escape(&metadata.title);
    let subject = escape(&metadata.subject);
    let language = escape(&metadata.language);
    let producer = escape(&metadata.producer);
    let date = metadata.issued_at.format("%Y-%m-%dT%H:%M:%SZ");
    let creator = metadata
        .author
        .as_deref()
        .map(|author| format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escape(author)))
        .unwrap_or_default();
    let rights = metadata
        .rights
        .as_deref()
        .map(|rights| format!("<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:rights>\n", escape(rights)))
        .unwrap_or_default();
    let mark = '\u{feff}';
    format!(
        r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creator}<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
{rights}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#
    )
}

/// XML 1.0 knows neither control characters nor the two that are no characters.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
