use super::*;
use crate::read::shown::shown;
use expect_test::{Expect, expect};

fn check(mail: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(mail.replace('\n', "\r\n").as_bytes()).expect("it reads")));
}

#[test]
fn a_mail_gives_its_subject_heads_words_and_files() {
    check(
        "Return-Path: <ada@x.example>\nFrom: =?utf-8?q?Ada_L=C3=B6we?= <ada@x.example>\nTo: ops@x.example\nDate: Wed, 11 Mar 2026 09:30:00 +0100\nSubject: =?utf-8?b?UmU6IFB1bXAgaG90?=\nMessage-ID: <1@x.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nDie Pumpe lief hei=DF.\n\n- 02:37 Alarm, see the=\n ticket\n\n--a\nContent-Type: text/html; charset=utf-8\n\n<p>Die Pumpe lief heiß. <a href=\"https://x.example/7\">ticket</a></p>\n--a--\n--b\nContent-Type: text/csv; name=\"log.csv\"\nContent-Disposition: attachment; filename=\"log.csv\"\n\na,b\n--b\nContent-Type: image/png; name=\"p.png\"\nContent-Disposition: attachment; filename=\"p.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgoAAAANSUhEUg==\n--b--\n",
        expect![[r#"
            Named title = Pump hot
            Named From = Ada Löwe <ada@x.example>
            Named To = ops@x.example
            Named Sent = 2026-03-11T09:30:00+01:00
            Line  Die Pumpe lief heiß.
            Gap
            Line  - 02:37 Alarm, see the ticket
            Pict   <p.png> Some(1)
            dropped (a mark that mail programs set before a subject): Re:
            dropped (what only mail programs read): Return-Path: <ada@x.example>⏎Message-ID: <1@x.example>⏎MIME-Version: 1.0⏎Content-Type: multipart/mixed; boundary=b⏎Content-Type: multipart/alternative; boundary=a⏎Content-Type: text/plain; charset=iso-8859-1⏎Content-Transfer-Encoding: quoted-printable⏎Content-Type: text/html; charset=utf-8⏎Content-Type: text/csv; name="log.csv"⏎Content-Disposition: attachment; filename="log.csv"⏎Content-Type: image/png; name="p.png"⏎Content-Disposition: attachment; filename="p.png"⏎Content-Transfer-Encoding: base64
            dropped (an address that only the page of the mail has): https://x.example/7
            file log.csv (text/csv, 3 bytes)
            file p.png (image/png, 16 bytes)
        "#]],
    );
}

#[test]
fn a_box_is_told_in_time_order_and_says_nothing_twice() {
    check(
        "From bo@x.example Wed Mar 11 10:00:00 2026\nFrom: Bo <bo@x.example>\nDate: Wed, 11 Mar 2026 10:00:00 +0000\nSubject: Re: Pump hot\nMessage-ID: <2@x.example>\n\nValve closed.\n>From now on it cools.\n\nOn Wed, 11 Mar 2026 at 09:30, Ada <ada@x.example> wrote:\n> The pump runs hot, and nobody\n> is at the site.\n> Who goes?\n> Not said before by anyone here.\n\nFrom ada@x.example Wed Mar 11 09:30:00 2026\nFrom: ada@x.example\nDate: Wed, 11 Mar 2026 09:30:00 +0000\nSubject: Pump hot\nMessage-ID: <1@x.example>\n\nThe pump runs hot, and nobody is at\nthe site.\n\nWho goes?\n\nFrom cy@x.example Wed Mar 11 10:10:00 2026\nFrom: Cy <cy@x.example>\nDate: Wed, 11 Mar 2026 10:10:00 +0000\nSubject: RE: Pump hot\nMessage-ID: <3@x.example>\n\nCool again.\n\n-----Original Message-----\nFrom: Bo\nSent: Wednesday\nTo: Cy\nSubject: Re: Pump hot\n\nValve closed.\n",
        expect![[r#"
            Named title = Pump hot
            Entry 2026-03-11T09:30:00Z ada@x.example: The pump runs hot, and nobody is at⏎the site.⏎Who goes?
            Entry 2026-03-11T10:00:00Z Bo: Valve closed.⏎From now on it cools.⏎> Not said before by anyone here.
            Entry 2026-03-11T10:10:00Z Cy: Cool again.
            dropped (the mark between two mails of a box): From bo@x.example Wed Mar 11 10:00:00 2026⏎From ada@x.example Wed Mar 11 09:30:00 2026⏎From cy@x.example Wed Mar 11 10:10:00 2026
            dropped (who a mail of a thread is from and to): From: ada@x.example
            dropped (what only mail programs read): Message-ID: <1@x.example>
            dropped (a mark that mail programs set before a subject): Re:
            dropped (the subject of the thread again): Pump hot
            dropped (who a mail of a thread is from and to): From: Bo <bo@x.example>
            dropped (what only mail programs read): Message-ID: <2@x.example>
            dropped (quoted from an earlier mail of this file): On Wed, 11 Mar 2026 at 09:30, Ada <ada@x.example> wrote:⏎The pump runs hot, and nobody⏎is at the site.⏎Who goes?
            dropped (a mark that mail programs set before a subject): RE:
            dropped (the subject of the thread again): Pump hot
            dropped (who a mail of a thread is from and to): From: Cy <cy@x.example>
            dropped (what only mail programs read): Message-ID: <3@x.example>
            dropped (quoted from an earlier mail of this file): -----Original Message-----⏎From: Bo⏎Sent: Wednesday⏎To: Cy⏎Subject: Re: Pump hot⏎Valve closed.
        "#]],
    );
}

#[test]
fn a_forwarded_report_is_the_text() {
    check(
        "From: a@x.example\nSubject: Fwd: Outage\nMessage-ID: <4@x.example>\n\nFYI\n\n> # Cause\n>\n> A valve stuck for two hours and nobody saw it.\n",
        expect![[r#"
            Named title = Outage
            Named From = a@x.example
            Line  FYI
            Gap
            Line  # Cause
            Gap
            Line  A valve stuck for two hours and nobody saw it.
            dropped (a mark that mail programs set before a subject): Fwd:
            dropped (what only mail programs read): Message-ID: <4@x.example>
        "#]],
    );
}

#[test]
fn a_page_is_read_where_the_plain_words_say_nothing() {
    check(
        "From: a@x.example\nSubject: Outage\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\nThis mail needs a browser.\n--a\nContent-Type: text/html\n\n<h2>Cause</h2><p>A valve stuck for two hours and nobody at the site saw it before the morning came round.</p>\n--a--\n",
        expect![[r#"
            Named title = Outage
            Named From = a@x.example
            H2    Cause
            Line  A valve stuck for two hours and nobody at the site saw it before the morning came round.
            dropped (what only mail programs read): MIME-Version: 1.0⏎Content-Type: multipart/alternative; boundary=a⏎Content-Type: text/plain⏎Content-Type: text/html
            dropped (the plain version of a mail that says less than its page): This mail needs a browser.
        "#]],
    );
}

#[test]
fn only_a_mail_is_taken_for_one() {
    assert!(is_one(b"From: a@x.example\nDate: x\nSubject: y\n\nz", true));
    assert!(!is_one(b"From: a@x.example\nDate: x\nSubject: y\n\nz", false), "what was copied out of a window stays text");
    assert!(is_one(b"Received: by x\nFrom: a@x.example\nSubject: y\n\nz", false));
    assert!(!is_one(b"From: Monday on the pump ran\nand then stood", true));
}

#[test]
fn lines_broken_for_their_width_are_whole_again() {
    check(
        "From: a@x.example\nSubject: Outage\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\nThe pump ran hot and \nstood.\n\n- a\n- b\n",
        expect![[r#"
            Named title = Outage
            Named From = a@x.example
            Line  The pump ran hot and stood.
            Gap
            Line  - a
            Line  - b
            dropped (what only mail programs read): MIME-Version: 1.0⏎Content-Type: text/plain; format=flowed
        "#]],
    );
}
