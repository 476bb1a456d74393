use crate::read::fixtures::packed;
use crate::read::shown::shown;
use crate::read::{Given, ReadError, read};
use crate::source::Source;
use expect_test::{Expect, expect};

const MAIN: &str = r#"<Relationships><Relationship Id="r0" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn document(body: &str, more: &[(&str, &str)]) -> Result<Source, ReadError> {
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("_rels/.rels", MAIN.as_bytes()), ("word/document.xml", body.as_bytes())];
    parts.extend(more.iter().map(|(name, words)| (*name, words.as_bytes())));
    read(Some("a.docx"), &packed(&parts), &Given::default())
}

fn check(body: &str, more: &[(&str, &str)], expected: Expect) {
    expected.assert_eq(&shown(&document(body, more).expect("it reads")));
}

#[test]
fn headings_lists_styles_and_links_come_over() {
    check(
        r#"<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr><w:r><w:t>Summary</w:t></w:r></w:p>
           <w:p><w:r><w:t xml:space="preserve">At </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>09:40</w:t></w:r><w:r><w:tab/><w:t>see </w:t></w:r>
             <w:hyperlink r:id="r5"><w:r><w:t>ticket &amp; log</w:t></w:r></w:hyperlink></w:p>
           <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>
           <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr></w:pPr><w:r><w:t>under</w:t></w:r></w:p>
           <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr></w:pPr><w:r><w:t>two</w:t></w:r></w:p>
           <w:p><w:r><w:br w:type="page"/></w:r></w:p>
           <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://x.example/8"</w:instrText></w:r>
             <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>eight</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#,
        &[
            (
                "word/_rels/document.xml.rels",
                r#"<Relationships><Relationship Id="r1" Type="x/styles" Target="styles.xml"/><Relationship Id="r2" Type="x/numbering" Target="/word/numbering.xml"/>
                   <Relationship Id="r5" Type="x/hyperlink" Target="https://x.example/7" TargetMode="External"/></Relationships>"#,
            ),
            ("word/styles.xml", r#"<w:styles><w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style></w:styles>"#),
            (
                "word/numbering.xml",
                r#"<w:numbering><w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>
                   <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num></w:numbering>"#,
            ),
        ],
        expect![[r#"
            H1    Summary
            Line  At *09:40*⇥see [ticket & log](https://x.example/7)
            Item  3. one
            Item    • under
            Item  4. two
            Rule
            Line  [eight](https://x.example/8)
            dropped (hidden words): hidden
        "#]],
    );
}

#[test]
fn merged_cells_and_nested_tables_come_over() {
    let cell =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let rows = [
        format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>", cell("", "Incident"), cell("<w:gridSpan w:val=\"2\"/>", "Linked")),
        format!("<w:tr>{}{}{}</w:tr>", cell("<w:vMerge w:val=\"restart\"/>", "INC7"), cell("", "INC8"), cell("", "repeat")),
        format!(
            "<w:tr>{}{}{}</w:tr>",
            cell("<w:vMerge/>", ""),
            cell("", "INC9"),
            "<w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>in</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc>"
        ),
    ];
    check(
        &format!("<w:tbl>{}</w:tbl>", rows.join("")),
        &[],
        expect![[r#"
            Table+ Incident | Linked [2×1]
                   INC7 [1×2] | INC8 | repeat
                   INC9 | in
        "#]],
    );
}

#[test]
fn tracked_changes_keep_both_readings_and_comments_are_listed() {
    check(
        r#"<w:p><w:r><w:t xml:space="preserve">Down for </w:t></w:r><w:del w:author="A"><w:r><w:delText>two</w:delText></w:r></w:del><w:ins w:author="A"><w:r><w:t>three</w:t></w:r></w:ins><w:r><w:t> hours</w:t></w:r>
           <w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#,
        &[
            (
                "word/_rels/document.xml.rels",
                r#"<Relationships><Relationship Id="c" Type="x/comments" Target="comments.xml"/><Relationship Id="n" Type="x/footnotes" Target="footnotes.xml"/>
                   <Relationship Id="h" Type="x/header" Target="header1.xml"/><Relationship Id="f" Type="x/footer" Target="footer1.xml"/><Relationship Id="g" Type="x/footer" Target="footer2.xml"/></Relationships>"#,
            ),
            (
                "word/comments.xml",
                r#"<w:comments><w:comment w:author="Bo"><w:p><w:r><w:t>Sure?</w:t></w:r></w:p></w:comment></w:comments>"#,
            ),
            (
                "word/footnotes.xml",
                r#"<w:footnotes><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Measured.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
            ),
            ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"),
            ("word/footer1.xml", "<w:ftr><w:p><w:r><w:t>GREEN</w:t></w:r></w:p></w:ftr>"),
            ("word/footer2.xml", "<w:ftr><w:p><w:r><w:t>GREEN</w:t></w:r></w:p></w:ftr>"),
        ],
        expect![[r#"
            Edge  Draft
            Line  Down for {-two-}{+three+} hours[^2]
            Line  [^2]: Measured.
            Edge  GREEN
            dropped (the same words at the edge of another page): GREEN
            dropped (a comment by Bo): Sure?
        "#]],
    );
}

#[test]
fn pictures_and_boxes_come_over_and_those_outside_are_only_named() {
    let drawing =
        |id: &str, attr: &str| format!("<w:r><w:drawing><wp:docPr descr=\"A chart\"/><a:blip r:{attr}=\"{id}\"/></w:drawing></w:r>");
    check(
        &format!(
            "<w:p><w:r><w:t>See</w:t></w:r>{}{}<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            drawing("p", "embed"),
            drawing("q", "link")
        ),
        &[
            (
                "word/_rels/document.xml.rels",
                r#"<Relationships><Relationship Id="p" Type="x/image" Target="media/image1.png"/><Relationship Id="q" Type="x/image" Target="https://x.example/a.png" TargetMode="External"/></Relationships>"#,
            ),
            ("word/media/image1.png", "GIF89a\u{1}"),
        ],
        expect![[r#"
            Line  See
            Pict  A chart <image1.png> Some(0)
            Pict  A chart <https://x.example/a.png> None
            Line  boxed
            file image1.png (image/gif, 7 bytes)
        "#]],
    );
}

#[test]
fn a_part_that_swells_is_refused_while_it_is_unpacked() {
    let zeros = vec![b' '; 70_000_000];
    let bomb = packed(&[("_rels/.rels", MAIN.as_bytes()), ("word/document.xml", &zeros)]);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    assert!(matches!(read(None, &bomb, &Given::default()), Err(ReadError::Swells { part, .. }) if part == "word/document.xml"));
}

#[test]
fn entities_and_absurd_nesting_are_refused() {
    let lol = r#"<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><w:document>&lol2;</w:document>"#;
    let bomb = packed(&[("_rels/.rels", MAIN.as_bytes()), ("word/document.xml", lol.as_bytes())]);
    assert!(matches!(read(None, &bomb, &Given::default()), Err(ReadError::Entities { .. })));
    assert!(matches!(document("<w:p><w:r><w:t>&xxe;</w:t></w:r></w:p>", &[]), Err(ReadError::Entities { name }) if name == "xxe"));
    let deep = format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000));
    assert!(matches!(document(&deep, &[]), Err(ReadError::TooDeep { .. })));
}

#[test]
fn other_zip_files_and_cut_off_ones_are_named() {
    let said = |bytes: &[u8]| read(None, bytes, &Given::default()).expect_err("no document").to_string();
    assert!(said(&packed(&[("content.xml", b"<a/>")])).starts_with("this is a presentation"));
    assert!(said(&packed(&[("a.txt", b"a")])).starts_with("this is an archive (ZIP)."));
    let whole = packed(&[("_rels/.rels", MAIN.as_bytes()), ("word/document.xml", b"<w:document/>")]);
    assert!(said(&whole[..whole.len() / 2]).starts_with("this is not a sound ZIP file"));
    assert!(matches!(document("<w:p><w:r>", &[]), Err(ReadError::Broken { .. })));
}
