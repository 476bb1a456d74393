use super::*;

fn shown(line: &str) -> String {
    let told = told(line, Given::default());
    let state = told.state.map_or_else(String::new, |state| format!("{state:?}"));
    format!("{} | {} | {} | {state}", told.text, told.owner, told.due)
}

#[test]
fn owner_day_and_state_are_read_as_people_write_them() {
    for (line, told) in [
        ("[x] Change the valve (owner: Ana, due 2025-03-10)", "Change the valve | Ana | 2025-03-10 | Done"),
        ("[ ] Add a gauge @bo by 2025-04-01", "Add a gauge | bo | 2025-04-01 | Open"),
        ("Oil it — Owner: Cy — Due: 14 June 2025 — Status: In progress", "Oil it | Cy | 14 June 2025 | Begun"),
        ("Oil it by Friday 14 June", "Oil it |  | Friday 14 June | "),
        ("Oil it (Cy, in progress)", "Oil it | Cy |  | Begun"),
        ("Öl prüfen (Verantwortlich: Ida, Frist: 14.06.2025)", "Öl prüfen | Ida | 14.06.2025 | "),
        ("TODO: Cy oils it → OPS-12", "Cy oils it → OPS-12 |  |  | Open"),
        ("DOING the gate closes by itself", "the gate closes by itself |  |  | Begun"),
        ("Oil it. Owner: Ana. Due: 14 June 2025. Status: Done", "Oil it | Ana | 14 June 2025 | Done"),
        ("Oil it – owner Ana – due 2025-06-14 – TODO", "Oil it | Ana | 2025-06-14 | Open"),
        ("Oil it — Ana — by 14 June 2025", "Oil it | Ana | 14 June 2025 | "),
        ("Oil it – @ana, due 14 June 2025", "Oil it | ana | 14 June 2025 | "),
        ("Huiler – Responsable : Ana – Échéance : 15/02/2025 – en cours", "Huiler | Ana | 15/02/2025 | Begun"),
        ("Engrasar. Responsable: Ana. Plazo: 30/10/2025. Pendiente", "Engrasar | Ana | 30/10/2025 | Open"),
        ("ERLEDIGT: Öl geprüft", "Öl geprüft |  |  | Done"),
        ("In progress: oil it", "oil it |  |  | Begun"),
        ("Oil it (owner: Ana (mailto:ana@example.org), due 2025-03-10)", "Oil it | Ana (mailto:ana@example.org) | 2025-03-10 | "),
        ("Sam to oil it by 14 June 2025", "Sam to oil it | Sam | 14 June 2025 | "),
        ("Olie verversen (Jan, voor 10 maart 2025)", "Olie verversen | Jan | 10 maart 2025 | "),
        ("Huiler (Luc, d'ici le 20 février 2025) – fait", "Huiler | Luc | 20 février 2025 | Done"),
        ("In progress – Oil it. Owner: Ana", "Oil it | Ana |  | Begun"),
        ("Oil it – owner: Ana Bo; due: 2025-06-01; ticket OPS-12; P1", "Oil it; ticket OPS-12; P1 | Ana Bo | 2025-06-01 | "),
        ("2027-01-15: retire the valve (Tom)", "retire the valve | Tom | 2027-01-15 | "),
        ("Oil it → Jonas, next sprint", "Oil it | Jonas | next sprint | "),
        ("Oil it → LAB-77, by Friday 13 June 2025", "Oil it → LAB-77 |  | Friday 13 June 2025 | "),
        ("Look at the gauge each Friday – Priya", "Look at the gauge each Friday | Priya |  | "),
        ("Sam to update the plan by end of June", "Sam to update the plan | Sam | end of June | "),
        ("Oil it (Q3 2025)", "Oil it |  | Q3 2025 | "),
        ("Move the pump to the queue – next to the gate", "Move the pump to the queue – next to the gate |  |  | "),
        ("Note: oil it", "Note: oil it |  |  | "),
        ("☑ Oil it", "Oil it |  |  | Done"),
        ("WONTFIX: oil it", "oil it |  |  | Cancelled"),
        ("Oil the gate - Lower Lock", "Oil the gate - Lower Lock |  |  | "),
        ("Oil it (Ravi)", "Oil it | Ravi |  | "),
        ("Oil it (twice)", "Oil it (twice) |  |  | "),
        ("Close the gate by hand", "Close the gate by hand |  |  | "),
        ("Mail ops@example.org", "Mail ops@example.org |  |  | "),
    ] {
        assert_eq!(shown(line), told, "{line}");
    }
}
