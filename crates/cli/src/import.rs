//! `import`: a foreign text becomes a report. What was found, assumed and left open goes to standard error; with `--json` to standard output.

use crate::Ended;
use crate::arguments::{Dates, Import, Keep};
use ::intake::read::Given;
use ::intake::{Choices, Intake, Side, To};
use desk::intake::{Foreign, Found};
use desk::ports::World;
use desk::{Fault, FaultCode, checking, documents, forms, intake};
use report::when::DateOrder;
use report::{Finding, Report, Template};
use serde::Serialize;
use std::io::Read;
use std::path::Path;

/// What `import --json` prints.
#[derive(Serialize)]
struct Published<'a> {
    fits: &'a [::intake::Fit],
    counts: ::intake::Counts,
    questions: &'a [::intake::Question],
    assumptions: &'a [report::papers::Assumption],
    placements: &'a [::intake::Placement],
    dropped: &'a [::intake::source::Dropped],
    findings: Vec<crate::check::Published<'a>>,
}

/// What is told of a split once its report is kept.
struct Shown {
    fits: Vec<::intake::Fit>,
    counts: ::intake::Counts,
    questions: Vec<::intake::Question>,
    placements: Vec<::intake::Placement>,
    dropped: Vec<::intake::source::Dropped>,
}

impl Shown {
    /// Taken out, not copied: of a long log the pieces are as large as the report.
    fn of(split: &mut Intake) -> Self {
        Self {
            fits: std::mem::take(&mut split.fits),
            counts: split.counts,
            questions: std::mem::take(&mut split.questions),
            placements: std::mem::take(&mut split.placements),
            dropped: std::mem::take(&mut split.dropped),
        }
    }
}

pub fn import(world: &World, arguments: &Import) -> Result<Ended, Fault> {
    let own = own_form(world, arguments)?;
    if let Some(zone) = arguments.zone.as_deref().filter(|zone| report::when::zone(zone).is_none()) {
        return Err(Fault::new(FaultCode::Refused, format!("there is no zone “{zone}”; zones are named like Europe/London")));
    }
    if let Some(start) = arguments.start.as_deref().filter(|start| !Given::is_start(start)) {
        return Err(Fault::new(FaultCode::Refused, format!("“{start}” is no start of a recording; write it like 2026-03-11 09:30")));
    }
    let given = Given { encoding: arguments.encoding.clone(), start: arguments.start.clone(), ..Given::default() };
    let found = if arguments.file.as_os_str() == "-" {
        Found::Foreign(standard_input(&given)?)
    } else {
        intake::find(world, &arguments.file, &given)?
    };
    let foreign = match found {
        Found::Foreign(foreign) => foreign,
        Found::Prescribed(report) => {
            documents::write_report(world, &arguments.output, &report)?;
            crate::out::tell(format_args!(
                "rapporteur: this is a report in the words that its regime prescribes; it was read line by line"
            ));
            crate::out::tell(format_args!(
                "rapporteur: what that text has no place for is not in it: a title, owners of actions, key moments, files; exporting it named each"
            ));
            return Ok(Ended::Done);
        }
        Found::Ours(report, files, unsound) => {
            if let Some(reason) = unsound {
                crate::reading::doubt(&arguments.file, reason);
            }
            let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            documents::write_with_files(world, &arguments.output, &report, &files)?;
            crate::out::tell(format_args!("rapporteur: this carries a report already; it was taken out whole"));
            return Ok(Ended::Done);
        }
    };
    let chosen = own.first().map(|template| template.id.clone()).or_else(|| arguments.template.clone());
    let mut split = foreign.split(&choices(arguments, chosen), &intake::with_own(&own), world);
    let shown = Shown::of(&mut split);
    let (mut report, mut files) = foreign.keep(split, &mut world.ids());
    documents::keep_apart(world, &arguments.output, &mut report, &mut files);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    documents::write_with_files(world, &arguments.output, &report, &files)?;
    let findings = checking::check(&report, world.clock.now());
    if arguments.json {
        crate::verify::print_json(&Published {
            fits: &shown.fits,
            counts: shown.counts,
            questions: &shown.questions,
            assumptions: &report.assumptions,
            placements: &shown.placements,
            dropped: &shown.dropped,
            findings: findings.iter().map(crate::check::publish).collect(),
        })?;
    } else {
        tell(&shown, &report, &findings);
    }
    Ok(Ended::Done)
}

/// The form of one's own that is named by its file; none where a shipped one is named, or none at all.
fn own_form(world: &World, arguments: &Import) -> Result<Vec<Template>, Fault> {
    let Some(named) = arguments.template.as_deref() else { return Ok(Vec::new()) };
    let path = Path::new(named);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        return Ok(vec![forms::from_file(world, path)?]);
    }
    if report::catalogue::find(named).is_some() {
        return Ok(Vec::new());
    }
    Err(Fault::new(FaultCode::NoSuchTemplate, format!("there is no form “{named}”; `rapporteur templates` lists them")))
}

fn standard_input(given: &Given) -> Result<Foreign, Fault> {
    let mut bytes = Vec::new();
    // One byte more than is read shows that there was more.
    let most = u64::try_from(::intake::read::MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    std::io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|fault| Fault::new(FaultCode::Unreadable, format!("standard input cannot be read: {fault}")))?;
    Foreign::read("standard input.txt", bytes, given)
}

fn choices(arguments: &Import, template: Option<String>) -> Choices {
    let side = arguments.keep.map(|keep| match keep {
        Keep::Earlier => Side::Earlier,
        Keep::Later => Side::Later,
        Keep::Both => Side::Both,
    });
    Choices {
        template,
        date_order: arguments.dates.map(|dates| match dates {
            Dates::DayMonth => DateOrder::DayMonth,
            Dates::MonthDay => DateOrder::MonthDay,
        }),
        year: arguments.year,
        day: arguments.day,
        dayless: arguments.dayless,
        zone: arguments.zone.clone(),
        versions: side,
        changes: side,
        moved: Vec::new(),
    }
}

fn tell(split: &Shown, report: &Report, findings: &[Finding]) {
    let counts = split.counts;
    let form = &report.template.short_title;
    match split.fits.iter().find(|fit| fit.template == report.template.id) {
        Some(fit) if !fit.reasons.is_empty() => {
            crate::out::tell(format_args!("Read as {form}, {} % sure: {}.", fit.percent, fit.reasons.join(", ")))
        }
        _ => crate::out::tell(format_args!("Read as {form}; nothing in the text says which form it is (--template names one).")),
    }
    crate::out::tell(format_args!(
        "{} words: {} placed, {} wait in the tray, {} left out.",
        counts.words, counts.placed, counts.waiting, counts.dropped
    ));
    for question in split.questions.iter().filter(|question| !question.answered) {
        let options: Vec<&str> = question.options.iter().map(|option| option.words.as_str()).collect();
        crate::out::tell(format_args!("open     {}: {}", question.because.join(", "), options.join(" / ")));
    }
    report.assumptions.iter().for_each(|assumption| crate::out::tell(format_args!("assumed  {}", assumption.words)));
    report.unplaced.iter().for_each(|waiting| crate::out::tell(format_args!("waits    {} ({})", shortened(&waiting.text), waiting.source)));
    for placement in &split.placements {
        match &placement.to {
            To::Dropped { rule } => crate::out::tell(format_args!("left out {} ({rule})", shortened(&placement.said))),
            To::Figure { .. } if !placement.said.trim().is_empty() => {
                crate::out::tell(format_args!("picture  {} (still to be found)", shortened(&placement.said)))
            }
            _ => {}
        }
    }
    split.dropped.iter().for_each(|dropped| crate::out::tell(format_args!("left out {} ({})", shortened(&dropped.text), dropped.rule)));
    findings.iter().for_each(|finding| crate::out::tell(crate::check::words(finding).trim_end()));
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 90 { line.chars().take(89).chain(['…']).collect() } else { line }
}
