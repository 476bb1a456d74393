use super::*;
use crate::read::fixtures::packed;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

/// Packs a workbook: its sheets by name, hidden or not, each with the XML of its rows and what follows them; format 1 shows a moment, 2 a length.
fn workbook(dates: &str, sheets: &[(&str, bool, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut part = |name: &str, text: &str| parts.push((name.to_owned(), text.to_owned()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut links) = (String::new(), String::new());
    for (at, (name, hidden, body)) in sheets.iter().enumerate() {
        let state = if *hidden { " state=\"hidden\"" } else { "" };
        list += &format!("<sheet name=\"{name}\" sheetId=\"{}\"{state} r:id=\"r{at}\"/>", at + 1);
        links += &format!("<Relationship Id=\"r{at}\" Type=\"{rels}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>");
        part(&format!("xl/worksheets/sheet{at}.xml"), &format!("<worksheet xmlns=\"{main}\" xmlns:r=\"{rels}\">{body}</worksheet>"));
    }
    part("[Content_Types].xml", "<Types/>");
    part(
        "_rels/.rels",
        &format!("<Relationships><Relationship Id=\"a\" Type=\"{rels}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
    );
    part(
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{main}\" xmlns:r=\"{rels}\"><workbookPr{dates}/><sheets>{list}</sheets></workbook>"),
    );
    part("xl/_rels/workbook.xml.rels", &format!("<Relationships>{links}</Relationships>"));
    let formats =
        "<numFmts><numFmt numFmtId=\"170\" formatCode=\"dd/mm/yyyy hh:mm\"/><numFmt numFmtId=\"171\" formatCode=\"[h]:mm\"/></numFmts>";
    part(
        "xl/styles.xml",
        &format!(
            "<styleSheet xmlns=\"{main}\">{formats}<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>"
        ),
    );
    more.iter().for_each(|(name, text)| part(name, text));
    packed(&parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

/// A row of cells: `@` before a number shows it as a moment, `#` as a length, `=` gives a formula with its result.
fn row(number: u32, cells: &[&str]) -> String {
    let cell = |(at, cell): (usize, &&str)| {
        let place = format!("{}{number}", char::from(b'A' + u8::try_from(at).expect("few columns")));
        match cell.chars().next() {
            None => String::new(),
            Some('@') => format!("<c r=\"{place}\" s=\"1\"><v>{}</v></c>", &cell[1..]),
            Some('#') => format!("<c r=\"{place}\" s=\"2\"><v>{}</v></c>", &cell[1..]),
            Some('=') => format!("<c r=\"{place}\"><f>SUM(A1)</f><v>{}</v></c>", &cell[1..]),
            _ => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
        }
    };
    format!("<row r=\"{number}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

fn sheet(rows: &[(u32, &[&str])]) -> String {
    format!("<sheetData>{}</sheetData>", rows.iter().map(|(number, cells)| row(*number, cells)).collect::<String>())
}

fn check(book: &[u8], expected: Expect) {
    expected.assert_eq(&shown(&read(book).expect("it reads")));
}

#[test]
fn sheets_are_lines_and_tables_under_their_names() {
    let facts = sheet(&[(1, &["Pump house"]), (3, &["Status", "Resolved"]), (4, &["Loss", "=0.30000000000000004"])]);
    let log = sheet(&[
        (1, &["When", "Event", "Took"]),
        (2, &["@46092.109027777777", "Alarm rang", "#1.0625"]),
        (4, &["@46092", "Valve freed&#10;and oiled", ""]),
        (5, &["@0.5", "Looked", "yes"]),
    ]);
    let links = "<hyperlinks><hyperlink ref=\"B2\" r:id=\"h\"/></hyperlinks>";
    let target = "<Relationships><Relationship Id=\"h\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://x.example/7\" TargetMode=\"External\"/></Relationships>";
    let merged = format!("{log}<mergeCells count=\"1\"><mergeCell ref=\"C2:C4\"/></mergeCells>{links}");
    let book = workbook(
        "",
        &[("Facts", false, &facts), ("Log", false, &merged), ("Old", true, &sheet(&[(1, &["secret", "words"])]))],
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", target),
            ("xl/comments1.xml", "<comments><comment><text><r><t>why so?</t></r></text></comment></comments>"),
        ],
    );
    check(
        &book,
        expect![[r#"
            Line  Pump house
            Named Status = Resolved
            Named Loss = 0.3
            H2    Log
            Table+ When | Event | Took
                   2026-03-11 02:37 | [Alarm rang](https://x.example/7) | 25:30
                   2026-03-11 | Valve freed ¶ and oiled | 25:30
                   12:00 | Looked | yes
            dropped (the name of a sheet): Facts
            dropped (the hidden sheet “Old”): secret	words
            dropped (a comment on a cell): why so?
        "#]],
    );
}

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    let book = workbook(" date1904=\"1\"", &[("Sheet1", false, &sheet(&[(1, &["@44630.5", "Alarm"]), (2, &["@44630.75", "Quiet"])]))], &[]);
    check(
        &book,
        expect![[r#"
        Table 2026-03-11 12:00 | Alarm
               2026-03-11 18:00 | Quiet
        dropped (the name of a sheet): Sheet1
    "#]],
    );
}

#[test]
fn what_is_no_sound_workbook_is_refused_with_a_sentence() {
    let swollen = " ".repeat(70_000_000);
    let book = workbook("", &[("A", false, "<sheetData/>")], &[("xl/sharedStrings.xml", &swollen)]);
    assert!(matches!(read(&book), Err(ReadError::Swells { part, .. }) if part == "xl/sharedStrings.xml"));
    let broken = read(&workbook("", &[("A", false, "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></row>")], &[])).expect_err("it is broken");
    assert!(broken.to_string().starts_with("this is not a sound Excel file"), "{broken}");
    let wide = sheet(&[(1, &["a", "b"])]).replace("r=\"B1\"", "r=\"XFD1048576\"");
    check(
        &workbook("", &[("Sheet1", false, &wide)], &[]),
        expect![[r#"
        Line  a
        Line  b
        dropped (the name of a sheet): Sheet1
    "#]],
    );
}
