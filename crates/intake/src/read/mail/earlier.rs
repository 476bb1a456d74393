//! What a reply quotes of the mails before it. Always true: a line is known only where each of its words is one of four that stood so, one after
//! another, in an earlier mail, however the lines were broken there (or the whole line did). Time and memory are linear in the text.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// So many words that follow each other are looked up together.
const TOGETHER: usize = 4;

/// The words of the mails so far.
#[derive(Default)]
pub(super) struct Earlier {
    stretches: HashSet<u64>,
}

impl Earlier {
    /// Adds what a mail says itself.
    pub fn add(&mut self, text: &str) {
        self.stretches.extend(words(text).windows(TOGETHER).map(hash));
        self.stretches.extend(text.lines().map(words).filter(|line| !line.is_empty() && line.len() < TOGETHER).map(|line| hash(&line)));
    }

    /// Which lines of a mail are quoted from an earlier one.
    pub fn known(&self, parts: &[Part<'_>]) -> Vec<bool> {
        let mut known = vec![false; parts.len()];
        let quotes = |part: &Part<'_>| part.quoted || part.after_original;
        let mut at = 0;
        while at < parts.len() {
            let end = (at..parts.len()).find(|end| !quotes(&parts[*end])).unwrap_or(parts.len());
            if end > at {
                self.known_of(&parts[at..end], &mut known[at..end]);
            }
            at = end.max(at + 1);
        }
        known
    }

    /// A line is known where each of its words stands in a stretch that is, whether or not the stretch begins in it.
    fn known_of(&self, lines: &[Part<'_>], known: &mut [bool]) {
        // Heads of a copied mail stand between its words and are no words of it.
        let said: Vec<Vec<&str>> = lines.iter().map(|line| if line.attribution { Vec::new() } else { words(line.bare) }).collect();
        let all: Vec<&str> = said.iter().flatten().copied().collect();
        let mut covered = vec![false; all.len()];
        for (at, stretch) in all.windows(TOGETHER).enumerate() {
            if self.stretches.contains(&hash(stretch)) {
                covered[at..at + TOGETHER].fill(true);
            }
        }
        let mut first = 0;
        for (line, known) in said.iter().zip(known) {
            let of_line = &covered[first..first + line.len()];
            first += line.len();
            let short = line.len() < TOGETHER && self.stretches.contains(&hash(line));
            *known = !line.is_empty() && (short || of_line.iter().all(|covered| *covered));
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| !word.chars().all(|c| c == '>')).collect()
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// A line of a mail.
pub(super) struct Part<'a> {
    pub whole: &'a str,
    /// Without the marks of quotation before it.
    pub bare: &'a str,
    pub quoted: bool,
    /// Whether it says who wrote what is quoted below ("On 3 May Ada wrote:").
    pub attribution: bool,
    /// Whether it stands below the heads that some programs set above a copy of the mail that is answered.
    pub after_original: bool,
}

/// The lines of a mail.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut after_original = false;
    let mut parts = Vec::with_capacity(lines.len());
    for (at, whole) in lines.iter().copied().enumerate() {
        let trimmed = whole.trim();
        let bare = trimmed.trim_start_matches(['>', ' ']);
        after_original |= is_original(&lines[at..]);
        let figures = trimmed.contains(|c: char| c.is_ascii_digit() || c == '@');
        let attribution = (trimmed.ends_with(':') && figures) || after_original && (is_head(bare) || trimmed.starts_with("-----"));
        parts.push(Part { whole, bare, quoted: trimmed.starts_with('>'), attribution, after_original });
    }
    parts
}

/// The heads that Outlook and its kin set above the mail that is answered, in the languages the product reads.
const HEADS: &[&str] = &[
    "from", "sent", "date", "to", "cc", "subject", "von", "gesendet", "datum", "an", "betreff", "de", "envoyé", "à", "objet", "enviado",
    "para", "asunto", "assunto",
];

fn is_head(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| HEADS.contains(&name.trim_matches(['*', ' ']).to_lowercase().as_str()))
}

/// Whether a copy of another mail begins here: three of its heads stand together, or a line says so.
fn is_original(lines: &[&str]) -> bool {
    let first = lines.first().map_or("", |line| line.trim());
    let marked = first.starts_with("-----") && first.ends_with("-----") && first.len() > 12;
    marked || lines.len() >= 3 && lines[..3].iter().all(|line| is_head(line.trim()))
}
