use super::*;
use crate::read::fixtures::packed;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

const STYLES: &str = r#"<s:document-styles><s:master-styles><s:master-page><s:header><t:p>Depot 7</t:p></s:header></s:master-page></s:master-styles></s:document-styles>"#;
const AUTOMATIC: &str = r#"<o:automatic-styles><s:style s:name="B"><s:text-properties f:font-weight="bold"/></s:style><s:style s:name="T" s:parent-style-name="Title"/><s:style s:name="H"><s:table-properties t:display="false"/></s:style><t:list-style s:name="L"><t:list-level-style-number/><t:list-level-style-bullet/></t:list-style></o:automatic-styles>"#;

fn document(body: &str) -> Vec<u8> {
    let content = format!("<o:document-content>{AUTOMATIC}<o:body>{body}</o:body></o:document-content>");
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    packed(&[("content.xml", content.as_bytes()), ("styles.xml", STYLES.as_bytes()), ("Pictures/p.png", picture)])
}

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(&document(body)).expect("it reads")));
}

#[test]
fn a_text_keeps_headings_lists_tables_notes_and_pictures() {
    check(
        r#"<o:text><t:tracked-changes><t:changed-region><t:deletion><t:p>struck words</t:p></t:deletion></t:changed-region></t:tracked-changes>
        <t:p t:style-name="T">Pump hot</t:p><t:h t:outline-level="2">Cause</t:h>
        <t:p>A <t:span t:style-name="B">valve</t:span> stuck<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>It was old.</t:p></t:note-body></t:note>, see <t:a x:href="https://x.example/7">ticket</t:a>.<o:annotation><t:p>why?</t:p></o:annotation></t:p>
        <t:list t:style-name="L"><t:list-item><t:p>one</t:p><t:p>more of one</t:p><t:list><t:list-item><t:p>under</t:p></t:list-item></t:list></t:list-item><t:list-item><t:p>two</t:p></t:list-item></t:list>
        <t:table><t:table-header-rows><t:table-row><t:table-cell><t:p>Time</t:p></t:table-cell><t:table-cell><t:p>Event</t:p></t:table-cell></t:table-row></t:table-header-rows><t:table-row><t:table-cell t:number-rows-spanned="2"><t:p>02:37</t:p></t:table-cell><t:table-cell><t:p>rang</t:p></t:table-cell></t:table-row><t:table-row><t:covered-table-cell/><t:table-cell><t:p>looked</t:p></t:table-cell></t:table-row></t:table>
        <t:p><d:frame><d:image x:href="Pictures/p.png"/><s:title>The chart</s:title></d:frame></t:p></o:text>"#,
        expect![[r#"
            Edge  Depot 7
            H1    Pump hot
            H2    Cause
            Line  A *valve* stuck[^1], see [ticket](https://x.example/7).
            Item  1. one⏎more of one
            Item    • under
            Item  2. two
            Table+ Time | Event
                   02:37 [1×2] | rang
                    | looked
            Pict  The chart <p.png> Some(0)
            Line  [^1]: It was old.
            dropped (a tracked deletion): struck words
            dropped (a comment): why?
            file p.png (image/png, 16 bytes)
        "#]],
    );
}

#[test]
fn a_sheet_is_a_grid_with_days_as_days() {
    check(
        r#"<o:spreadsheet><t:table t:name="Log"><t:table-row><t:table-cell><t:p>When</t:p></t:table-cell><t:table-cell><t:p>Event</t:p></t:table-cell></t:table-row>
        <t:table-row><t:table-cell o:value-type="date" o:date-value="2026-03-11T02:37:00.25"><t:p>11.03.26</t:p></t:table-cell><t:table-cell><t:p>rang</t:p><o:annotation><t:p>twice</t:p></o:annotation></t:table-cell></t:table-row>
        <t:table-row t:number-rows-repeated="1048000"><t:table-cell t:number-columns-repeated="1024"/></t:table-row></t:table>
        <t:table t:name="Old" t:style-name="H"><t:table-row><t:table-cell><t:p>secret</t:p></t:table-cell></t:table-row></t:table></o:spreadsheet>"#,
        expect![[r#"
            Table+ When | Event
                   2026-03-11 02:37:00.25 | rang
            dropped (a comment on a cell): twice
            dropped (the name of a sheet): Log
            dropped (the hidden sheet “Old”): secret
        "#]],
    );
}

#[test]
fn what_repeats_without_end_is_refused() {
    let body = r#"<o:spreadsheet><t:table><t:table-row t:number-rows-repeated="4000000000"><t:table-cell t:number-columns-repeated="200"><t:p>x</t:p></t:table-cell></t:table-row></t:table></o:spreadsheet>"#;
    assert!(matches!(read(&document(body)), Err(ReadError::TooMany { what: "cells", .. })));
    assert!(matches!(read(&document("<o:presentation/>")), Err(ReadError::NotRead { .. })));
}
