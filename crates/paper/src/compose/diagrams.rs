//! The report's drawings, each a figure with its caption, and the sentences that tell a drawing to those who cannot see it.

use report::{
    Place,
    papers::{self, Node},
};

use super::Job;
use crate::{
    composer::Composer,
    diagram::{self, Arrow, Diagram, Part},
    figure,
    measure::{AXIS, COLUMN, MEASURE},
    strip::Strip,
    text::{Text, house},
    tree::{NodeId, Role},
};

/// White between a drawing's caption and what follows.
const UNDER_CAPTION: f32 = 9.0;

/// Every drawing, one below the other.
pub fn diagrams(c: &mut Composer<'_>, job: &mut Job<'_>, parent: NodeId) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    for given in &job.report.diagrams {
        c.place = Place::Diagrams;
        job.figures += 1;
        let caption = Text::new(given.caption.trim(), house::CELL.0, house::CELL.1);
        // Half a page at most: what is higher is easier to follow in words.
        let drawn = diagram::diagram(c, parent, &drawing(given), job.depth / 2.0);
        let mut one = match drawn {
            Some(strip) => {
                let mut one = vec![strip];
                one.extend(figure::caption(c, parent, "Figure", job.figures, &caption, 0.0, MEASURE));
                one
            }
            None => told(c, parent, given, job.figures, &caption),
        };
        if let (Some(first), false) = (one.first_mut(), strips.is_empty()) {
            first.before = UNDER_CAPTION;
        }
        strips.extend(one);
    }
    strips
}

/// A drawing that cannot be drawn, sentence by sentence.
fn told(c: &mut Composer<'_>, parent: NodeId, given: &papers::Diagram, number: usize, caption: &Text) -> Vec<Strip> {
    let mut strips = Vec::new();
    for sentence in sentences(given) {
        let mut lines = c.paragraph(parent, Role::P, &Text::new(sentence, house::BODY.0, house::BODY.1), AXIS, COLUMN);
        if let (Some(first), false) = (lines.first_mut(), strips.is_empty()) {
            first.before = 4.0;
        }
        strips.extend(lines);
    }
    strips.extend(figure::caption(c, parent, "Figure", number, caption, AXIS, COLUMN));
    strips
}

fn drawing(given: &papers::Diagram) -> Diagram {
    let part = |node: &Node| Part {
        label: node.label.clone(),
        column: node.column,
        row: node.row,
        failed: node.failed.then(|| node.note.clone()),
    };
    let place = |id: &str| given.nodes.iter().position(|node| node.id == id);
    let arrow = |edge: &papers::Edge| {
        Some(Arrow { from: place(&edge.from)?, to: place(&edge.to)?, label: edge.label.clone(), broken: edge.broken })
    };
    Diagram {
        parts: given.nodes.iter().map(part).collect(),
        arrows: given.edges.iter().filter_map(arrow).collect(),
        alt: sentences(given).join(" "),
    }
}

/// What the drawing says: its ways, then what failed, then boxes that stand alone.
fn sentences(given: &papers::Diagram) -> Vec<String> {
    let name = |id: &str| given.nodes.iter().find(|node| node.id == id).map_or_else(|| id.to_owned(), |node| node.label.trim().to_owned());
    let way = |edge: &papers::Edge| {
        let label = edge.label.trim();
        let said = match (label.is_empty(), edge.broken) {
            (true, false) => String::new(),
            (true, true) => ": broken".to_owned(),
            (false, false) => format!(": {label}"),
            (false, true) => format!(": {label}, broken"),
        };
        format!("{} leads to {}{said}.", name(&edge.from), name(&edge.to))
    };
    let failed = |node: &Node| match node.note.trim() {
        "" => format!("{} failed.", node.label.trim()),
        note => format!("{} failed: {note}.", node.label.trim()),
    };
    let joined = |node: &&Node| given.edges.iter().any(|edge| edge.from == node.id || edge.to == node.id);
    let alone = given.nodes.iter().filter(|node| !joined(node)).map(|node| format!("{} stands alone.", node.label.trim()));
    let ways = given.edges.iter().map(way);
    ways.chain(given.nodes.iter().filter(|node| node.failed).map(failed)).chain(alone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_told_whole_even_where_an_arrow_leads_nowhere() {
        let json = r#"{"id":"0199e8f5-1580-7000-8000-000000000001","nodes":[
            {"id":"a","label":"Shop","column":0,"row":0},{"id":"b","label":"Vault","column":1,"row":0,"failed":true,"note":"full"},
            {"id":"c","label":"Ledger","column":2,"row":0}],
            "edges":[{"from":"a","to":"b","label":"9 calls","broken":true},{"from":"b","to":"archive"}]}"#;
        let given: papers::Diagram = serde_json::from_str(json).expect("a drawing");
        let told = ["Shop leads to Vault: 9 calls, broken.", "Vault leads to archive.", "Vault failed: full.", "Ledger stands alone."];
        assert_eq!(sentences(&given), told);
        assert_eq!(drawing(&given).arrows.len(), 1, "only the arrow between boxes that are there is drawn");
    }
}
