//! Revisions, their chain, and the files made from them.

use crate::fixture::{Shelf, at, by, retitled, save, shelf, shell};
use report::Report;
use store::{ChainFault, ChainFaultKind, Digest, Export, ExportKind, ReadError, Reason, RevisionId, SaveError, Seq, State};

/// A report with three revisions, and their ids from the first.
fn three_revisions(shelf: &mut Shelf) -> (Report, [RevisionId; 3]) {
    let begun = shelf.holds(1, "One");
    let mut ids = [by(1).revision; 3];
    for (number, title) in [(2, "Two"), (3, "Three")] {
        let seq = save(&mut shelf.library, &retitled(&begun, title), number);
        let place = usize::try_from(number - 1).expect("a small number");
        ids[place] = shelf.library.checkpoint(begun.id, seq, Reason::Checkpoint, &by(number)).expect("it is kept");
    }
    (begun, ids)
}

#[test]
fn every_revision_gives_back_the_report_as_it_was() {
    let mut shelf = shelf();
    let (begun, ids) = three_revisions(&mut shelf);
    for (id, title) in ids.into_iter().zip(["One", "Two", "Three"]) {
        assert_eq!(shelf.library.revision(id).expect("it is there"), retitled(&begun, title));
    }
}

#[test]
fn the_history_names_who_when_why_and_from_what() {
    let mut shelf = shelf();
    let (begun, [first, second, third]) = three_revisions(&mut shelf);
    let history = shelf.library.history(begun.id).expect("its history");
    assert_eq!(history.iter().map(|revision| revision.id).collect::<Vec<_>>(), [third, second, first]);
    assert_eq!(history.iter().map(|revision| revision.parents.clone()).collect::<Vec<_>>(), [vec![second], vec![first], vec![]]);
    let newest = &history[0];
    assert_eq!((newest.author.as_str(), newest.device.as_str()), ("Ines Vidal", "laptop-7"));
    assert_eq!((newest.at, newest.reason), (at(3), Reason::Checkpoint));
    assert_eq!(shelf.library.verify_chain(begun.id).expect("it is checked"), []);
}

#[test]
fn a_checkpoint_of_nothing_new_is_the_head() {
    let mut shelf = shelf();
    let (begun, [_, _, third]) = three_revisions(&mut shelf);
    assert_eq!(shelf.library.checkpoint(begun.id, Seq(3), Reason::BeforeExport, &by(9)).expect("the head"), third);
    assert_eq!(shelf.library.history(begun.id).expect("its history").len(), 3);
}

#[test]
fn a_revision_that_is_not_there_is_named() {
    let shelf = shelf();
    let id = by(1).revision;
    assert!(matches!(shelf.library.revision(id), Err(ReadError::NoRevision { revision }) if revision == id));
}

#[test]
fn not_even_a_shell_changes_or_deletes_a_revision() {
    let mut shelf = shelf();
    three_revisions(&mut shelf);
    let shell = shell(&shelf.path());
    for sql in ["UPDATE revision SET author = 'x'", "DELETE FROM revision", "DELETE FROM revision_parent", "DELETE FROM report"] {
        shell.pragma_update(None, "foreign_keys", true).expect("it is set");
        shell.execute(sql, []).expect_err(sql);
    }
}

/// The chain with the second revision changed by somebody who took the guards away first.
fn tampered(sql: &str) -> (Vec<ChainFault>, [RevisionId; 3]) {
    let mut shelf = shelf();
    let (begun, ids) = three_revisions(&mut shelf);
    let shell = shell(&shelf.path());
    shell
        .execute_batch("PRAGMA foreign_keys = OFF; DROP TRIGGER revision_is_never_changed; DROP TRIGGER revision_parent_is_never_changed;")
        .expect("the guards go");
    assert_eq!(shell.execute(sql, [ids[1].0.as_bytes().as_slice()]).expect("it is changed"), 1, "{sql}");
    (shelf.library.verify_chain(begun.id).expect("it is checked"), ids)
}

#[test]
fn a_rewritten_past_is_noticed_where_it_was_rewritten() {
    for change in ["author = 'Somebody else'", "device = 'x'", "at_ms = at_ms + 1", "reason = 'imported'", "report = zeroblob(16)"] {
        let (faults, ids) = tampered(&format!("UPDATE revision SET {change} WHERE id = ?1"));
        assert_eq!(faults, [ChainFault { revision: ids[1], kind: ChainFaultKind::Circumstances }], "{change}");
    }
}

#[test]
fn a_changed_byte_of_the_text_is_noticed() {
    let flip = "UPDATE revision SET snapshot = CAST(substr(snapshot, 1, 99) || x'00' || substr(snapshot, 101) AS BLOB) WHERE id = ?1";
    let (faults, ids) = tampered(flip);
    assert_eq!(faults, [ChainFault { revision: ids[1], kind: ChainFaultKind::Text }]);
}

#[test]
fn a_swapped_text_with_its_digest_is_noticed() {
    let swap = "UPDATE revision SET (digest, snapshot) = (SELECT digest, snapshot FROM report) WHERE id = ?1";
    let (faults, ids) = tampered(swap);
    assert_eq!(faults, [ChainFault { revision: ids[1], kind: ChainFaultKind::Circumstances }]);
}

#[test]
fn a_swapped_hash_is_noticed_by_it_and_by_its_child() {
    let (faults, ids) = tampered("UPDATE revision SET hash = zeroblob(32) WHERE id = ?1");
    let kind = ChainFaultKind::Circumstances;
    assert_eq!(faults, [ChainFault { revision: ids[1], kind }, ChainFault { revision: ids[2], kind }]);
}

#[test]
fn a_parent_that_is_gone_is_noticed() {
    let (faults, ids) = tampered("UPDATE revision_parent SET parent = zeroblob(16) WHERE revision = ?1");
    assert_eq!(faults, [ChainFault { revision: ids[1], kind: ChainFaultKind::ParentMissing }]);
}

fn export(report: &Report, revision: RevisionId, kind: ExportKind) -> Export {
    Export {
        report: report.id,
        revision,
        kind,
        signer: (kind == ExportKind::Signed).then(|| "Ines Vidal".to_owned()),
        path: "/home/ines/Report.pdf".to_owned(),
        sha256: Digest::of(b"a PDF"),
        size: 5,
        at: at(10),
    }
}

#[test]
fn a_signed_export_makes_the_report_signed_and_nothing_is_written_over_it() {
    let mut shelf = shelf();
    let (begun, [.., third]) = three_revisions(&mut shelf);
    let draft = export(&begun, third, ExportKind::Draft);
    assert_eq!(shelf.library.mark_exported(&draft).expect("it is noted"), State::Draft);
    let signed = export(&begun, third, ExportKind::Signed);
    assert_eq!(shelf.library.mark_exported(&signed).expect("it is noted"), State::Signed);
    let working = shelf.library.load(begun.id).expect("it is there");
    assert_eq!(working.state, State::Signed);
    assert_eq!(shelf.library.exports(begun.id).expect("its exports"), [signed.clone(), draft.clone()]);
    assert_eq!(shelf.library.exports_of_file(Digest::of(b"a PDF")).expect("its exports"), [signed, draft]);

    let refused = shelf.library.save(&retitled(&begun, "Four"), working.seq, at(11));
    assert!(matches!(refused, Err(SaveError::Signed { report }) if report == begun.id), "{refused:?}");
    assert_eq!(shelf.library.load(begun.id).expect("it is there"), working);
    let filed = retitled(&begun, "as if only a filing was added");
    shelf.library.save_filing(&filed, working.seq, State::Filed, at(12)).expect("what was filed is added");
    assert_eq!(shelf.library.load(begun.id).expect("it is there").state, State::Filed);
}

#[test]
fn kin_are_the_versions_the_copies_and_what_came_twice_from_one_file() {
    let mut shelf = shelf();
    let (begun, [.., third]) = three_revisions(&mut shelf);
    shelf.library.mark_exported(&export(&begun, third, ExportKind::Signed)).expect("it is noted");
    let next = Report { version: "1.1".to_owned(), ..crate::fixture::report(20, "Three") };
    shelf.library.create_from(&next, third, Reason::Opened, &by(20)).expect("it is taken in");
    let stranger = shelf.holds(30, "Stranger");
    for asked in [begun.id, next.id] {
        let kin = shelf.library.lineage(asked).expect("its lineage");
        assert_eq!(
            kin.iter().map(|one| (one.report, one.signed)).collect::<Vec<_>>(),
            [(begun.id, Some(third)), (begun.id, None), (next.id, None)]
        );
    }
    assert_eq!(shelf.library.lineage(stranger.id).expect("its lineage").len(), 1);
}

#[test]
fn what_was_report_date_during_the_signing_stays_a_draft() {
    let mut shelf = shelf();
    let (begun, [.., third]) = three_revisions(&mut shelf);
    save(&mut shelf.library, &retitled(&begun, "Four"), 11);
    shelf.library.mark_exported(&export(&begun, third, ExportKind::Signed)).expect("it is noted");
    assert_eq!(shelf.library.load(begun.id).expect("it is there").state, State::Draft);
}

#[test]
fn an_export_of_a_report_that_is_not_there_is_refused() {
    let mut shelf = shelf();
    let stranger = crate::fixture::report(7, "Never taken in");
    let refused = shelf.library.mark_exported(&export(&stranger, by(1).revision, ExportKind::Draft));
    assert!(matches!(refused, Err(SaveError::Gone { report }) if report == stranger.id), "{refused:?}");
}
