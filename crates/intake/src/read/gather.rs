//! Words being gathered into a line. Always true: pieces in one style are one run; nothing is lost but white space that a format says
//! is only there to be looked at in its source.

use crate::source::{Line, Run};

/// Where a line was broken for its width, until the whole is known (U+2028, the line separator of Unicode).
const SOFT: &str = "\u{2028}";

/// A line in the making.
#[derive(Default)]
pub(super) struct Gather {
    runs: Vec<Run>,
}

impl Gather {
    /// Adds words as they stand. `style` is a run whose own text is not looked at.
    pub fn push(&mut self, text: &str, style: &Run) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if same_style(last, style) => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), ..style.clone() }),
        }
    }

    /// Adds words whose white space means one space (CSS Text 3, 4.1.1); spaces that carry meaning (U+00A0) stay.
    pub fn push_collapsed(&mut self, text: &str, style: &Run) {
        let mut words = String::with_capacity(text.len());
        let mut open = self.ends_in_space();
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !open {
                    words.push(' ');
                }
                open = true;
            } else {
                words.push(c);
                open = false;
            }
        }
        self.push(&words, style);
    }

    /// Ends the line of the paragraph, not the paragraph.
    pub fn hard_break(&mut self) {
        if let Some(last) = self.runs.last_mut() {
            let kept = last.text.trim_end_matches(' ').len();
            last.text.truncate(kept);
            last.text.push('\n');
        }
    }

    /// Goes on with a line that its source broke for its width, unless every line proves to be a label with its value.
    pub fn soft_break(&mut self, style: &Run) {
        if !self.ends_in_space() {
            self.push(SOFT, style);
        }
    }

    /// What the broken lines are to each other, once all are known.
    pub fn settle(runs: &mut [Run]) {
        if !runs.iter().any(|run| run.text.contains(SOFT)) {
            return;
        }
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        let labels = text.split(SOFT).all(crate::piece::is_labelled);
        runs.iter_mut().for_each(|run| run.text = run.text.replace(SOFT, if labels { "\n" } else { " " }));
    }

    /// The line, without white space at its ends; none where there is no word in it.
    pub fn take(&mut self) -> Option<Line> {
        let mut runs = std::mem::take(&mut self.runs);
        Self::settle(&mut runs);
        while let Some(last) = runs.last_mut() {
            let kept = last.text.trim_end_matches(|c: char| c.is_whitespace()).len();
            last.text.truncate(kept);
            if kept > 0 {
                break;
            }
            runs.pop();
        }
        while let Some(first) = runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
            if !first.text.is_empty() {
                break;
            }
            runs.remove(0);
        }
        (!runs.is_empty()).then_some(Line { runs })
    }

    /// The words with all their white space, less the line ends around them; none where there is no word.
    pub fn take_as_it_stands(&mut self) -> Option<String> {
        let text: String = std::mem::take(&mut self.runs).into_iter().map(|run| run.text.replace(SOFT, " ")).collect();
        let text = text.trim_matches('\n').trim_end();
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    fn ends_in_space(&self) -> bool {
        self.runs.last().is_none_or(|run| run.text.ends_with([' ', '\n']) || run.text.ends_with(SOFT))
    }
}

/// Appends `more` to `line`, after a hard break.
pub(super) fn append(line: &mut Line, more: Line) {
    if let Some(last) = line.runs.last_mut() {
        last.text.push('\n');
    }
    let mut gather = Gather { runs: std::mem::take(&mut line.runs) };
    more.runs.iter().for_each(|run| gather.push(&run.text, run));
    line.runs = gather.runs;
}

/// Goes on with `line` in a further line of its paragraph; `Gather::settle` says in the end what parts them.
pub(super) fn go_on(line: &mut Line, more: Line) {
    let mut gather = Gather { runs: std::mem::take(&mut line.runs) };
    gather.push(SOFT, &Run::default());
    more.runs.iter().for_each(|run| gather.push(&run.text, run));
    line.runs = gather.runs;
}

fn same_style(a: &Run, b: &Run) -> bool {
    (a.bold, a.italic, a.code, &a.link, a.change) == (b.bold, b.italic, b.code, &b.link, b.change)
}
