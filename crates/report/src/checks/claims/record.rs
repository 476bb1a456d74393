//! What the report itself records of how long it was down: the whole, each service, and where nothing is marked what its rows tell.
//! Always true: each fact says how it is counted and where it stands; none is here that the report does not give.

use super::super::reading::Reading;
use super::speech::{Scope, Speech};
use crate::finding::Source;
use crate::mentions::pattern;
use crate::papers::{ImpactState, ImpactWindow};
use crate::place::Place;
use crate::timeline::{Event, Role, Time};
use crate::when::{length_words, time_words};
use chrono::{DateTime, Duration, Utc};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A length that the record gives, and how.
#[derive(Clone)]
pub struct Fact {
    pub minutes: i64,
    pub words: String,
    pub source: Source,
}

/// What a claim measures.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Measure {
    /// How long nothing worked.
    Down,
    /// How long it worked less well.
    Reduced,
    /// How long until it worked again, by whichever clock.
    Restore,
    /// How long the incident was one.
    Incident,
}

/// Everything recorded.
pub struct Record {
    down: Vec<Fact>,
    restore: Vec<Fact>,
    incident: Vec<Fact>,
    /// By service, in the order of [`Speech::services`].
    services: Vec<OfService>,
    /// Single windows, stretches between which all was well, and the way to the first return: for a sentence that says it means such a part.
    pieces: Vec<Fact>,
    summed: Option<Fact>,
}

/// What the windows of one service give.
struct OfService {
    /// How long it was down, and how long there was anything wrong with it.
    whole: Vec<Fact>,
    /// How long it worked less well, and how long there was anything wrong with it.
    reduced: Vec<Fact>,
    /// Its single windows.
    pieces: Vec<Fact>,
}

type Span = (DateTime<Utc>, DateTime<Utc>);

impl Record {
    pub fn of(reading: &Reading, speech: &Speech) -> Self {
        let spans = spans(reading);
        let mut record = Self {
            down: Vec::new(),
            restore: Vec::new(),
            incident: Vec::new(),
            services: speech.services.iter().map(|name| of_service(reading, &spans, name)).collect(),
            pieces: pieces(reading, &spans),
            summed: summed(reading, &spans),
        };
        record.whole(reading, &spans);
        if record.down.is_empty() && record.restore.is_empty() {
            let told = told(reading);
            (record.down, record.restore, record.incident) = (told.clone(), told.clone(), told);
        }
        record
    }

    pub fn is_empty(&self) -> bool {
        self.down.is_empty() && self.restore.is_empty()
    }

    fn whole(&mut self, reading: &Reading, spans: &[(&ImpactWindow, Span)]) {
        let of = |state: Option<ImpactState>| {
            let own = spans.iter().filter(|(window, _)| state.is_none_or(|state| window.state == state));
            merged(own.map(|(_, span)| *span).collect())
        };
        let (down, all) = (of(Some(ImpactState::Down)), of(None));
        let place = Source::at(reading.report, Place::Impact, "");
        for (segments, how) in [(&down, "down in all"), (&all, "with any impact")] {
            let minutes = total(segments);
            if minutes > 0 {
                self.down.push(Fact { minutes, words: format!("{} {how}", length_words(minutes)), source: place.clone() });
            }
        }
        let report = reading.report;
        for field in report.template.fields.iter().filter(|field| field.computed.is_some()) {
            if let Some(minutes) = report.computed_minutes(&field.key).filter(|minutes| *minutes >= 0) {
                self.restore.push(Fact { minutes, words: length_words(minutes), source: reading.field(&field.key) });
            }
        }
        let starts = moments(reading, &[Role::ImpactStart]);
        let noticed = moments(reading, &[Role::Detected, Role::Reported, Role::Logged, Role::Declared]);
        let ends = moments(reading, &[Role::Restored]);
        let closed = moments(reading, &[Role::Closed]);
        let began = if starts.is_empty() { &noticed } else { &starts };
        let partly = moments(reading, &[Role::PartlyRestored]);
        let over = if !ends.is_empty() {
            &ends
        } else if closed.is_empty() {
            &partly
        } else {
            &closed
        };
        self.restore.extend(between(began, over));
        // What the header reckons and what windows give comes first; where there is neither, the way from start to end is the outage.
        self.down.extend(self.restore.iter().cloned());
        self.restore.extend(between(&noticed, over));
        self.incident.extend(self.restore.iter().cloned());
        self.incident.extend(between(began, &closed));
        self.incident.extend(between(&noticed, &closed));
        self.incident.extend(self.down.iter().cloned());
        self.restore.extend(self.down.iter().cloned());
    }

    /// The facts that a claim may agree with, the one it speaks of first.
    pub fn facts(&self, measure: Measure, scope: &Scope, sentence: &str, speech: &Speech) -> Vec<Fact> {
        static IN_PIECES: LazyLock<Regex> = LazyLock::new(|| {
            pattern(concat!(
                r"(?i)\b(?:part(?:ly|ial(?:ly)?)|completely|entirely|wholly|nothing|none|degraded|reduced|limited|slow(?:ed|ly)?|first|initial(?:ly)?|second|third|last|later|again|twice|once|both|further|then",
                r"|respectively|followed by|in steps|most)\b"
            ))
        });
        static SUMMED: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:combined|cumulative\w*|aggregate\w*|added (?:up|together)|summed|in sum|across (?:all|the)|service[- ]hours)\b",
            )
        });
        let in_pieces = IN_PIECES.is_match(sentence);
        let of_services = |named: &[usize]| -> Vec<Fact> {
            let own = named.iter().map(|at| &self.services[*at]);
            own.flat_map(|own| {
                let whole = if measure == Measure::Reduced { &own.reduced } else { &own.whole };
                whole.iter().chain(own.pieces.iter().filter(|_| in_pieces)).cloned()
            })
            .collect()
        };
        let mut out = match scope {
            Scope::Services(named) => of_services(named),
            Scope::Whole | Scope::Part => match measure {
                Measure::Down => self.down.clone(),
                Measure::Reduced => self.down.iter().chain(&self.pieces).cloned().collect(),
                Measure::Restore => self.restore.clone(),
                Measure::Incident => self.incident.clone(),
            },
        };
        if !matches!(scope, Scope::Services(_)) {
            out.extend(of_services(&speech.named_in(sentence)));
        }
        if in_pieces && !matches!(scope, Scope::Services(_)) {
            out.extend(self.pieces.iter().cloned());
        }
        if SUMMED.is_match(sentence) {
            out.extend(self.summed.clone());
        }
        out
    }

    /// The longest of all: no part can have been down for longer than the whole.
    pub fn longest(&self) -> Option<&Fact> {
        let all = self.down.iter().chain(&self.restore).chain(&self.incident).chain(self.services.iter().flat_map(|own| &own.whole));
        all.max_by_key(|fact| fact.minutes)
    }
}

fn spans<'a>(reading: &Reading<'a>) -> Vec<(&'a ImpactWindow, Span)> {
    let report = reading.report;
    let of = |window: &'a ImpactWindow| {
        let (from, to) = (report.bound(window.from)?, report.bound(window.to?)?);
        let span = (report.instant(from), report.instant(to));
        (span.0 < span.1).then_some((window, span))
    };
    report.impact.iter().filter_map(of).collect()
}

/// Overlapping stretches made one, in order.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => out.push(span),
        }
    }
    out
}

fn total(spans: &[Span]) -> i64 {
    spans.iter().map(|(from, to)| (*to - *from).num_minutes()).sum()
}

fn of_service(reading: &Reading, spans: &[(&ImpactWindow, Span)], name: &str) -> OfService {
    let own: Vec<_> = spans.iter().filter(|(window, _)| window.service.trim() == name).collect();
    let source = Source::at(reading.report, Place::Impact, "");
    let in_state = |state: ImpactState| -> Vec<Span> {
        merged(own.iter().filter(|(window, _)| window.state == state).map(|(_, span)| *span).collect())
    };
    let fact = |minutes: i64, how: &str| Fact { minutes, words: format!("{name}: {}{how}", length_words(minutes)), source: source.clone() };
    let all = total(&merged(own.iter().map(|(_, span)| *span).collect()));
    let with_all = |minutes: i64, how: &str| {
        let known = [(minutes, how), (all, " in all")].into_iter().filter(|(minutes, _)| *minutes > 0);
        known.map(|(minutes, how)| fact(minutes, how)).collect()
    };
    OfService {
        whole: with_all(total(&in_state(ImpactState::Down)), " down"),
        reduced: with_all(total(&in_state(ImpactState::Degraded)), " degraded"),
        pieces: own.iter().map(|(_, (from, to))| fact((*to - *from).num_minutes(), "")).collect(),
    }
}

/// Each service's own time, added up.
fn summed(reading: &Reading, spans: &[(&ImpactWindow, Span)]) -> Option<Fact> {
    let minutes: i64 = spans.iter().map(|(_, (from, to))| (*to - *from).num_minutes()).sum();
    let words = format!("{}, each service counted", length_words(minutes));
    (minutes > 0).then(|| Fact { minutes, words, source: Source::at(reading.report, Place::Impact, "") })
}

fn pieces(reading: &Reading, spans: &[(&ImpactWindow, Span)]) -> Vec<Fact> {
    let source = Source::at(reading.report, Place::Impact, "");
    let zone = |at: DateTime<Utc>| {
        let own = reading.report.zone.as_deref().and_then(crate::when::zone);
        own.map_or(at.naive_utc(), |own| at.with_timezone(&own).naive_local())
    };
    let piece = |(from, to): Span| Fact {
        minutes: (to - from).num_minutes(),
        words: format!("{} to {}", time_words(zone(from).time()), time_words(zone(to).time())),
        source: source.clone(),
    };
    let down = spans.iter().filter(|(window, _)| window.state == ImpactState::Down).map(|(_, span)| *span).collect();
    let segments = merged(down).into_iter().chain(merged(spans.iter().map(|(_, span)| *span).collect()));
    let mut out: Vec<Fact> = segments.chain(spans.iter().map(|(_, span)| *span)).map(piece).collect();
    let starts = moments(reading, &[Role::ImpactStart, Role::Detected, Role::Reported, Role::PartlyRestored]);
    out.extend(between(&starts, &moments(reading, &[Role::PartlyRestored, Role::Restored])));
    out
}

/// A moment of the incident's life, and where it is recorded. A row that is a range has two.
pub struct Moment {
    at: DateTime<Utc>,
    words: String,
    source: Source,
}

/// The moments marked so, in the header and in the rows.
pub fn moments(reading: &Reading, roles: &[Role]) -> Vec<Moment> {
    let report = reading.report;
    let mut out = Vec::new();
    for (key, role, at) in reading.stated().filter(|(_, role, _)| roles.contains(role)) {
        let _ = role;
        let at_ = report.instant_of(at, report.answer(key));
        out.push(Moment { at: at_, words: time_words(at.time()), source: reading.field(key) });
    }
    for event in report.events().filter(|event| event.milestone.as_ref().is_some_and(|m| roles.contains(&m.role))) {
        let Some(start) = event.start() else { continue };
        let instant = crate::zones::instant(start, event.zone.as_deref(), report.zone.as_deref()).unwrap_or_else(|| report.instant(start));
        let row = |at| Moment { at, words: event.time.words(), source: reading.row(event) };
        out.push(row(instant));
        if let Time::Range { from, to } = event.time {
            out.push(row(instant + (to - from) + Duration::days(i64::from(to < from))));
        }
    }
    out
}

/// The ways from each start to each later end, each length once.
pub fn between(starts: &[Moment], ends: &[Moment]) -> Vec<Fact> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for from in starts {
        for to in ends.iter().filter(|to| to.at > from.at) {
            let minutes = (to.at - from.at).num_minutes();
            if seen.insert(minutes) {
                let words = format!("{}: {} to {}", length_words(minutes), from.words, to.words);
                out.push(Fact { minutes, words, source: to.source.clone() });
            }
        }
    }
    out
}

static STOPS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:unavailable|offline|goes down|went down|down\b|outage|crash\w*|lose|loses|lost|fails?|failed|failing|refus\w+|unreachable|stop(?:s|ped) working)\b",
    )
});
static STILL_UP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:still|remains?|no longer|not)\s+(?:\w+\s+)?(?:available|unavailable|offline|down|failing)\b"));
static COMES_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:back up|back in service|back online|up and running|restored|restore\b.*\b(?:done|complete\w*)|regain\w*|recovered|(?:available|work\w*|reachable|usable|succeeds?) again|works? as (?:usual|before)|resolved|return\w* to normal|at the normal rate)\b",
    )
});

/// Where nothing is marked: from rows that say the service stopped to rows that say it came back, the longest first. Each length once: what
/// a night's chat says a thousand times is not a thousand records.
fn told(reading: &Reading) -> Vec<Fact> {
    let report = reading.report;
    let moment = |event| Told { event, at: event_start(event).map(|at| report.instant(at)) };
    let timed: Vec<Told> = report.events().filter(|event| event.time.start().is_some()).map(moment).collect();
    let comes_back: Vec<&Told> = timed.iter().filter(|told| COMES_BACK.is_match(&told.event.text)).collect();
    if comes_back.is_empty() {
        return Vec::new();
    }
    let stops =
        |told: &&Told| STOPS.is_match(&told.event.text) && !STILL_UP.is_match(&told.event.text) && !COMES_BACK.is_match(&told.event.text);
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for from in timed.iter().filter(stops) {
        for to in &comes_back {
            let minutes = match (from.at, to.at, from.event.time.start(), to.event.time.start()) {
                (Some(start), Some(end), ..) => (end - start).num_minutes(),
                (_, _, Some(start), Some(end)) => (end - start).num_minutes(),
                _ => continue,
            };
            if minutes > 0 && seen.insert(minutes) {
                let words = format!("{} to {}: {}", from.event.time.words(), to.event.time.words(), length_words(minutes));
                out.push(Fact { minutes, words, source: reading.row(to.event) });
            }
        }
    }
    out.sort_by_key(|fact| std::cmp::Reverse(fact.minutes));
    out
}

fn event_start(event: &Event) -> Option<chrono::NaiveDateTime> {
    event.start()
}

/// A row with its time as an instant, where its day is known.
struct Told<'a> {
    event: &'a Event,
    at: Option<DateTime<Utc>>,
}
