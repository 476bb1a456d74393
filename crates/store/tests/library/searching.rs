//! Search: any text, any script.

use crate::fixture::{find, report, retitled, save, shelf};
use report::rich::RichText;
use store::{Filter, Reason};

#[test]
fn words_are_found_by_their_beginning_in_title_reference_and_text() {
    let mut shelf = shelf();
    let mut one = report(1, "Prepayment top-ups not delivered");
    one.sections[0].body = RichText::from_plain("The certificate of node 2 had expired.");
    shelf.library.create(&one, Reason::Opened, &crate::fixture::by(1)).expect("it is taken in");
    let reference = one.reference().expect("the sample has one").to_owned();
    for text in ["prepay", "TOP-UPS", "top ups", "certif expir", reference.as_str(), "node deliver"] {
        assert_eq!(find(&shelf.library, text), ["Prepayment top-ups not delivered"], "{text}");
    }
    for text in ["ertificate", "prepayment zebra"] {
        assert!(find(&shelf.library, text).is_empty(), "{text}");
    }
}

#[test]
fn what_was_written_over_is_no_longer_found() {
    let mut shelf = shelf();
    let report = shelf.holds(1, "Obsolete wording");
    save(&mut shelf.library, &retitled(&report, "Current wording"), 2);
    assert!(find(&shelf.library, "obsolete").is_empty());
    assert_eq!(find(&shelf.library, "current"), ["Current wording"]);
}

#[test]
fn every_script_is_found_with_or_without_its_accents() {
    let mut shelf = shelf();
    let titles = ["Διακοπή ρεύματος στην Αθήνα", "Сбой платежей", "Résumé de l’incident", "انقطاع الخدمة", "Fire 🔥 in hall 3"];
    for (number, title) in (1..).zip(titles) {
        shelf.holds(number, title);
    }
    let searches = [
        ("διακοπη", 0),
        ("ΑΘΗΝΑ", 0),
        ("ΡΕΥΜΑΤΟΣ", 0),
        ("сбой", 1),
        ("ПЛАТЕЖ", 1),
        ("resume", 2),
        ("RÉSUMÉ", 2),
        ("الخدمة", 3),
        ("🔥", 4),
        ("hall 🔥", 4),
        ("fire🔥in", 4),
    ];
    for (text, title) in searches {
        assert_eq!(find(&shelf.library, text), [titles[title]], "{text}");
    }
    assert!(find(&shelf.library, "🌊").is_empty());
}

#[test]
fn no_text_is_understood_as_a_query() {
    let mut shelf = shelf();
    shelf.holds(1, "100% \"quoted\" NEAR miss; DROP TABLE report -- AND (OR) title:x ^a {b} c* 'd'");
    let long = "word ".repeat(5_000);
    let texts = [
        "\"",
        "\"\"",
        "'",
        "*",
        "a*",
        "NEAR(",
        "title:",
        "title : x",
        "AND",
        "OR OR",
        "NOT",
        "(",
        ")",
        "{a b}:",
        "^",
        "-",
        "--",
        "+",
        "; DROP TABLE report",
        "\0",
        "a\0b",
        "\u{202e}",
        "%",
        "_",
        "\\",
        "a\" OR \"b",
        &long,
        "\u{fffd}",
        "ﷺ",
        "👩‍👩‍👧",
    ];
    for text in texts {
        find(&shelf.library, text);
    }
    for text in ["\"quoted\"", "NEAR", "title:x", "c*", "'d'", "DROP TABLE report --", "100%", "%", ";"] {
        assert_eq!(find(&shelf.library, text).len(), 1, "{text}");
    }
}

#[test]
fn search_keeps_to_the_state_and_to_the_bin() {
    let mut shelf = shelf();
    let binned = shelf.holds(1, "Gateway one");
    shelf.holds(2, "Gateway two");
    shelf.library.remove(binned.id, crate::fixture::at(3)).expect("it goes to the bin");
    assert_eq!(find(&shelf.library, "gateway"), ["Gateway two"]);
    let bin = Filter { text: "gateway".to_owned(), bin: true, ..Filter::default() };
    assert_eq!(crate::fixture::titles(&shelf.library, &bin), ["Gateway one"]);
}
