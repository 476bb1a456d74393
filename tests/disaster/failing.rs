//! Every write failing in turn: whichever it is, the act says so, no file is half-written, and the next try succeeds.

use desk::fault::Fault;
use desk::ports::{Files, World};
use desk::{FaultCode, demo, documents, export, identities};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The machine's files, but the write of that number (from 1) finds a full disk.
struct Failing {
    real: Arc<dyn Files>,
    fails: usize,
    writes: AtomicUsize,
}

impl Failing {
    fn next(&self) -> io::Result<()> {
        if self.writes.fetch_add(1, Ordering::SeqCst) + 1 == self.fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Files for Failing {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.real.read(path, limit)
    }

    fn write_whole(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.next().and_then(|()| self.real.write_whole(path, bytes))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write_whole(path, bytes)
    }

    fn exists(&self, path: &Path) -> bool {
        self.real.exists(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.next().and_then(|()| self.real.make_folder(path))
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.real.is_folder(path)
    }

    fn below(&self, folder: &Path, most: usize) -> io::Result<Vec<PathBuf>> {
        self.real.below(folder, most)
    }
}

type Act = dyn Fn(&World, &Path) -> Result<(), Fault>;

/// Lets each write of the act fail once, in a folder of its own each time that `prepare` filled.
/// `all_or_nothing`: the folder must then be as it was; else each file must be as it was or as it will be.
fn each_write_fails(prepare: &dyn Fn(&Path), act: &Act, all_or_nothing: bool) -> usize {
    let finished = {
        let folder = prepared(prepare);
        act(&World::real(), folder.path()).expect("nothing fails");
        everything(folder.path())
    };
    for fails in 1.. {
        let folder = prepared(prepare);
        let before = everything(folder.path());
        let real = World::real();
        let files = Arc::new(Failing { real: real.files.clone(), fails, writes: AtomicUsize::new(0) });
        let world = World { files: files.clone(), ..real };
        match act(&world, folder.path()) {
            Ok(()) => {
                assert!(files.writes.load(Ordering::SeqCst) < fails, "write {fails} failed and nobody was told");
                return fails - 1;
            }
            Err(fault) => assert_eq!(fault.code, FaultCode::DiskFull, "write {fails}: {fault:?}"),
        }
        let after = everything(folder.path());
        if all_or_nothing {
            assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "write {fails} left something");
        }
        for (path, bytes) in &after {
            let as_before = before.get(path) == Some(bytes);
            let as_finished = finished.get(path).is_some_and(|whole| whole.len() == bytes.len());
            assert!(as_before || !all_or_nothing && as_finished, "write {fails}: {} is neither old nor new", path.display());
        }
        for path in before.keys() {
            assert!(after.contains_key(path), "write {fails}: {} is gone", path.display());
        }
        act(&World::real(), folder.path()).expect("the next try succeeds");
    }
    unreachable!("an act has only so many writes")
}

fn prepared(prepare: &dyn Fn(&Path)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    prepare(folder.path());
    folder
}

fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inner)).expect("a folder") {
            let name = inner.join(entry.expect("an entry").file_name());
            let path = folder.join(&name);
            if path.is_dir() { folders.push(name) } else { drop(found.insert(name, fs::read(path).expect("it is read"))) }
        }
    }
    found
}

fn sample(folder: &Path) {
    let report = report::catalogue::sample("sec-h9-summary").expect("a shipped sample");
    let json = folder.join("report.json");
    documents::write_with_files(&World::real(), &json, &report, &documents::sample_files(&report)).expect("they are written");
    fs::write(folder.join("report.pdf"), "last week's").expect("it is written");
}

fn print(world: &World, folder: &Path, name: &str) -> Result<(), Fault> {
    let json = folder.join("report.json");
    let report = documents::read_report(world, &json)?;
    let files = documents::beside(world, &json, &report)?;
    let order =
        export::Order { report: &report, files: &files, paper: paper::Paper::A4, draft: None, signers: &[], authorities: &[], reach: None };
    match export::export(world, &mut paper::Press::default(), &order, &folder.join(name), &mut |_| ControlFlow::Continue(())) {
        Ok(_) => Ok(()),
        Err(export::NotExported::Fault(fault)) => Err(fault),
        Err(export::NotExported::Blocked(findings)) => panic!("the sample is blocked: {findings:?}"),
    }
}

#[test]
fn an_export_leaves_the_earlier_file() {
    let writes = each_write_fails(&sample, &|world, folder| print(world, folder, "report.pdf"), true);
    assert_eq!(writes, 1);
}

#[test]
fn an_identity_is_made_or_not() {
    let make = |world: &World, folder: &Path| {
        let path = folder.join("ada.p12");
        // The next try finds no file in its way, or the act has succeeded.
        if path.exists() {
            return Ok(());
        }
        identities::make(world, "Ada", "", &seal::Passphrase::new("secret".to_owned()), &path).map(drop)
    };
    assert_eq!(each_write_fails(&|_| {}, &make, true), 1);
}

#[test]
fn what_is_taken_out_of_a_pdf_is_whole_or_as_it_was_and_the_report_comes_last() {
    let prepare = |folder: &Path| {
        sample(folder);
        print(&World::real(), folder, "signed.pdf").expect("it prints");
        fs::create_dir(folder.join("out")).expect("a folder");
        fs::write(folder.join("out/report.json"), "an older one").expect("it is written");
        fs::create_dir(folder.join("out/attachments")).expect("a folder");
        fs::write(folder.join("out/attachments/bridge-notes.txt"), "older notes").expect("it is written");
    };
    let extract = |world: &World, folder: &Path| {
        let out = folder.join("out");
        documents::extract(world, &folder.join("signed.pdf"), &out.join("report.json"), Some(&out.join("attachments"))).map(drop)
    };
    let writes = each_write_fails(&prepare, &extract, false);
    assert_eq!(writes, 5, "a folder, three files, the report");
    let folder = prepared(&prepare);
    let real = World::real();
    let files = Arc::new(Failing { real: real.files.clone(), fails: writes, writes: AtomicUsize::new(0) });
    extract(&World { files, ..real }, folder.path()).expect_err("the last write fails");
    assert_eq!(fs::read(folder.path().join("out/report.json")).expect("it is there"), b"an older one");
}

#[test]
fn a_demonstration_leaves_only_whole_files() {
    let writes = each_write_fails(&|_| {}, &|world, folder| demo::demo(world, &folder.join("demo")).map(drop), false);
    assert_eq!(writes, 7, "two folders, the report, three files, the PDF");
}
