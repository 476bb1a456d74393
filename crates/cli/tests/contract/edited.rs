//! Our own Markdown with something changed in it: every act takes the change, or says in which line it cannot be taken.

use crate::program::Bench;

fn exported(bench: &Bench) -> String {
    bench.sample("rfo");
    bench.done("export report.json --as markdown -o report.md");
    String::from_utf8(bench.read("report.md")).expect("it is text")
}

#[test]
fn a_changed_cell_is_taken_by_every_act() {
    let bench = Bench::new();
    let text = exported(&bench);
    let row = text.lines().find(|line| line.contains("| 02:37 |")).expect("a row of the timeline");
    bench.write("edited.md", text.replacen(row, &row.replace("02:37", "02:39"), 1));
    let ran = bench.run("diff report.json edited.md");
    assert!(ran.code == 1 && ran.out.contains("02:39") && ran.err.is_empty(), "{ran:?}");
    assert_ne!(bench.run("check edited.md").code, 2);
    bench.done("import edited.md -o imported.json");
    bench.done("export edited.md --as markdown -o again.md");
    assert!(String::from_utf8(bench.read("again.md")).expect("it is text").contains("| 02:39 |"));
    assert!(bench.run("diff edited.md imported.json").out.is_empty());
    assert_eq!(bench.report("imported.json").timeline.len(), bench.report("report.json").timeline.len());
}

#[test]
fn an_emptied_body_is_one() {
    let bench = Bench::new();
    let text = exported(&bench);
    let heading = text.find("## Background").expect("a heading");
    let body = heading + text[heading..].find("-->\n").expect("its body") + 4;
    let end = body + text[body..].find("<!--").expect("the next part");
    bench.write("edited.md", format!("{}\n{}", &text[..body], &text[end..]));
    let ran = bench.run("check edited.md");
    assert!(ran.code == 1 && ran.out.contains("Background"), "{ran:?}");
    assert_eq!(bench.run("diff report.json edited.md").code, 1);
}

#[test]
fn what_cannot_be_taken_is_named_with_its_line_by_every_act() {
    let bench = Bench::new();
    let text = exported(&bench);
    let (at, row) = text.lines().enumerate().find(|(_, line)| line.contains("| 02:37 |")).expect("a row of the timeline");
    bench.write("edited.md", text.replacen(row, &row.replace("02:37", "half past two"), 1));
    let clue = format!("edited.md: line {}: “half past two” is no time of day", at + 1);
    for line in ["check edited.md", "diff report.json edited.md", "export edited.md -o out.pdf --draft", "import edited.md -o out.json"] {
        bench.run(line).refused(2, &clue);
    }
    assert!(!bench.path("out.pdf").exists() && !bench.path("out.json").exists());
}
