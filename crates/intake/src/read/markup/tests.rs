use super::*;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(markup: Markup, text: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(markup, text).expect("it reads")));
}

#[test]
fn restructured_text_gives_headings_lists_tables_links_and_pictures() {
    check(
        Markup::Restructured,
        "==========\nPump hot\n==========\n\n:Date: 2026-03-11\n\nCause\n=====\n\nA **valve** and *nobody*, see `ticket <https://x.example/7>`_ and `log`_,\nrun ``pump -x``.\n\n- one\n  more of one\n\n  - under\n- two\n\n1. first\n\nTimeline\n--------\n\n===== ========\nTime  Event\n===== ========\n02:37 rang\n02:51 freed\n===== ========\n\n+-------+-------+\n| Time  | Event |\n+=======+=======+\n| 02:37 | rang  |\n|       | twice |\n+-------+-------+\n\n.. list-table::\n   :header-rows: 1\n\n   * - Action\n     - Owner\n   * - Oil it\n     - Ada\n\n.. image:: a.png\n   :alt: the chart\n\n.. note:: Mind the valve.\n\nThus::\n\n  pump -x\n  pump -y\n\n.. only for us\n\n.. _log: https://x.example/l\n\n  quoted words\n",
        expect![[r#"
            H1    Pump hot
            Named Date = 2026-03-11
            H2    Cause
            Line  A *valve* and _nobody_, see [ticket](https://x.example/7) and [log](https://x.example/l), run `pump -x`.
            Item  • one more of one
            Item    • under
            Item  • two
            Item  1. first
            H3    Timeline
            Table+ Time | Event
                   02:37 | rang
                   02:51 | freed
            Table+ Time | Event
                   02:37 | rang ¶ twice
            Table+ Action | Owner
                   Oil it | Ada
            Pict  the chart <a.png> None
            Line  Mind the valve.
            Line  Thus
            Code  pump -x⏎pump -y
            Line  [https://x.example/l](https://x.example/l)
            Quote quoted words
            dropped (a comment): only for us⏎
            dropped (the name of an address): .. _log:
        "#]],
    );
}

#[test]
fn asciidoc_gives_headings_lists_tables_links_and_pictures() {
    check(
        Markup::Asciidoc,
        "= Pump hot\n:author: Ada\n\n== Cause\n\nA *valve* and _nobody_, see https://x.example/7[the ticket]\nand 5 * 3.\n\n* one\n** under\n* two\n\n. first\n\n[%header,cols=2*]\n|===\n|Time |Event\n|02:37 |rang\n|02:51\n|freed\n|===\n\n[source,sh]\n----\npump -x\n----\n\n____\nquoted\n____\n\nimage::a.png[the chart]\n\n// only for us\n====\ninside\n====\n",
        expect![[r#"
            H1    Pump hot
            Named author = Ada
            H2    Cause
            Line  A *valve* and _nobody_, see [the ticket](https://x.example/7) and 5 * 3.
            Item  • one
            Item    • under
            Item  • two
            Item  1. first
            Table+ Time | Event
                   02:37 | rang
                   02:51 | freed
            Code  pump -x
            Quote quoted
            Pict  the chart <a.png> None
            Line  inside
            dropped (an instruction to the program that sets the text): [%header,cols=2*]
            dropped (an instruction to the program that sets the text): [source,sh]
            dropped (a comment): // only for us
        "#]],
    );
}
