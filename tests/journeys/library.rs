//! The library as a whole: settings, the shelf, the bin, identities, and files that are no library of ours.

use crate::room::{Hand, Room};
use desk::library::{ReportState, ShelfQuery};
use desk::settings::{Paper, Settings, Theme};
use desk::{Desk, FaultCode};
use std::fs;

#[test]
fn settings_are_kept_and_sign_the_next_report() {
    let room = Room::new();
    let desk = room.desk();
    assert_eq!(desk.settings().expect("they are read"), Settings::default());
    let settings = Settings {
        name: "Ada Ferrer".to_owned(),
        role: "Problem Manager".to_owned(),
        organisation: "Northwind".to_owned(),
        theme: Theme::Dark,
        paper: Paper::Letter,
        authority: "https://time.test/".to_owned(),
        zoom: 125,
    };
    desk.set_settings(&settings).expect("they are kept");
    drop(desk);
    let desk = room.desk();
    assert_eq!(desk.settings().expect("they are read"), settings);
    let person = desk.begin("rfo").expect("it begins").report.signatories[0].person.clone();
    assert_eq!((person.name, person.role, person.organisation), (settings.name, settings.role, settings.organisation));
}

#[test]
fn the_shelf_finds_words_and_states_and_the_bin_gives_back() {
    let room = Room::new();
    let desk = room.desk();
    let opened = desk.begin("rfo").expect("it begins");
    let letter = opened.report.id;
    desk.title(letter, "Storage in Bergen");
    desk.body(&opened, "background", "The sea strainer was blocked by weed.");
    desk.save(letter).expect("it is saved");
    let sample = desk.begin_sample().expect("the sample").report.id;
    let found = |text: &str, state| {
        let query = ShelfQuery { text: text.to_owned(), state };
        desk.shelf(&query).expect("the shelf").reports.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found("", None).len(), 2);
    assert_eq!(found("strainer", None), [letter]);
    assert_eq!(found("INC000000731204", None), [sample]);
    assert_eq!(found("nowhere to be found", None), []);
    assert_eq!(found("", Some(ReportState::Signed)), []);

    desk.title(letter, "Storage in Bergen, revised");
    desk.remove(letter).expect("it goes to the bin");
    assert_eq!(found("", None), [sample]);
    desk.restore(letter).expect("it comes back");
    assert_eq!(desk.now(letter).title, "Storage in Bergen, revised", "with what was not yet saved");
}

#[test]
fn identities_are_remembered_and_never_overwritten() {
    let room = Room::new();
    let desk = room.desk();
    let path = room.identity(&desk, "Ada");
    let bytes = fs::read(&path).expect("it is there");
    let card = desk.identities().expect("they are read").remove(0);
    assert!(card.present && card.made_here && card.name == "Ada" && card.fingerprint.len() == 64, "{card:?}");
    let again = desk::filing::NewIdentityRequest {
        name: "Other".to_owned(),
        organisation: String::new(),
        passphrase: "secret".to_owned(),
        path: Some(path.clone()),
    };
    assert_eq!(desk.identity_new(&again).expect_err("it is there already").code, FaultCode::BadIdentity);
    assert_eq!(fs::read(&path).expect("it is there"), bytes);
    fs::remove_file(&path).expect("it is removed");
    assert!(!desk.identities().expect("they are read")[0].present);
    assert_eq!(desk.identity_add(&room.path("gone.p12")).expect_err("no such file").code, FaultCode::Gone);
}

#[test]
fn a_newer_damaged_or_foreign_library_is_named_and_stays_as_it_is() {
    let newer = |file: &std::path::Path| {
        let sql = rusqlite::Connection::open(file).expect("SQLite opens it");
        sql.pragma_update(None, "user_version", 999).expect("it is written");
    };
    let damaged = |file: &std::path::Path| {
        let mut bytes = fs::read(file).expect("it is there");
        let end = bytes.len() / 2;
        bytes.truncate(end);
        fs::write(file, bytes).expect("it is written");
    };
    let foreign = |file: &std::path::Path| fs::write(file, "a shopping list").expect("it is written");
    type Spoil<'a> = &'a dyn Fn(&std::path::Path);
    let spoilers: [(Spoil<'_>, FaultCode); 3] =
        [(&newer, FaultCode::LibraryNewer), (&damaged, FaultCode::LibraryDamaged), (&foreign, FaultCode::LibraryDamaged)];
    for (spoil, code) in spoilers {
        let room = Room::new();
        let desk = room.desk();
        desk.begin_sample().expect("the sample");
        desk.close_all().expect("it closes");
        drop(desk);
        let file = room.library().join(store::FILE_NAME);
        spoil(&file);
        let before = fs::read(&file).expect("it is there");
        let fault = Desk::open(room.world(), &room.library()).err().expect("it does not open");
        assert_eq!(fault.code, code, "{fault:?}");
        assert!(fault.facts["path"].contains(store::FILE_NAME) && !fault.detail.is_empty());
        assert!(fs::read(&file).expect("it is there") == before, "{code:?}: the file was touched");
    }
}
