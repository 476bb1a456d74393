//! The reports beside this test: each gives what is expected of it, and all together give the figures of the golden.

use corpus::expected::Expected;
use corpus::{Total, imported, measure};
use expect_test::expect;
use std::path::{Path, PathBuf};

fn reports() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports");
    let entries = std::fs::read_dir(folder).expect("the folder is there").flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| !path.to_string_lossy().ends_with(".expected.toml")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("it is there"))).collect()
}

#[test]
fn every_report_gives_what_is_expected_of_it() {
    let mut wrong = String::new();
    for (path, bytes) in reports() {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let wanted = std::fs::read_to_string(path.with_file_name(format!("{name}.expected.toml"))).expect("its expectation is there");
        let wanted: Expected = toml::from_str(&wanted).unwrap_or_else(|error| panic!("{name}: {error}"));
        let given = match imported(&name, &bytes) {
            Ok(intake) => Expected::of(&intake),
            Err(refused) => panic!("{name}: {refused}"),
        };
        for difference in wanted.differences(&given) {
            wrong += &format!("{name}: {difference}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_figures_of_all_reports_stay_as_good() {
    let all = Total(reports().iter().map(|(path, bytes)| measure(path, bytes)).collect());
    expect![[r#"
        84 files, 0 not read
        162 lines that look timed, 217 timed rows, 7 of them without a day
        0 head rows as events
        34 of 34 stated zones taken
        47 addresses = 35 placed + 1 waiting + 11 left out + 0 lost
        72 titles, 57 in the neutral form, 39 questions
    "#]]
    .assert_eq(&all.to_string());
}
