use super::read;
use crate::read::ReadError;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(markdown: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(markdown).expect("it reads")));
}

#[test]
fn blocks_and_styles_come_over() {
    check(
        "# Mail delayed\n\nWrapped\nhere, **from** *09:40*,  \nsee [ticket](https://x.example/7 \"T\") and ~~nothing~~ `x`.\n\n3. third\n\n   more\n   - under\n4. [x] done\n\n> sorry\n\n---\n\n```log\na\n\nb\n```\n",
        expect![[r#"
            H1    Mail delayed
            Line  Wrapped here, *from* _09:40_,⏎see [ticket](https://x.example/7) and {-nothing-} `x`.
            Item  3. third⏎more
            Item    • under
            Item  4. [x] done
            Quote sorry
            Rule
            Code  a⏎⏎b
            dropped (a tooltip): T
            dropped (the language of a code block): log
        "#]],
    );
}

#[test]
fn rows_of_a_timeline_stay_rows_though_no_blank_line_parts_them() {
    check(
        "11:18 Alerted by\nthe monitor\n11.19 Rang Ada\n- 11:20 looked\n",
        expect![[r#"
            Line  11:18 Alerted by the monitor⏎11.19 Rang Ada
            Item  • 11:20 looked
        "#]],
    );
}

#[test]
fn tables_pictures_and_footnotes_come_over() {
    check(
        "| When | What ![chart](c.png) |\n|---|:-:|\n| 09:40 | **rang** \\| twice |\n\nSee[^1] ![A map](data:image/gif;base64,R0lGODlhAQABAAAAACw=) now.\n\n[^1]: Told by phone.\n\n[unused]: https://x.example/unused\n",
        expect![[r#"
            Table+ When | What
                   09:40 | *rang* | twice
            Pict  chart <c.png> None
            Line  See[^1]
            Pict  A map <picture-1.gif> Some(0)
            Line  now.
            Line  [^1]: Told by phone.
            dropped (an address that no link uses): [unused]: https://x.example/unused
            file picture-1.gif (image/gif, 14 bytes)
        "#]],
    );
}

#[test]
fn html_inside_is_read_and_what_only_looks_like_it_stays() {
    check(
        "Run `x` on <host> then<br>wait <!-- check --> <b>long</b>.\n\n<details><summary>More</summary>\n\ninside\n\n</details>\n\n<script>alert(1)</script>\n",
        expect![[r#"
            Line  Run `x` on <host> then⏎wait  *long*.
            Line  More
            Line  inside
            dropped (a comment): check
            dropped (a script): alert(1)
        "#]],
    );
}

#[test]
fn front_matter_gives_names_and_a_rule_stays_a_rule() {
    check(
        "---\ntitle: \"Mail: delayed\"\ntags:\n  - mail\n---\nText\n",
        expect![[r#"
            Named title = Mail: delayed
            Named tags = mail
            Line  Text
        "#]],
    );
    check(
        "---\nNot a name\n\n---\nText\n",
        expect![[r#"
            Rule
            Line  Not a name
            Rule
            Line  Text
        "#]],
    );
}

#[test]
fn absurd_nesting_is_refused_soon() {
    for deep in
        [">".repeat(100_000), "- ".repeat(100_000) + "x", "1. ".repeat(100_000) + "x", "*a **b ".repeat(20_000) + &"** c*".repeat(20_000)]
    {
        match read(&deep) {
            Err(ReadError::TooDeep { .. }) => {}
            other => assert!(other.is_ok_and(|source| source.blocks.len() == 1), "{}", &deep[..8]),
        }
    }
}

#[test]
fn a_table_without_end_is_refused() {
    let rows = format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(crate::read::MOST_CELLS / 2));
    assert!(matches!(read(&rows), Err(ReadError::TooMany { what: "cells", .. })));
}
