//! Broken texts before every reader: what lies in `fuzz/corpus` and among the reports of `tests/corpus`, changed by chance. Always true: no reader
//! panics or takes longer than ten seconds, and chance is the same every time. A few seconds by default; `MUTATIONS_SECONDS=600` goes on for
//! ten minutes, `MUTATIONS_SEED` begins elsewhere. What chance finds longer and better is libFuzzer's part (`fuzz/README.md`).

use intake::read::{Given, read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What one text may cost without optimisation.
const LONGEST: Duration = Duration::from_secs(10);
/// Longer texts only take longer.
const LARGEST: u64 = 64 << 10;

/// Of Knuth's linear congruential generator (MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

#[test]
fn no_reader_trips_over_a_broken_text() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let seconds = number("MUTATIONS_SECONDS").unwrap_or(3);
    let mut chance = Chance(number("MUTATIONS_SEED").unwrap_or(20));
    let texts = texts();
    assert!(texts.len() > 100, "the texts to be broken lie there");
    let (begun, mut count) = (Instant::now(), 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let (name, text) = &texts[chance.below(texts.len())];
        let broken = broken(text, &texts[chance.below(texts.len())].1, &mut chance);
        let at = Instant::now();
        let told = std::panic::catch_unwind(|| drop(read(Some(name), &broken, &Given::default())));
        if told.is_err() || at.elapsed() > LONGEST {
            let kept = std::env::temp_dir().join(format!("mutation-{count}"));
            std::fs::write(&kept, &broken).expect("it is kept");
            panic!("{name} changed: {:?}, kept as {}", at.elapsed(), kept.display());
        }
        count += 1;
    }
    println!("{count} texts");
}

/// Every text with a name whose ending leads to its reader.
fn texts() -> Vec<(String, Vec<u8>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let endings = [("markdown", "md"), ("plain", "txt"), ("restructured", "rst"), ("asciidoc", "adoc"), ("table", "csv"), ("chat", "txt")];
    let mut found = Vec::new();
    for folder in [here.join("fuzz/corpus"), here.join("../../tests/corpus/reports")] {
        for path in files(&folder) {
            let of = path.parent().and_then(Path::file_name).map(|of| of.to_string_lossy().into_owned()).unwrap_or_default();
            let ending = endings.iter().find(|(folder, _)| *folder == of).map(|(_, ending)| *ending);
            let own = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let name = ending.map_or(own, |ending| format!("file.{ending}"));
            found.extend(std::fs::read(&path).ok().map(|bytes| (name, bytes)));
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let is_small = |path: &Path| path.metadata().is_ok_and(|known| known.len() <= LARGEST);
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).filter(|path| is_small(path)).collect()
}

/// A text with up to four changes: bytes turned, taken out, doubled, put elsewhere, or a stretch of another text.
fn broken(text: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    const SIGNS: [&str; 12] = ["\n", "|", "#", "> ", "- ", "\u{202e}", "\0", "<table>", "&#x", "[^1]: ", "\t", "2026-02-30 25:61 "];
    let mut text = text.to_vec();
    for _ in 0..=chance.below(4) {
        let from = chance.below(text.len());
        let to = (from + chance.below(40)).min(text.len());
        match chance.below(6) {
            0 if from < text.len() => text[from] ^= 1 << chance.below(8),
            1 => drop(text.drain(from..to)),
            2 => {
                let stretch = text[from..to].to_vec();
                let times = 1 + chance.below(30);
                text.splice(from..from, stretch.repeat(times));
            }
            3 => {
                let stretch: Vec<u8> = text.drain(from..to).collect();
                let place = chance.below(text.len());
                text.splice(place..place, stretch);
            }
            4 => {
                let begin = chance.below(other.len());
                let end = (begin + chance.below(400)).min(other.len());
                text.splice(from..from, other[begin..end].iter().copied());
            }
            _ => drop(text.splice(from..from, SIGNS[chance.below(SIGNS.len())].bytes())),
        }
    }
    text
}
