use super::read;
use crate::read::ReadError;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(html: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(html).expect("it reads")));
}

#[test]
fn blocks_and_styles_come_over() {
    check(
        "<!doctype html><title>Outage</title><h1>Mail   delayed</h1>\n<p>From <b>09:40</b> to <i>10:<b>15</b></i>,<br>see <a href='https://x.example/7'>ticket\n 7</a>.</p>
         <ol start=3><li>first<ul><li>under</ul><li><p>second</p><p>more</p></ol><hr><pre>  a\n  b\n</pre><blockquote><p>sorry</p></blockquote><code>x</code> loose",
        expect![[r#"
            H1    Mail delayed
            Line  From *09:40* to _10:_*_15_*,⏎see [ticket 7](https://x.example/7).
            Item  3. first
            Item    • under
            Item  4. second⏎more
            Rule
            Code    a⏎  b
            Quote sorry
            Line  `x` loose
            dropped (the name of the page, which is headed otherwise): Outage
        "#]],
    );
}

#[test]
fn tables_keep_spans_and_lines_and_a_layout_table_gives_way() {
    check(
        "<table><tr><td><h2>Facts</h2><table><thead><tr><th>When<th>What</thead><tr><td rowspan=2>09:40<td><p>rang</p><p>twice</p><tr><td colspan=2>10:00</table></table>
         <table><tr><td>only cell</table><dl><dt>Owner<dd>Ada<dd>Bo</dl>",
        expect![[r#"
            H2    Facts
            Table+ When | What
                   09:40 [1×2] | rang ¶ twice
                   10:00 [2×1]
            Line  only cell
            Table Owner | Ada
                    | Bo
        "#]],
    );
}

#[test]
fn scripts_frames_and_controls_are_listed_and_remote_pictures_only_named() {
    check(
        "<nav><a href=/>Home</a></nav><script>alert(1)</script><style>p{}</style><p onclick=x()>Text<img src='https://cdn.example/a.png' alt='A chart'>
         <img width=1 height=1 src=https://count.example/p><iframe src='https://evil.example'></iframe><a href='javascript:alert(1)'>press</a><button>Share</button>
         <p hidden>secret</p><p style='DISPLAY : none'>gone</p><!-- editor: check --><footer>GREEN: for partners</footer>",
        expect![[r#"
            Line  Text
            Pict  A chart <https://cdn.example/a.png> None
            Line  press
            Edge  GREEN: for partners
            dropped (navigation): Home
            dropped (a script): alert(1)
            dropped (a style sheet): p{}
            dropped (a picture that counts visits): https://count.example/p
            dropped (something embedded from elsewhere): https://evil.example
            dropped (controls of the page): Share
            dropped (hidden words): secret
            dropped (hidden words): gone
            dropped (a comment): editor: check
        "#]],
    );
}

#[test]
fn pictures_inside_the_page_become_files_once() {
    let dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
    check(
        &format!("<img alt=One src='{dot}'><table><tr><td>a<td><img alt=Two src='{dot}'>b</table>"),
        expect![[r#"
            Pict  One <picture-1.gif> Some(0)
            Table a | b
            Pict  Two <picture-1.gif> Some(0)
            file picture-1.gif (image/gif, 14 bytes)
        "#]],
    );
}

#[test]
fn word_and_google_docs_say_lists_and_weight_in_styles() {
    check(
        "<b style='font-weight:normal' id=docs-internal-guid-1><p><span style='font-weight:700'>Bold</span> plain</p></b>
         <p class=MsoListParagraph style='margin:0;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><![endif]>Second<o:p></o:p></p>
         <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>under</p>
         <p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>iv.<span>&nbsp; </span></span>fourth</p>",
        expect![[r#"
            Line  *Bold* plain
            Item  2. Second
            Item    • under
            Item  • iv. fourth
            dropped (the mark of a list item): 2.
            dropped (the mark of a list item): ·
        "#]],
    );
}

#[test]
fn a_version_compare_page_says_what_was_added_and_removed() {
    check(
        "<p><span class='diff-html-removed' id=r1>The old cause</span><span class='diff-html-added'>The new cause</span> <del>x</del><ins>y</ins></p>",
        expect![[r#"
            Line  {-The old cause-}{+The new cause+} {-x-}{+y+}
        "#]],
    );
}

#[test]
fn a_page_that_nests_or_multiplies_is_refused_soon() {
    let deep = "<div>".repeat(100_000);
    assert!(matches!(read(&deep), Err(ReadError::TooDeep { .. })));
    let formats: String = (0..5_000).map(|n| format!("<p><b id={n}>")).collect();
    assert!(matches!(read(&formats), Err(ReadError::TooDeep { .. })), "each paragraph opens all the formats before it anew");
    assert!(read(&format!("{}x", "<blockquote>".repeat(100))).is_ok());
}
