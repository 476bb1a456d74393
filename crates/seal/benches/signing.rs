//! How long one signature takes in a running process, without and with reading the file back: `npm run bench -- sign`.
//! The file, the identity and its passphrase come from the environment, so that a peer signs the same.

use std::{
    hint::black_box,
    time::{Duration, Instant, SystemTime},
};

use seal::{Appearance, Draft, Fonts, Identity, Line, Passphrase, SignIn, Signer, Statement, Weight};

const ROUNDS: usize = 31;

fn main() {
    let named = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let read = |name: &str| std::fs::read(named(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let pdf = read("RAPPORTEUR_BENCH_PDF");
    let identity = Identity::open(&read("RAPPORTEUR_BENCH_IDENTITY"), &Passphrase::new(named("RAPPORTEUR_BENCH_PASSPHRASE")));
    let identity = identity.expect("the identity opens");
    let font = |name: &str| std::fs::read(format!("{}/../paper/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a font");
    let fonts = [font("SourceSans3-Regular.ttf"), font("SourceSans3-Semibold.ttf"), font("SourceCodePro-Regular.ttf")];

    let mut file = Vec::new();
    let signed = median(|| file = black_box(sign(&pdf, &identity, &fonts)));
    let judged = median(|| drop(black_box(seal::verify(&file, &[], SystemTime::now().into()).expect("readable"))));
    println!("{{\"signed\": {}, \"judged\": {}}}", signed.as_secs_f64() * 1e3, judged.as_secs_f64() * 1e3);
}

fn sign(pdf: &[u8], identity: &Identity, [regular, semibold, mono]: &[Vec<u8>; 3]) -> Vec<u8> {
    let line = |text: &str, weight| Line { text: text.into(), size_pt: 8.5, weight, colour: [30, 30, 30] };
    let appearance = Appearance {
        lines: vec![line("Signed electronically", Weight::Semibold), line(&identity.signer().name, Weight::Regular)],
        fonts: Fonts { regular, semibold, mono },
        inset_mm: (3.0, 2.0),
        border: None,
        ground: None,
    };
    let statement = Statement { name: identity.signer().name.clone(), signed_at: SystemTime::now().into(), reason: None, location: None };
    let draft = Draft::open(pdf.to_vec()).expect("readable");
    let prepared =
        draft.reserve(SignIn::FirstFree, &statement, Some(&appearance), identity.credentials().room(false)).expect("a place is free");
    prepared.sign(identity, None).expect("it signs").into_bytes()
}

/// The median of so many rounds, after one that warms up.
fn median(mut act: impl FnMut()) -> Duration {
    act();
    let mut taken: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            act();
            start.elapsed()
        })
        .collect();
    taken.sort_unstable();
    taken[ROUNDS / 2]
}
