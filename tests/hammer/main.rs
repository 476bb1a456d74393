//! Signed files changed at random and handed to whatever reads them: judging, extracting, signing further.
//! Always true of a pass: within half a gibibyte of memory nothing crashed or hung, and no file was sound whose signed bytes were changed.
//! Each case follows from a seed, which a failure names: HAMMER_SEED begins there, HAMMER_SECONDS says for how long (each act, 4 without it).

mod change;
mod samples;

use change::Chance;
use samples::Sample;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const ACT: &str = "HAMMER_ACT";
const SECONDS: &str = "HAMMER_SECONDS";
const SEED: &str = "HAMMER_SEED";
/// In kibibytes, as the shell counts them: of addresses, which is more than what is used of them.
const MEMORY: &str = "524288";
/// No file of these sizes may take longer, in a build without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

#[test]
fn judging_survives_whatever_was_changed() {
    hammered("judge");
}

#[test]
fn extracting_survives_whatever_was_changed() {
    hammered("extract");
}

#[test]
fn signing_survives_whatever_was_changed() {
    hammered("sign");
}

/// Runs an act in a process of its own, whose memory is limited. In that process it is the act itself.
fn hammered(act: &str) {
    if let Ok(asked) = std::env::var(ACT) {
        if asked == act {
            hammer(act);
        }
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let limited = format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited]).arg(program).args(["--exact", "--nocapture", "--test-threads=1"]);
    let name = match act {
        "judge" => "judging_survives_whatever_was_changed",
        "extract" => "extracting_survives_whatever_was_changed",
        _ => "signing_survives_whatever_was_changed",
    };
    let ended = command.arg(name).env(ACT, act).output().expect("a shell");
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    print!("{said}");
    assert!(ended.status.success(), "{act} ended with {}: {said}", ended.status);
}

fn hammer(act: &str) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let limit = Duration::from_secs(number(SECONDS).unwrap_or(4));
    let first: u64 = number(SEED).unwrap_or(1);
    let samples = samples::make();
    let (start, mut seed, mut slowest) = (Instant::now(), first, Duration::ZERO);
    while start.elapsed() < limit {
        let begun = Instant::now();
        // Told beforehand, so that a process that was killed has said where.
        if seed.is_multiple_of(100) || seed == first {
            eprintln!("{act}: from seed {seed}");
        }
        let changed = change::any(&samples, &mut Chance::from(seed));
        let tried = std::panic::catch_unwind(|| one(act, &changed, &samples));
        assert!(tried.is_ok(), "{act} broke on seed {seed}");
        slowest = slowest.max(begun.elapsed());
        assert!(begun.elapsed() < LONGEST, "{act} took {:?} on seed {seed}", begun.elapsed());
        seed += 1;
    }
    eprintln!("{act}: {} changed files, the slowest took {slowest:?}", seed - first);
}

fn one(act: &str, changed: &[u8], samples: &[Sample]) {
    let path = Path::new("changed.pdf");
    match act {
        "judge" => {
            let verdict = seal::verify(changed, &[], samples::moment());
            let sound = verdict.is_ok_and(|verdict| verdict.sound());
            assert!(!sound || samples.iter().any(|sample| sample.is_kept_by(changed)), "a changed file is sound");
        }
        "extract" => drop(desk::documents::inside(path, changed)),
        _ => {
            if let Some(signed) = samples::sign(changed.to_vec()) {
                assert!(signed.starts_with(changed), "what was there is not as it was");
            }
        }
    }
}
