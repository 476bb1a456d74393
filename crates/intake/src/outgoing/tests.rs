mod edited;

use super::*;
use expect_test::expect;
use report::ids::CountedIds;
use report::rich::{Block, Inline, Mark, RichText};
use report::{catalogue, format};

fn same(report: &Report, text: &str) {
    let again = reopen(text).unwrap_or_else(|| panic!("it is of another hand: {text}"));
    let again = again.unwrap_or_else(|fault| panic!("it does not come back: {fault}: {text}"));
    assert_eq!(format::write(&again), format::write(report));
}

#[test]
fn every_sample_comes_back_from_markdown_and_html() {
    for template in catalogue::all() {
        let report = catalogue::sample(&template.id).expect("every shipped template has a sample");
        same(&report, &markdown::write(&report));
        same(&report, &html::write(&report));
    }
}

mod chance {
    //! Reports with whatever words and structure chance gives them.
    use super::*;
    use proptest::prelude::*;
    use report::rich::{Cell, CellAttrs, FigureAttrs, HeadingAttrs, LinkAttrs, ListItem, OrderedAttrs, TableRow};

    fn words() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => "[A-Za-z0-9 ,.:;()'-]{0,30}",
            2 => r"[ -~]{0,30}",
            1 => "[ \\n\\t|*_<>&\\\\`#~\u{a0}\u{fffc}éЖ中\u{1F600}=+@-]{0,20}",
            1 => Just("<!-- 3 -->\n-- --> <!-- rapporteur carries unseen:\n{}".to_owned()),
        ]
    }

    /// No report has a title of which nothing shows.
    fn titles() -> impl Strategy<Value = String> {
        words().prop_map(|words| if words.trim().is_empty() { String::new() } else { words })
    }

    fn inlines() -> impl Strategy<Value = Vec<Inline>> {
        let mark = prop_oneof![
            Just(Mark::Bold {}),
            Just(Mark::Italic {}),
            Just(Mark::Code {}),
            words().prop_map(|href| Mark::Link { attrs: LinkAttrs { href } }),
        ];
        let inline = prop_oneof![
            6 => (words(), prop::collection::vec(mark, 0..3)).prop_map(|(text, marks)| Inline::Text { text, marks }),
            1 => Just(Inline::HardBreak {}),
            1 => Just(Inline::Fact { attrs: report::rich::FactAttrs { key: "interruption_length".to_owned() } }),
        ];
        prop::collection::vec(inline, 0..4)
    }

    fn blocks() -> impl Strategy<Value = Vec<Block>> {
        let leaf = prop_oneof![
            4 => inlines().prop_map(|content| Block::Paragraph { content }),
            1 => (3u8..5, inlines()).prop_map(|(level, content)| Block::Heading { attrs: HeadingAttrs { level }, content }),
            1 => words().prop_map(|text| Block::CodeBlock { content: vec![Inline::plain(&text)] }),
            1 => (words(), inlines()).prop_map(|(alt, content)| Block::Figure { attrs: FigureAttrs { attachment: None, alt }, content }),
        ];
        let block = leaf.prop_recursive(3, 16, 3, |inner| {
            let some = prop::collection::vec(inner, 0..3);
            let items = prop::collection::vec(some.clone().prop_map(|content| ListItem::ListItem { content }), 0..3);
            let cell = (some.clone(), any::<bool>(), 1u16..3).prop_map(|(content, head, colspan)| {
                let attrs = CellAttrs { colspan, rowspan: 1 };
                if head { Cell::TableHeader { attrs, content } } else { Cell::TableCell { attrs, content } }
            });
            let rows = prop::collection::vec(prop::collection::vec(cell, 0..3).prop_map(|content| TableRow::TableRow { content }), 0..3);
            prop_oneof![
                items.clone().prop_map(|content| Block::BulletList { content }),
                (items, 0u32..4).prop_map(|(content, start)| Block::OrderedList { attrs: OrderedAttrs { start }, content }),
                some.prop_map(|content| Block::Blockquote { content }),
                rows.prop_map(|content| Block::Table { content }),
            ]
        });
        prop::collection::vec(block, 0..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_report_comes_back_whatever_its_words(
            title in titles(), bodies in prop::collection::vec(blocks(), 3), texts in prop::collection::vec(words(), 8), raws in prop::collection::vec(words(), 3),
        ) {
            let mut report = catalogue::sample("rfo").expect("a shipped sample");
            report.title = title;
            for (section, body) in report.sections.iter_mut().zip(bodies) {
                section.body = RichText(body);
            }
            for (row, text) in report.timeline.iter_mut().zip(&texts) {
                if let report::timeline::Row::Event(event) = row {
                    event.text.clone_from(text);
                }
            }
            for (answer, raw) in report.fields.values_mut().zip(raws) {
                answer.raw = raw;
                answer.value = None;
            }
            for (action, text) in report.actions.iter_mut().zip(&texts) {
                action.owner.clone_from(text);
            }
            // What can be read from raw text is read whenever a report is: a report without it is not the equal of itself.
            let report = format::read(&format::write(&report)).expect("it reads");
            same(&report, &markdown::write(&report));
            same(&report, &html::write(&report));
            prop_assert_eq!(csv::read_timeline(&csv::timeline(&report.timeline)), Some(report.timeline.clone()));
            prop_assert_eq!(csv::read_actions(&csv::actions(&report.actions)), Some(report.actions.clone()));
        }
    }
}

#[test]
fn a_blank_report_comes_back() {
    for template in catalogue::all() {
        let report = Report::begin(template, &mut CountedIds(0));
        same(&report, &markdown::write(&report));
        same(&report, &html::write(&report));
    }
}

/// The words of the samples are in the visible text only: nothing they say is carried a second time.
#[test]
fn what_is_carried_unseen_holds_no_visible_sentence() {
    for template in catalogue::all() {
        let report = catalogue::sample(&template.id).expect("every shipped template has a sample");
        for text in [markdown::write(&report), html::write(&report)] {
            let (_, carried) = text.rsplit_once(CARRIED).expect("every export carries");
            let sentences =
                report.sections.iter().flat_map(|section| section.body.lines()).filter(|line| line.len() > 40 && !line.contains('{'));
            for sentence in sentences {
                assert!(!carried.contains(sentence.as_str()), "{}: {sentence}", template.id);
            }
        }
    }
}

#[test]
fn markdown_reads_well_where_nobody_knows_of_rapporteur() {
    let mut report = Report::begin(catalogue::find("rfo").expect("a shipped template"), &mut CountedIds(0));
    report.title = "Mail * delayed".to_owned();
    report.sections.truncate(2);
    report.sections[1].body = RichText(vec![
        Block::Paragraph {
            content: vec![Inline::plain("1. Pump A | B "), Inline::Text { text: "hot".to_owned(), marks: vec![Mark::Bold {}] }],
        },
        Block::CodeBlock { content: vec![Inline::plain("df -h\n`x`")] },
    ]);
    let text = markdown::write(&report);
    let (visible, _) = text.split_once("<!-- rapporteur").expect("it carries");
    let shown: Vec<&str> = visible.lines().filter(|line| !line.starts_with("<!--") && !line.is_empty()).collect();
    expect![[r#"
        # Mail \* delayed
        Reason for Outage
        | Field | Answer | Note |
        | --- | --- | --- |
        | Our reference |  |  |
        | Interruption began |  |  |
        | Interruption ended |  |  |
        | Length of interruption |  |  |
        | Severity |  |  |
        | Customers affected |  |  |
        ## Background
        1\. Pump A \| B **hot**
        ```
        df -h
        `x`
        ```
        Yours sincerely,
        ## Signatures
        | Part | Name | Role | Organisation |
        | --- | --- | --- | --- |
        | Signatory |  |  |  |"#]]
    .assert_eq(&shown.join("\n"));
    same(&report, &text);
}

#[test]
fn words_changed_in_the_visible_text_win() {
    let report = catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let (section, line) = report
        .sections
        .iter()
        .enumerate()
        .find_map(|(at, section)| {
            Some((at, section.body.lines().into_iter().find(|line| line.len() > 40 && !line.contains(['{', '*', '[', '_']))?))
        })
        .expect("a sentence");
    for text in [markdown::write(&report), html::write(&report)] {
        let changed = text.replacen(&line, "Another sentence.", 1);
        assert_ne!(changed, text, "{line}");
        let again = reopen(&changed).expect("it is ours").expect("only words were changed");
        assert!(again.sections[section].body.plain().contains("Another sentence."));
    }
}

#[test]
fn a_text_that_carries_nothing_is_of_another_hand() {
    let report = catalogue::sample("rfo").expect("a shipped sample");
    assert!(reopen(&html::write(&report).replacen("2026-03-11", "2026-03-12", 1)).is_none(), "a date of the timeline in a page");
    for text in [markdown::write(&report), html::write(&report)] {
        assert!(reopen(&text.replace(CARRIED, "")).is_none());
        assert!(reopen(&text[..text.len() / 5]).is_none());
    }
    assert!(reopen("# A report\n\nof somebody else").is_none());
}

#[test]
fn timelines_and_actions_come_back_from_csv() {
    for template in catalogue::all() {
        let report = catalogue::sample(&template.id).expect("every shipped template has a sample");
        assert_eq!(csv::read_timeline(&csv::timeline(&report.timeline)).as_ref(), Some(&report.timeline), "{}", template.id);
        assert_eq!(csv::read_actions(&csv::actions(&report.actions)).as_ref(), Some(&report.actions), "{}", template.id);
    }
    assert!(csv::read_timeline("Time,Event\n09:40,rang\n").is_none());
}

#[test]
fn no_cell_is_a_formula() {
    let mut report = catalogue::sample("rfo").expect("a shipped sample");
    for (row, words) in report.timeline.iter_mut().zip(["=HYPERLINK(\"x\")", "-1 pump", "'=x", "'quoted'"]) {
        if let report::timeline::Row::Event(event) = row {
            event.text = words.to_owned();
        }
    }
    let text = csv::timeline(&report.timeline);
    assert!(text.contains("'=HYPERLINK") && text.contains("'-1 pump") && text.contains("''=x") && text.contains(",'quoted',"), "{text}");
    assert_eq!(csv::read_timeline(&text), Some(report.timeline));
}
