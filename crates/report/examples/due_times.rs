//! Due times of many reports at once, for somebody else's reckoning to be held against: each line of standard input is a JSON object with a
//! `form`, a `zone` and what was recorded (`fields`, `events`, `circumstances`, `filings`); each line of standard output is the list of its
//! due times. `tests/validators/clocks.py` asks it.

use report::clock::{Filing, Moment};
use report::clocks::{ClockState, due_times};
use report::ids::{CountedIds, FilingId};
use report::{Answer, Report, catalogue};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufWriter, Write};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    form: String,
    zone: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    events: BTreeMap<String, String>,
    #[serde(default)]
    circumstances: BTreeMap<String, bool>,
    /// A clock and when something was filed for it.
    #[serde(default)]
    filings: Vec<(String, String)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let report = report(serde_json::from_str(&line?)?)?;
        let due: Vec<_> = due_times(&report, None)
            .into_iter()
            .map(|due| {
                let late = match due.state {
                    ClockState::Filed { late } => Some(late.unwrap_or(0)),
                    _ => None,
                };
                serde_json::json!({ "key": due.key, "at": due.at, "late": late, "state": due.state, "words": due.words })
            })
            .collect();
        writeln!(out, "{}", serde_json::Value::Array(due))?;
    }
    Ok(())
}

fn report(case: Case) -> Result<Report, String> {
    let template = catalogue::find(&case.form).ok_or_else(|| format!("no form “{}”", case.form))?;
    let mut ids = CountedIds(0);
    let mut report = Report::begin(template, &mut ids);
    report.zone = Some(case.zone);
    for (key, raw) in case.fields {
        let field = template.field(&key).ok_or_else(|| format!("no field “{key}”"))?;
        report.fields.insert(key, Answer { raw, ..Answer::default() }.read(field, template.date_order));
    }
    for (key, raw) in case.events {
        report.clock_events.insert(key, Moment::given(&raw, template.date_order));
    }
    report.circumstances = case.circumstances;
    for (clock, raw) in case.filings {
        let moment = Moment::given(&raw, template.date_order);
        let id = FilingId::new(&mut ids);
        report.filings.push(Filing { id, clock, moment, file: String::new(), sha256: String::new(), reasons: String::new() });
    }
    Ok(report)
}
