//! The files that are changed: printed here, signed once and twice, and one that nobody has signed.

use chrono::{DateTime, SubsecRound, Utc};
use desk::export::{self, Order};
use desk::ports::World;
use desk::{documents, identities};
use paper::Press;
use seal::{Draft, Identity, SignIn, Signer, Statement};
use std::ops::ControlFlow;
use std::sync::OnceLock;

/// A file before it was changed.
pub struct Sample {
    pub pdf: Vec<u8>,
    /// What the first signature in it covers, in two parts.
    covered: Option<[std::ops::Range<usize>; 2]>,
}

impl Sample {
    fn of(pdf: Vec<u8>) -> Self {
        let covered = range(&pdf);
        Self { pdf, covered }
    }

    /// Whether a changed file still has every byte that the first signature of this one covers, where it covers it.
    pub fn is_kept_by(&self, changed: &[u8]) -> bool {
        let Some([before, after]) = &self.covered else { return false };
        [before, after].into_iter().all(|part| changed.get(part.clone()) == self.pdf.get(part.clone()))
    }
}

/// The byte ranges of the first signature, read from its text.
fn range(pdf: &[u8]) -> Option<[std::ops::Range<usize>; 2]> {
    const KEY: &[u8] = b"/ByteRange";
    let start = pdf.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let text = String::from_utf8_lossy(pdf.get(start..start + 80)?).into_owned();
    let numbers: Vec<usize> =
        text.split_once('[')?.1.split_once(']')?.0.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let &[0, hole, behind, rest] = numbers.as_slice() else { return None };
    Some([0..hole, behind..behind + rest])
}

/// The moment at which everything is signed and judged.
pub fn moment() -> DateTime<Utc> {
    static NOW: OnceLock<DateTime<Utc>> = OnceLock::new();
    *NOW.get_or_init(|| Utc::now().trunc_subsecs(0))
}

fn identity() -> &'static Identity {
    static ADA: OnceLock<Identity> = OnceLock::new();
    ADA.get_or_init(|| identities::unkept(&World::real(), "Ada", "Specimen").expect("an identity"))
}

/// Signs in the first free field, if that can be done.
pub fn sign(pdf: Vec<u8>) -> Option<Vec<u8>> {
    let statement = Statement { name: "Ada".into(), signed_at: moment(), reason: None, location: None };
    let room = identity().credentials().room(false);
    let prepared = Draft::open(pdf).ok()?.reserve(SignIn::FirstFree, &statement, None, room).ok()?;
    Some(prepared.sign(identity(), None).ok()?.into_bytes())
}

/// The letter has few pages and one place to sign; the summary has files in it and more places.
pub fn make() -> Vec<Sample> {
    let printed = ["rfo", "sec-h9-summary"].map(printed);
    let once = printed.clone().map(|pdf| sign(pdf).expect("a place is free"));
    let twice = once.last().cloned().and_then(sign);
    printed.into_iter().chain(once).chain(twice).map(Sample::of).collect()
}

fn printed(form: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let (world, path) = (World::real(), folder.path().join("report.pdf"));
    let report = report::catalogue::sample(form).expect("a shipped sample");
    documents::write_with_files(&world, &folder.path().join("report.json"), &report, &documents::sample_files(&report)).expect("written");
    let files = documents::beside(&world, &folder.path().join("report.json"), &report).expect("its files");
    let order = Order { report: &report, files: &files, paper: paper::Paper::A4, draft: None, signers: &[], authorities: &[], reach: None };
    export::export(&world, &mut Press::default(), &order, &path, &mut |_| ControlFlow::Continue(())).expect("exported");
    std::fs::read(path).expect("written")
}
