use super::*;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(name: &str, text: &str, given: Option<&str>, expected: Expect) {
    expected.assert_eq(&shown(&read(Some(name), text, given).expect("it reads")));
}

const CALL: &str = "WEBVTT\n\nNOTE language:en\n\n1/0\n00:00:01.500 --> 00:00:04.000\n<v Ada Byron>Pump &amp; valve\nare hot.</v>\n\n00:00:04.000 --> 00:00:06.000 align:start\n<v Ada Byron>Who <i>goes</i>?</v>\n\n01:02:03.000 --> 01:02:04.000\n<v Bo>I go, pressure <5 bar.</v>\n";

#[test]
fn a_call_is_told_by_speaker_from_its_start() {
    check(
        "GMT20260311-233000_Recording.transcript.vtt",
        CALL,
        None,
        expect![[r#"
        Entry 2026-03-11T23:30:01Z Ada Byron: Pump & valve are hot. Who goes?
        Entry 2026-03-12T00:32:03Z Bo: I go, pressure <5 bar.
        dropped (when each caption was shown): 00:00:01.500 --> 00:00:04.000⏎00:00:04.000 --> 00:00:06.000 align:start⏎01:02:03.000 --> 01:02:04.000
        dropped (what a transcript says to programs): WEBVTT⏎NOTE language:en⏎1/0
    "#]],
    );
}

#[test]
fn without_a_start_no_time_of_day_is_claimed() {
    check(
        "call.vtt",
        CALL,
        None,
        expect![[r#"
        Entry  Ada Byron: (+00:00:01) Pump & valve are hot. Who goes?
        Entry  Bo: (+01:02:03) I go, pressure <5 bar.
        dropped (when each caption was shown): 00:00:01.500 --> 00:00:04.000⏎00:00:04.000 --> 00:00:06.000 align:start⏎01:02:03.000 --> 01:02:04.000
        dropped (what a transcript says to programs): WEBVTT⏎NOTE language:en⏎1/0
    "#]],
    );
    check(
        "call.vtt",
        CALL,
        Some("2026-03-11 09:30"),
        expect![[r#"
        Entry 2026-03-11T09:30:01 Ada Byron: Pump & valve are hot. Who goes?
        Entry 2026-03-11T10:32:03 Bo: I go, pressure <5 bar.
        dropped (when each caption was shown): 00:00:01.500 --> 00:00:04.000⏎00:00:04.000 --> 00:00:06.000 align:start⏎01:02:03.000 --> 01:02:04.000
        dropped (what a transcript says to programs): WEBVTT⏎NOTE language:en⏎1/0
    "#]],
    );
}

#[test]
fn captions_of_subrip_name_speakers_before_their_words() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\nAda: hot\n\n2\n00:00:03,000 --> 00:00:04,000\nNote: it hums\n\n3\n00:00:05,000 --> 00:00:06,000\nAda: still hot\n";
    check(
        "Call-20260311_093000-Meeting Recording.srt",
        text,
        None,
        expect![[r#"
        Entry 2026-03-11T09:30:01 Ada: hot
        Entry 2026-03-11T09:30:03 : Note: it hums
        Entry 2026-03-11T09:30:05 Ada: still hot
        dropped (when each caption was shown): 00:00:01,000 --> 00:00:02,000⏎00:00:03,000 --> 00:00:04,000⏎00:00:05,000 --> 00:00:06,000
        dropped (what a transcript says to programs): 1⏎2⏎3
    "#]],
    );
    assert!(is_one(text) && is_one(CALL) && !is_one("1\n2\n") && !is_one("WEBVTTs are files"));
}

#[test]
fn the_chat_beside_a_call_keeps_who_was_meant() {
    let text = "09:31:02 From Ada Byron to Everyone:\n\tPump hot\n\tcoming?\n09:31:40\t From  Bo : yes\n09:32:00 From Bo to Ada Byron(Direct Message):\n\tcall me\n";
    assert!(is_zoom_chat(text));
    expect![[r#"
        Entry 09:31:02 Ada Byron: Pump hot⏎coming?
        Entry 09:31:40 Bo: yes
        Entry 09:32:00 Bo: (to Ada Byron(Direct Message)) call me
        dropped (what Zoom writes before and behind a name): From to Everyone
        dropped (what Zoom writes before and behind a name): From 
        dropped (what Zoom writes before and behind a name): From 
    "#]]
    .assert_eq(&shown(&read_zoom_chat(text).expect("it reads")));
}

#[test]
fn what_says_no_time_is_refused() {
    let fault = read(None, "WEBVTT\n\nhello\n", None).expect_err("it is broken").to_string();
    assert!(fault.starts_with("this is not a sound transcript file: no line says when"), "{fault}");
}
