//! The timeline in print: time, milestone and event, with day rows and phase breaks; in a letter, time and event alone.
//! Always true: rows stay in the author's order; the day is repeated where a page breaks inside it, and neither a day nor a phase
//! break ends a page.

use std::sync::Arc;

use report::Place;

use crate::{
    composer::{Composer, Side},
    display::{Item, Marked, Stroke},
    measure::{AXIS, COLUMN, HAIR, INK, LABEL, MEASURE, TIMES, mm},
    strip::{Keep, Resume, Strip, fuse, keep_whole},
    table::{self, Cell, Column, Row, Under, WHOLE},
    text::{Meaning, Style, Text, house},
    tree::{NodeId, Role, Scope},
};

/// A timeline to print.
pub struct Timeline {
    /// The zone's name, which heads the column of times.
    pub zone: String,
    /// Its rows.
    pub entries: Vec<Entry>,
    /// Where it stands.
    pub form: Form,
    /// The depth of a page's text block.
    pub depth: f32,
}

/// How a timeline is printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// At the full measure, with a column of milestones and rules between rows.
    Full,
    /// At the axis, without rules; a milestone's name begins its event.
    Letter,
}

/// One row.
pub enum Entry {
    /// A new day begins.
    Day(String),
    /// A new phase begins; without a name a short rule.
    Phase(Option<String>),
    /// Something happened.
    Event(Event),
    /// What the reader has to know before the rows: a sentence of ours.
    Note(String),
}

/// Something that happened.
pub struct Event {
    /// Its place in the report.
    pub place: Place,
    /// The time as printed; may be empty.
    pub time: String,
    /// The name of the key moment it was.
    pub milestone: Option<String>,
    /// Whether a machine did or said it.
    pub automated: bool,
    /// What happened.
    pub words: String,
}

/// The timeline as strips.
pub fn timeline(c: &mut Composer<'_>, parent: NodeId, timeline: Timeline) -> Vec<Strip> {
    let node = c.tree.add(parent, Role::Table);
    let columns = columns(timeline.form);
    let whole = timeline.entries.len() <= WHOLE;
    let mut strips = Vec::new();
    let mut head = Resume::default();
    if timeline.form == Form::Full {
        let words = [timeline.zone.as_str(), "Milestone", "Event"].map(|w| Text::new(w, house::COLUMN_HEAD.0, house::COLUMN_HEAD.1));
        let (strip, repeat) = table::head(c, node, &columns, &words, (2.6, 2.9));
        strips.push(strip);
        head = repeat;
    } else if let Some(Entry::Day(_)) = timeline.entries.first() {
        // In a letter the first day heads the table.
    } else {
        let words = [timeline.zone.as_str(), "Event"].map(|w| Text::new(w, house::COLUMN_HEAD.0, house::COLUMN_HEAD.1));
        strips.push(table::head(c, node, &columns, &words, (1.7, 1.9)).0);
    }
    let body = c.tree.add(node, Role::TBody);
    let mut printer =
        Printer { body, columns, form: timeline.form, depth: timeline.depth, head: Arc::new(head.clone()), resume: Arc::new(head) };
    let mut entries = timeline.entries.into_iter().peekable();
    // A head, a day and a phase keep with the two rows under them.
    let mut owed = 2;
    while let Some(entry) = entries.next() {
        let followed = matches!(entries.peek(), Some(Entry::Event(_)));
        let last = entries.peek().is_none();
        let mut printed = printer.entry(c, entry, followed);
        if let Some(end) = printed.strips.last_mut() {
            if printed.opens {
                owed = 2;
                end.keep = Keep::Bound;
            } else if owed > 0 {
                owed -= 1;
                end.keep = if owed > 0 && !last { Keep::Bound } else { Keep::Apart };
            }
        }
        strips.append(&mut printed.strips);
    }
    if whole {
        keep_whole(&mut strips, Keep::Together);
    }
    strips
}

struct Printer {
    body: NodeId,
    columns: Vec<Column>,
    form: Form,
    depth: f32,
    head: Arc<Resume>,
    resume: Arc<Resume>,
}

struct Printed {
    strips: Vec<Strip>,
    opens: bool,
}

impl Printer {
    fn entry(&mut self, c: &mut Composer<'_>, entry: Entry, followed: bool) -> Printed {
        match entry {
            Entry::Day(words) => Printed { strips: vec![self.day(c, &words)], opens: true },
            Entry::Phase(name) => Printed { strips: vec![self.phase(c, name.as_deref())], opens: true },
            Entry::Note(words) => Printed { strips: self.note(c, words), opens: true },
            Entry::Event(event) => {
                let mut strips = self.event(c, event, followed);
                if let Some(first) = strips.first_mut()
                    && self.resume.height > 0.0
                {
                    first.resume = Some(Arc::clone(&self.resume));
                }
                Printed { strips, opens: false }
            }
        }
    }

    fn day(&mut self, c: &mut Composer<'_>, words: &str) -> Strip {
        let (top, bottom) = if self.form == Form::Full { (6.0, 2.5) } else { (1.7, 1.9) };
        let (style, leading) = (house::CELL.0.strong(), house::CELL.1);
        let left = self.columns[0].x;
        let width = MEASURE - left;
        let rule = Item::rule(left, top + leading + bottom, width, Stroke::solid(0.5, HAIR));
        let mut strip = self.spanning(c, &Text::new(words, style, leading), left, width, top, Scope::Column);
        strip.height = top + leading + bottom;
        strip.marks.push(Marked::layout(vec![rule.clone()]));
        if self.head.height > 0.0 {
            strip.resume = Some(Arc::clone(&self.head));
        }
        let again = Text::new(words, style, leading).with(" (continued)", house::CELL.0.quiet());
        let mut items = c.loose(&again, left, top, Some(width), Side::Left);
        items.push(rule);
        let mut repeat = Marked::layout(items);
        repeat.shift(0.0, self.head.height);
        let mut resume = Resume::clone(&self.head);
        resume.marks.push(repeat);
        resume.height += strip.height;
        self.resume = Arc::new(resume);
        strip
    }

    fn phase(&mut self, c: &mut Composer<'_>, name: Option<&str>) -> Strip {
        let words = self.columns[self.columns.len() - 1].x;
        let resume = (self.resume.height > 0.0).then(|| Arc::clone(&self.resume));
        let Some(name) = name else {
            let (above, below) = if self.form == Form::Full { (10.0, 6.0) } else { (4.5, 4.5) };
            let rule = Item::rule(words, above, mm(14.0), Stroke::solid(0.75, INK));
            return Strip { resume, ..Strip::drawn(above + below, vec![Marked::layout(vec![rule])]) };
        };
        let (top, bottom, leading) = (6.5, 2.5, house::CELL.1);
        let text = Text::new(name, Style { size: 8.5, ..house::CELL.0.strong() }, leading);
        let end = words + c.width(&text) + mm(3.0);
        let mut strip = self.spanning(c, &text, words, MEASURE - words, top, Scope::Row);
        strip.height = top + leading + bottom;
        let stroke = Stroke::dashed(0.75, INK, 1.5, 2.0);
        let y = top + leading / 2.0;
        let left = self.columns[0].x;
        let before = if self.form == Form::Full { LABEL } else { TIMES - mm(4.0) };
        strip.marks.push(Marked::layout(vec![Item::rule(left, y, before, stroke), Item::rule(end, y, MEASURE - end, stroke)]));
        strip.resume = resume;
        strip
    }

    /// A row whose one cell spans every column.
    fn spanning(&self, c: &mut Composer<'_>, text: &Text, x: f32, width: f32, top: f32, scope: Scope) -> Strip {
        let row = c.tree.add(self.body, Role::TR);
        let columns = u16::try_from(self.columns.len()).unwrap_or(1);
        let cell = c.tree.add(row, Role::TH { scope, rows: 1, columns });
        let mut strip = Strip::default();
        strip.overlay(fuse(c.lines(cell, text, x, width, Side::Left)), top);
        strip
    }

    fn note(&self, c: &mut Composer<'_>, words: String) -> Vec<Strip> {
        let (style, leading) = house::CELL;
        let mut text = Text::empty(leading);
        text.push(words, style.quiet().italic(), Meaning::Emphasis);
        let mut cells = vec![Cell::new(0, Text::new("", style, leading)), Cell::new(self.columns.len() - 1, text)];
        if self.form == Form::Full {
            cells.insert(1, milestone(None));
        }
        let padding = if self.form == Form::Full { (2.6, 2.9) } else { (1.7, 1.9) };
        table::row(c, self.body, &self.columns, Row { cells, under: Under::Nothing }, padding, self.depth, 0.0).0
    }

    fn event(&self, c: &mut Composer<'_>, event: Event, followed: bool) -> Vec<Strip> {
        c.place = event.place.clone();
        let anchor = c.anchor(None);
        let (style, leading) = house::CELL;
        let style = if event.automated && event.milestone.is_none() { style.quiet() } else { style };
        let mut words = Text::empty(leading);
        if self.form == Form::Letter
            && let Some(milestone) = &event.milestone
        {
            words.push(format!("{milestone}. "), style.strong(), Meaning::Strong);
        }
        if event.automated {
            words.push("(Automated) ", house::CELL.0.quiet().italic(), Meaning::Emphasis);
        }
        words.push(event.words, style, Meaning::Plain);
        let last = self.columns.len() - 1;
        let mut cells = vec![Cell::new(0, Text::new(event.time, style, leading))];
        if self.form == Form::Full {
            cells.push(milestone(event.milestone.as_deref()));
        }
        cells.push(Cell::new(last, words));
        let (under, padding) = match self.form {
            Form::Full if followed => (Under::Faint(0), (2.6, 2.9)),
            Form::Full => (Under::Nothing, (2.6, 2.9)),
            Form::Letter => (Under::Nothing, (1.7, 1.9)),
        };
        let (mut strips, _) = table::row(c, self.body, &self.columns, Row { cells, under }, padding, self.depth, 0.0);
        if let Some(first) = strips.first_mut() {
            first.anchors.push(anchor);
        }
        strips
    }
}

/// The dot and the name, 3.2 mm on.
fn milestone(name: Option<&str>) -> Cell {
    let (style, leading) = (house::CELL.0.strong(), house::CELL.1);
    let mut cell = Cell::new(1, Text::new(name.unwrap_or_default(), style, leading));
    if name.is_some() {
        let centre = (mm(0.85), 0.72 * leading - mm(0.85) - mm(0.35));
        cell.paragraphs[0].mark = vec![Item::Disc { centre, radius: mm(0.85), fill: Some(INK), stroke: None }];
        cell.paragraphs[0].indent = mm(3.2);
    }
    cell
}

fn columns(form: Form) -> Vec<Column> {
    let at = |x: f32, width: f32| Column { x, width, side: Side::Left };
    match form {
        Form::Full => vec![at(0.0, TIMES), at(TIMES, AXIS - TIMES - 1.0), at(AXIS, COLUMN)],
        Form::Letter => vec![at(AXIS, TIMES), at(AXIS + TIMES, COLUMN - TIMES)],
    }
}
