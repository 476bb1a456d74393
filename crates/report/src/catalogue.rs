//! The templates that ship, and a finished sample of each. Data only: a new regime is a new file in `templates/`.

use crate::report::Report;
use crate::template::Template;
use std::sync::LazyLock;

static TEMPLATES: [(&str, &str); 2] = [
    (include_str!("../templates/sec-h9-summary.toml"), include_str!("../templates/sec-h9-summary.sample.json")),
    (include_str!("../templates/rfo.toml"), include_str!("../templates/rfo.sample.json")),
];

static EVIDENCE: [(&str, &[u8]); 3] = [
    ("gateway-node-2.log", include_bytes!("../templates/evidence/gateway-node-2.log")),
    ("node-2-certificate.txt", include_bytes!("../templates/evidence/node-2-certificate.txt")),
    ("bridge-notes.txt", include_bytes!("../templates/evidence/bridge-notes.txt")),
];

static CATALOGUE: LazyLock<Vec<Template>> =
    LazyLock::new(|| TEMPLATES.iter().map(|(toml, _)| Template::from_toml(toml).expect("shipped templates are tested to read")).collect());

/// Every template that ships, in the order of the list.
pub fn all() -> &'static [Template] {
    &CATALOGUE
}

/// The template of that id.
pub fn find(id: &str) -> Option<&'static Template> {
    all().iter().find(|template| template.id == id)
}

/// A finished report in that form, invented.
pub fn sample(id: &str) -> Option<Report> {
    let index = all().iter().position(|template| template.id == id)?;
    let mut sample: serde_json::Value = serde_json::from_str(TEMPLATES[index].1).expect("shipped samples are tested to be JSON");
    sample["template"] = serde_json::to_value(&all()[index]).expect("a template has string keys only");
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

    #[test]
    fn a_sample_is_of_the_template_as_it_ships_and_is_ready_to_file() {
        for template in all() {
            let report = sample(&template.id).expect("a sample");
            assert_eq!(&report.template, template);
            let findings = crate::checks::check(&report);
            assert!(findings.is_empty(), "{}: {findings:#?}", template.id);
        }
    }
}
