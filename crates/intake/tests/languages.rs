//! Reports in other languages than English: rows, headings, states and placeholders are read as the English ones are, and the language is said.

use intake::{Choices, Intake, import};
use report::ids::CountedIds;
use report::papers::ActionState;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

fn imported(text: &str) -> Intake {
    let source = intake::read::read(Some("bericht.md"), text.as_bytes(), &intake::read::Given::default()).expect("it reads");
    import(&source, &Choices::default(), report::catalogue::all(), TODAY, &mut CountedIds(0))
}

fn rows(intake: &Intake) -> Vec<String> {
    let row = |event: &report::timeline::Event| {
        let day = event.date.map(|day| format!("{day} ")).unwrap_or_default();
        format!("{day}{} {}", event.time.words(), event.text)
    };
    intake.report.events().map(row).collect()
}

/// The keys of the form's sections that hold something.
fn filled(intake: &Intake) -> Vec<&str> {
    let filled = intake.report.sections.iter().filter(|section| !section.body.0.is_empty());
    filled.map(|section| section.key.as_deref().unwrap_or("own")).collect()
}

#[test]
fn a_german_report_is_read_as_an_english_one() {
    let text = "# Störungsbericht Schleuse 3\n\nDatum: 4. März 2026\nStatus: abgeschlossen\n\n## Zusammenfassung\n\nAm Morgen ließ sich das untere Tor der Schleuse nicht mehr schließen, und zwei Schiffe mussten warten.\n\n## Zeitlicher Ablauf\n\n| Uhrzeit (CET) | Vorgang |\n|---|---|\n| 04.03.2026, 06:10 Uhr | Tor bleibt stehen |\n| 04.03.2026, 07:25 Uhr | Tor schließt wieder |\n\n## Ursache\n\n[bitte ergänzen]\n\n## Maßnahmen\n\n| Maßnahme | Verantwortlich | Frist | Stand |\n|---|---|---|---|\n| Antrieb tauschen | Wasserbau | 31.03.2026 | in Arbeit |\n";
    let intake = imported(text);
    let report = &intake.report;
    assert_eq!(
        (report.template.id.as_str(), report.language.as_str(), report.zone.as_deref()),
        ("incident-report", "de", Some("Europe/Paris"))
    );
    assert_eq!(rows(&intake), ["2026-03-04 06:10 Tor bleibt stehen", "2026-03-04 07:25 Tor schließt wieder"]);
    assert_eq!(filled(&intake), ["what_happened", "cause"]);
    assert!(report.answer("incident_date").date().is_some(), "a month in German is a month");
    let action = &report.actions[0];
    assert_eq!((action.owner.as_str(), action.due.as_str(), action.state), ("Wasserbau", "31.03.2026", ActionState::Begun));
    assert!(report::checks::check(report).iter().any(|finding| finding.check == "L38"), "the placeholder is one in German, too");
}

#[test]
fn a_french_report_is_read_as_an_english_one() {
    let text = "# Rapport d'incident : écluse 3\n\n**Date de l'incident :** 4 mars 2026\n**Statut :** clos\n\n## Résumé\n\nLe matin, la porte aval de l'écluse ne se fermait plus, et deux bateaux ont dû attendre pendant plus d'une heure.\n\n## Chronologie\n\n- 4 mars 2026 06h10 : la porte reste ouverte\n- 4 mars 2026 07h25 : la porte se ferme\n\n## Cause racine\n\nMoteur usé.\n";
    let intake = imported(text);
    assert_eq!((intake.report.template.id.as_str(), intake.report.language.as_str()), ("incident-report", "fr"));
    assert_eq!(rows(&intake), ["2026-03-04 06:10 la porte reste ouverte", "2026-03-04 07:25 la porte se ferme"]);
    assert_eq!(filled(&intake), ["what_happened", "cause"]);
    assert!(intake.report.assumptions.iter().any(|assumption| assumption.words == "The text is written in French."));
}

#[test]
fn a_language_without_data_is_named_and_english_stays_what_the_form_says() {
    let italian = "# La chiusa\n\nQuesta mattina la porta a valle della chiusa non si chiudeva più, e due barche hanno dovuto aspettare per più di un'ora prima di poter passare nel canale.\n";
    let intake = imported(italian);
    let said = intake.report.assumptions.iter().find(|assumption| assumption.about == "language").expect("it says so");
    assert!(said.words.contains("Italian") && intake.report.language == "it", "{said:?}");
    let english = "# The lock\n\nThis morning the lower gate of the lock did not close any more, and two boats had to wait for more than an hour before they could pass.\n";
    assert_eq!(imported(english).report.language, "en-GB");
}
