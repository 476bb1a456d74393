//! The templates that ship, and a finished sample of each. Data only: a new regime is a new file in `templates/`.

use crate::report::Report;
use crate::template::{Entries, Template};
use std::sync::{LazyLock, OnceLock};

/// The form that claims nothing: that of a text which speaks for no other.
pub const NEUTRAL: &str = "incident-report";

/// A template as it ships: its texts, read when they are first asked for.
struct Shipped {
    id: &'static str,
    toml: &'static str,
    sample: &'static str,
    read: OnceLock<Template>,
}

macro_rules! shipped {
    ($($id:literal)*) => {
        vec![$(Shipped {
            id: $id,
            toml: include_str!(concat!("../templates/", $id, ".toml")),
            sample: include_str!(concat!("../templates/", $id, ".sample.json")),
            read: OnceLock::new(),
        }),*]
    };
}

/// In the order of the list.
static SHELF: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    shipped! {
        // Regulators
        "sec-h9-summary"
        "dora-initial"
        "dora-intermediate"
        "dora-final"
        "nis2-early-warning"
        "nis2-notification"
        "nis2-final"
        "gdpr-33"
        "sec-8k-105"
        "ccadb-3.2"

        // Customers and the public
        "rfo"
        "rca-public"
        "public-note"

        // One's own house
        "post-incident-review"
        "sre-postmortem"
        "major-incident-report"
        "incident-report"
    }
});

/// Entries that several templates share: `include` in a template takes them in.
static PARTS: &[(&str, &str)] = &[
    ("dora-notification", include_str!("../templates/parts/dora-notification.toml")),
    ("dora-intermediate", include_str!("../templates/parts/dora-intermediate.toml")),
    ("dora-final", include_str!("../templates/parts/dora-final.toml")),
    ("nis2", include_str!("../templates/parts/nis2.toml")),
];

static EVIDENCE: &[(&str, &[u8])] = &[
    ("gateway-node-2.log", include_bytes!("../templates/attachments/gateway-node-2.log")),
    ("node-2-certificate.txt", include_bytes!("../templates/attachments/node-2-certificate.txt")),
    ("affected-certificates.csv", include_bytes!("../templates/attachments/affected-certificates.csv")),
    ("bridge-notes.txt", include_bytes!("../templates/attachments/bridge-notes.txt")),
    ("connections-waiting.png", include_bytes!("../templates/attachments/connections-waiting.png")),
    ("cache-hits.csv", include_bytes!("../templates/attachments/cache-hits.csv")),
    ("wireless-controller.txt", include_bytes!("../templates/attachments/wireless-controller.txt")),
];

static ALL: LazyLock<Vec<&'static Template>> = LazyLock::new(|| SHELF.iter().map(Shipped::template).collect());

impl Shipped {
    fn template(&self) -> &Template {
        self.read.get_or_init(|| Template::from_toml(self.toml).expect("shipped templates are tested to read"))
    }
}

/// Every template that ships, in the order of the list.
pub fn all() -> &'static [&'static Template] {
    &ALL
}

/// The template of that id; no other is read for it.
pub fn find(id: &str) -> Option<&'static Template> {
    SHELF.iter().find(|shipped| shipped.id == id).map(Shipped::template)
}

/// Whether a template of that id ships; nothing is read for the answer.
pub fn is_shipped(id: &str) -> bool {
    SHELF.iter().any(|shipped| shipped.id == id)
}

/// What a shared part holds.
pub(crate) fn part(name: &str) -> Option<Entries> {
    let (_, text) = PARTS.iter().find(|(known, _)| *known == name)?;
    Some(crate::template::part(text).expect("shipped parts are tested to read"))
}

/// A finished report in that form, invented.
pub fn sample(id: &str) -> Option<Report> {
    let shipped = SHELF.iter().find(|shipped| shipped.id == id)?;
    let mut sample: serde_json::Value = serde_json::from_str(shipped.sample).expect("shipped samples are tested to be JSON");
    // A form that was changed just now is in its sample only after the next run of the tests.
    sample["template"] = serde_json::to_value(shipped.template()).expect("a template has string keys only");
    Some(crate::format::read(&sample.to_string()).expect("shipped samples are tested to read"))
}

/// The bytes of a sample's attached file, by its SHA-256.
pub fn sample_file(sha256: &str, report: &Report) -> Option<&'static [u8]> {
    let name = &report.attachments.iter().find(|file| file.sha256 == sha256)?.name;
    EVIDENCE.iter().find(|(known, _)| known == name).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filed_under_its_own_id() {
        for shipped in SHELF.iter() {
            Template::from_toml(shipped.toml).unwrap_or_else(|error| panic!("{}: {error}", shipped.id));
            assert_eq!(shipped.template().id, shipped.id);
        }
    }

    #[test]
    fn every_example_of_a_typed_answer_can_be_read() {
        for template in all() {
            for field in template.fields.iter().filter(|field| field.computed.is_none()) {
                let read = crate::answer::Answer::given(&field.example, field, template.date_order);
                assert!(read.value.is_some() || !field.kind.is_typed(), "{} {}: {}", template.id, field.key, field.example);
            }
        }
    }

    #[test]
    fn every_fact_names_its_source() {
        for template in all() {
            assert!(!template.sources.is_empty(), "{}", template.id);
            assert!(template.sources.iter().all(|s| !s.read_in.is_empty()), "{}", template.id);
        }
    }

    #[test]
    fn every_heading_and_field_has_guidance_and_an_example() {
        for template in all() {
            for field in template.fields.iter().filter(|f| f.computed.is_none()) {
                assert!(!field.guidance.is_empty() && !field.example.is_empty(), "{} {}", template.id, field.key);
            }
            for section in &template.sections {
                assert!(!section.guidance.is_empty() && !section.example.is_empty(), "{} {}", template.id, section.key);
            }
        }
    }

    /// A sample lies there as any report does: whole, with its form and its files beside it. Where a form was changed,
    /// `UPDATE_EXPECT=1 cargo test -p report` writes it into its sample anew.
    #[test]
    fn samples_lie_there_whole() {
        for shipped in SHELF.iter() {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/{}.sample.json", shipped.id));
            let written = crate::format::write(&sample(shipped.id).expect("a sample"));
            expect_test::ExpectFile { path, position: file!() }.assert_eq(&written);
        }
    }

    #[test]
    fn a_sample_is_of_the_template_as_it_ships_and_is_ready_to_file() {
        let mut questioned = Vec::new();
        for template in all() {
            let report = sample(&template.id).expect("a sample");
            assert_eq!(&report.template, *template);
            let findings = crate::checks::check(&report);
            questioned.extend(findings.iter().map(|f| format!("{}: {} {} {:?}", template.id, f.check, f.message, f.sources[0].text)));
        }
        assert!(questioned.is_empty(), "{}", questioned.join("\n"));
    }
}
