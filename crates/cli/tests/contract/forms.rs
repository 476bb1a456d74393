//! Forms of one's own, later stages, and the formats besides the PDF.

use crate::program::Bench;
use std::fs;

const OWN: &str = "id = \"grid-note\"\nversion = \"1\"\ntitle = \"Note\"\nshort_title = \"Note\"\nauthority = \"Us\"\n\n\
                   [[section]]\nkey = \"what\"\nheading = \"What happened\"\nrequired = true\n";

#[test]
fn new_takes_a_template_file_and_names_each_of_its_faults_with_its_line() {
    let bench = Bench::new();
    bench.write("own.toml", OWN);
    bench.done("new own.toml -o report.json");
    assert_eq!(bench.report("report.json").template.id, "grid-note");
    bench.write("wrong.toml", OWN.replace("heading", "headnig").replace("version", "verison"));
    let refused = bench.run("new wrong.toml -o other.json");
    assert_eq!(refused.code, 2);
    for clue in ["wrong.toml:2: ", "verison", "wrong.toml:9: ", "headnig"] {
        assert!(refused.err.contains(clue), "{clue} is not in:\n{}", refused.err);
    }
    assert!(!bench.path("other.json").exists());
}

#[test]
fn new_goes_on_from_an_earlier_stage() {
    let bench = Bench::new();
    let earlier = bench.sample("dora-initial");
    fs::write(bench.path("initial.json"), report::format::write(&earlier)).expect("it is written");
    bench.done("new dora-intermediate --from initial.json -o next.json");
    let next = bench.report("next.json");
    assert_eq!((next.template.id.as_str(), next.answer("own_reference")), ("dora-intermediate", earlier.answer("own_reference")));
    assert_eq!(next.answer("submission_type").raw, "intermediate report");
    bench.run("new gdpr-33 --from initial.json -o other.json").refused(2, "does not go on from");
}

#[test]
fn export_writes_the_format_a_regime_takes_or_says_what_is_missing() {
    let bench = Bench::new();
    for (id, format, clue) in [("dora-final", "ir-1.2", "\"final_report\""), ("ccadb-3.2", "ccadb-markdown", "## Full Incident Report")] {
        fs::write(bench.path("report.json"), report::format::write(&bench.sample(id))).expect("it is written");
        bench.done(&format!("export report.json --as {format} -o {id}.txt"));
        let written = String::from_utf8(bench.read(&format!("{id}.txt"))).expect("it is text");
        assert!(written.contains(clue), "{id}");
        // What was written before is an earlier output, whatever it said.
        bench.write(&format!("{id}.txt"), written.replace("2026", "2027"));
        bench.done(&format!("export report.json --as {format} -o {id}.txt"));
    }
    bench.done("new dora-initial -o blank.json");
    let refused = bench.run("export blank.json --as ir-1.2 -o blank.txt");
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("“2.4 Description of the major ICT-related incident” must be answered."), "{}", refused.err);
    assert!(refused.err.lines().last().is_some_and(|sum| sum.contains("nothing was written")), "{}", refused.err);
    assert!(!bench.path("blank.txt").exists(), "nothing was written");
}
