use super::*;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(json: &str, expected: Expect) {
    let value = parse(json).expect("it is JSON");
    let source = match kind(&value) {
        Kind::Slack => read_slack(&value),
        Kind::Tracker => read_tracker(value),
        Kind::Log => read_log(&value),
        Kind::Report => panic!("no report"),
    };
    expected.assert_eq(&shown(&source.expect("it reads")));
}

#[test]
fn an_export_of_slack_gives_names_links_and_pictures() {
    check(
        r#"[
          {"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined the channel","ts":"1773196500.000100","user_profile":{"real_name":"Ada Byron"}},
          {"type":"message","user":"U1","text":"<!here> pump A &amp; B hot, see <https://x.example/7|ticket 7>, <@U1> <@U9> <#C1|ops>","ts":"1773196620.000200","reactions":[{"name":"eyes","count":2}]},
          {"type":"message","subtype":"bot_message","username":"Monitor","text":"","ts":"1773196680.000000","attachments":[{"title":"Alarm","text":"5 &gt; 3","fields":[{"title":"Host","value":"b7"}]}]},
          {"type":"message","user":"U1","text":"shot","ts":"1773196700.0","files":[{"name":"a.png","title":"The chart","permalink":"https://x.example/a.png"}]}
        ]"#,
        expect![[r#"
            Entry 2026-03-11T02:37:00Z Ada Byron: @here pump A & B hot, see [ticket 7](https://x.example/7), @Ada Byron @U9 #ops
            Entry 2026-03-11T02:38:00Z Monitor (automated): Alarm⏎5 > 3⏎Host: b7
            Entry 2026-03-11T02:38:20Z Ada Byron: shot
            Pict  The chart <https://x.example/a.png> None
            dropped (somebody came to the channel or left it): 2026-03-11T02:35:00Z Ada Byron @Ada Byron has joined the channel
            dropped (a reaction): :eyes: 2
        "#]],
    );
}

#[test]
fn the_answer_of_slacks_interface_is_turned_round() {
    check(
        r#"{"ok":true,"messages":[{"type":"message","user":"U2","text":"b","ts":"1773196680.0"},{"type":"message","user":"U1","text":"a","ts":"1773196620.0"}]}"#,
        expect![[r#"
            Entry 2026-03-11T02:37:00Z U1: a
            Entry 2026-03-11T02:38:00Z U2: b
            dropped (what only programs need of a chat): ok: true
        "#]],
    );
}

#[test]
fn an_incident_of_pagerduty_gives_its_facts_and_its_log() {
    check(
        r#"{"incident":{"incident_number":7,"title":"Pump hot","status":"resolved","created_at":"2026-03-11T02:37:00Z",
             "service":{"id":"S1","type":"service_reference","summary":"Storage","html_url":"https://x.example/s"}},
            "log_entries":[
             {"id":"R3","type":"resolve_log_entry","summary":"Resolved by Ada","created_at":"2026-03-11T04:51:00Z","agent":{"type":"user_reference","summary":"Ada Byron"},"channel":{"type":"web_ui"}},
             {"id":"R1","type":"trigger_log_entry","summary":"Triggered through the API","created_at":"2026-03-11T02:37:00Z","agent":{"type":"service_reference","summary":"Storage"},"channel":{"type":"api","description":"pressure low"}}]}"#,
        expect![[r#"
            Named incident_number = 7
            Named title = Pump hot
            Named status = resolved
            Named opened = 2026-03-11T02:37:00Z
            Named service = Storage
            Entry 2026-03-11T02:37:00Z Storage (automated): Triggered through the API⏎pressure low
            Entry 2026-03-11T04:51:00Z Ada Byron: Resolved by Ada
            dropped (what only programs need of a reference): id: S1
            dropped (what only programs need of a reference): type: service_reference
            dropped (what only programs need of a reference): html_url: https://x.example/s
            dropped (what only programs need of an entry): id: R1
            dropped (what only programs need of an entry): type: trigger_log_entry
            dropped (what only programs need of an entry): agent.type: service_reference
            dropped (what only programs need of an entry): channel.type: api
            dropped (what only programs need of an entry): id: R3
            dropped (what only programs need of an entry): type: resolve_log_entry
            dropped (what only programs need of an entry): agent.type: user_reference
            dropped (what only programs need of an entry): channel.type: web_ui
        "#]],
    );
}

#[test]
fn an_alert_of_opsgenie_and_its_log_come_over() {
    check(
        r#"{"data":{"tinyId":"1905","message":"Pump hot","priority":"P1","details":{"hall":"B"},"createdAt":"2026-03-11T02:37:00.1Z"},"took":0.3}"#,
        expect![[r#"
            Named tinyId = 1905
            Named title = Pump hot
            Named priority = P1
            Named details.hall = B
            Named createdAt = 2026-03-11T02:37:00.1Z
            dropped (what only programs need): took: 0.3
        "#]],
    );
    check(
        r#"{"data":[{"log":"Alert acknowledged","type":"system","owner":"System","createdAt":"2026-03-11T02:38:00Z","offset":"1"},{"note":"on it","owner":"ada@x.example","createdAt":"2026-03-11T02:39:00Z"}]}"#,
        expect![[r#"
            Entry 2026-03-11T02:38:00Z System (automated): Alert acknowledged
            Entry 2026-03-11T02:39:00Z ada@x.example: on it
            dropped (what only programs need of an entry): type: system
            dropped (what only programs need of an entry): offset: 1
        "#]],
    );
}

#[test]
fn unknown_json_keeps_every_value_by_name() {
    check(
        r#"{"a":[1,{"b":null,"c":"x"}],"d":true}"#,
        expect![[r#"
            Named a = 1
            Named a.c = x
            Named d = true
        "#]],
    );
}

#[test]
fn absurd_nesting_and_broken_json_are_named() {
    assert!(matches!(parse(&"[".repeat(100_000)), Err(ReadError::TooDeep { .. })));
    assert!(matches!(parse("{\"a\": "), Err(ReadError::Broken { format: "JSON", .. })));
    assert!(matches!(parse(&format!("[{}0]", "0,".repeat(MOST_VALUES))), Err(ReadError::TooMany { .. })));
}

#[test]
fn an_issue_of_github_is_its_text_and_its_comments_are_entries() {
    check(
        r###"{"url":"https://api.x.example/7","number":7,"title":"Postmortem: pump hot","state":"closed","user":{"login":"ada","id":1},"labels":[{"name":"sev2"}],"comments":2,"created_at":"2026-03-11T02:37:00Z","body":"## Cause\r\n\r\nA valve stuck.",
            "comments_list":null}"###,
        expect![[r#"
            Named title = Postmortem: pump hot
            Named reference = 7
            Named address = https://api.x.example/7
            Named state = closed
            Named created = 2026-03-11T02:37:00Z
            Named author = ada
            Named labels = sev2
            H2    Cause
            Line  A valve stuck.
            dropped (what only programs need of an issue): user.id: 1⏎comments: 2
        "#]],
    );
    check(
        r#"{"title":"Pump hot","body":"It runs hot.","author":{"login":"ada"},"createdAt":"2026-03-11T02:37:00Z","number":7,"comments":[{"id":"c2","author":{"login":"bo"},"body":"Freed, see [log](https://x.example/l)\n\n- oiled","createdAt":"2026-03-11T02:51:00.250Z"},{"author":{"login":"cy"},"body":"Looking","createdAt":"2026-03-11T02:40:00Z"}]}"#,
        expect![[r#"
            Named title = Pump hot
            Named reference = 7
            Named created = 2026-03-11T02:37:00Z
            Named author = ada
            Line  It runs hot.
            Entry 2026-03-11T02:40:00Z cy: Looking
            Entry 2026-03-11T02:51:00.250Z bo: Freed, see [log](https://x.example/l)⏎- oiled
            dropped (what only programs need of a comment): id: c2
        "#]],
    );
}

#[test]
fn an_issue_of_gitlab_comes_with_its_notes() {
    check(
        r#"{"issue":{"iid":12,"title":"Pump hot","description":"It runs hot.","author":{"name":"Ada","username":"ada"},"created_at":"2026-03-11T02:37:00Z","web_url":"https://x.example/12","labels":["pump"]},"notes":[{"id":1,"body":"closed","system":true,"author":{"name":"Bo"},"created_at":"2026-03-11T03:00:00Z"}]}"#,
        expect![[r#"
            Named title = Pump hot
            Named reference = 12
            Named address = https://x.example/12
            Named created = 2026-03-11T02:37:00Z
            Named author = Ada
            Named labels = pump
            Line  It runs hot.
            Entry 2026-03-11T03:00:00Z Bo (automated): closed
            dropped (what only programs need of an issue): author.username: ada
            dropped (what only programs need of a comment): id: 1⏎system: true
        "#]],
    );
}

#[test]
fn an_issue_of_jira_comes_with_its_document_its_comments_and_its_changes() {
    check(
        r#"{"id":"1","key":"OPS-12","fields":{"summary":"Pump hot","status":{"name":"Done","id":"3"},"assignee":{"displayName":"Ada","accountId":"x"},"created":"2026-03-11T02:37:00.000+0100",
            "description":{"type":"doc","version":1,"content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Cause"}]},{"type":"paragraph","content":[{"type":"text","text":"A "},{"type":"text","text":"valve","marks":[{"type":"strong"}]},{"type":"hardBreak"},{"type":"mention","attrs":{"id":"x","text":"@Ada"}},{"type":"text","text":" saw "},{"type":"inlineCard","attrs":{"url":"https://x.example/l"}}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one"}]},{"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"under"}]}]}]}]}]},{"type":"taskList","content":[{"type":"taskItem","attrs":{"state":"DONE"},"content":[{"type":"text","text":"oil it"}]}]},{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"Time"}]}]},{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"Event"}]}]}]},{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"date","attrs":{"timestamp":"1773187200000"}}]}]},{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"rang"}]}]}]}]}]},
            "comment":{"total":1,"comments":[{"author":{"displayName":"Bo"},"body":"h3. not here","created":"2026-03-11T03:00:00.000+0100"}]}},
            "changelog":{"histories":[{"author":{"displayName":"Ada"},"created":"2026-03-11T02:50:00.000+0100","items":[{"field":"status","fromString":"Open","toString":"Done"}]}]}}"#,
        expect![[r#"
            Named title = Pump hot
            Named reference = OPS-12
            Named state = Done
            Named created = 2026-03-11T02:37:00.000+0100
            Named assignee = Ada
            H2    Cause
            Line  A *valve⏎*@Ada saw [https://x.example/l](https://x.example/l)
            Item  • one
            Item    1. under
            Item  • [x] oil it
            Table+ Time | Event
                   2026-03-11 | rang
            Entry 2026-03-11T02:50:00+01:00 Ada: status: Open → Done
            H2    Bo, 2026-03-11T03:00:00+01:00
            H3    not here
            dropped (what only programs need of an issue): id: 1⏎status.id: 3⏎assignee.accountId: x⏎comment.total: 1
            dropped (what only programs need of a comment): system: false
        "#]],
    );
}

#[test]
fn a_packed_export_of_slack_is_told_channel_by_channel_with_threads_together() {
    let users = r#"[{"id":"U1","name":"ada","profile":{"real_name":"Ada Byron"}},{"id":"U2","name":"bo"}]"#;
    let first = r#"[{"type":"message","user":"U1","text":"Pump hot","ts":"1773196620.000100","thread_ts":"1773196620.000100"},{"type":"message","user":"U2","text":"Lunch?","ts":"1773196640.000100"}]"#;
    let second = r#"[{"type":"message","user":"U2","text":"<@U1> freed","ts":"1773283020.000100","thread_ts":"1773196620.000100"}]"#;
    let parts: [(&str, &[u8]); 5] = [
        ("x/users.json", users.as_bytes()),
        ("x/channels.json", b"[]"),
        ("x/pump/2026-03-12.json", second.as_bytes()),
        ("x/pump/2026-03-11.json", first.as_bytes()),
        ("x/other/2026-03-11.json", b"[]"),
    ];
    let bytes = crate::read::fixtures::packed(&parts);
    let source = crate::read::read(None, &bytes, &crate::read::Given::default()).expect("it reads");
    expect![[r#"
        H2    #other
        H2    #pump
        Entry 2026-03-11T02:37:00Z Ada Byron: Pump hot
        Entry 2026-03-12T02:37:00Z bo: @Ada Byron freed
        Entry 2026-03-11T02:37:20Z bo: Lunch?
        dropped (a file of the export that holds no messages): x/channels.json
        dropped (the list of people, by which their names were found): x/users.json
    "#]]
    .assert_eq(&shown(&source));
    let broken = crate::read::fixtures::packed(&[("users.json", b"[]"), ("pump/2026-03-11.json", b"[{")]);
    let fault = crate::read::read(None, &broken, &crate::read::Given::default()).expect_err("it is broken").to_string();
    assert!(fault.starts_with("this is not a sound JSON file: pump/2026-03-11.json"), "{fault}");
}
