use super::*;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(text.as_bytes()).expect("it reads")));
}

#[test]
fn headings_styles_links_lists_and_letters_come_over() {
    check(
        r#"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Pump}}{\header Depot 7\par}
\pard\outlinelevel0 Cause\par
\pard A {\b valve} st\'fcck{\v secret} \u8211? see {\field{\*\fldinst{HYPERLINK "https://x.example/7"}}{\fldrslt{the ticket}}}, \u-10179?\u-8704? ok{\footnote old}\line next\par
\pard{\listtext\tab 1.\tab}one\par
\pard\ilvl1{\listtext\bullet\tab}under\par
\pard\intbl Time\cell Event\cell\row
\pard\intbl 02:37\cell rang\par twice\cell\row
\pard end}"#,
        expect![[r#"
            Edge  Depot 7
            H1    Cause
            Line  A *valve* stück – see [the ticket](https://x.example/7), 😀 ok[^1]⏎next
            Item  1. one
            Item    • under
            Table Time | Event
                   02:37 | rang ¶ twice
            Line  end
            Line  [^1]: old
            dropped (what the file says of itself): Pump
            dropped (hidden words): secret
        "#]],
    );
}

#[test]
fn letters_of_other_code_pages_are_decoded_together() {
    check(
        r"{\rtf1\ansi\ansicpg1251 \'c0\'e2\'e0\'f0\'e8\'ff}",
        expect![[r#"
        Line  Авария
    "#]],
    );
    check(
        r"{\rtf1\ansi\ansicpg932 \'8f\'e1\'8a\'51}",
        expect![[r#"
        Line  障害
    "#]],
    );
}

#[test]
fn what_is_cut_off_or_too_deep_is_refused() {
    assert!(matches!(read(b"{\\rtf1 a"), Err(ReadError::Broken { format: "RTF", .. })));
    assert!(matches!(read("{".repeat(1000).as_bytes()), Err(ReadError::TooDeep { .. })));
}

#[test]
fn a_picture_is_listed_once_as_left_out() {
    let source = read(br"{\rtf1 Press {\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 0100}} stops.}").expect("it reads");
    assert_eq!(source.dropped.iter().map(|dropped| dropped.text.as_str()).collect::<Vec<_>>(), ["1 picture"]);
}
