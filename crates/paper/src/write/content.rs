//! What is drawn on each page, as operators inside marked content.
//! Always true: everything is either content of the logical tree or an artifact; glyphs stand where the layout put them, to a
//! thousandth of an em; content that follows content of the same node is marked as one.
//! Deliberately absent: printpdf's own operators. A long report has tens of thousands of them, and to go from them to bytes by way of
//! printpdf's and lopdf's trees took longer than all the layout.

use super::{
    Document,
    fonts::{self, Fonts},
    images,
    object::utf16,
    on_sheet,
    operators::{Line, Operators},
};
use crate::{
    display::{Area, Artifact, Item, Owner, Page, Run, Stroke},
    face::Face,
    figure::Picture,
    measure::{Colour, Paper},
    tree::{ContentId, NodeId, Role, Tree},
};

/// The pages' content streams, and where each piece of content came to stand.
pub struct MarkedPages {
    /// The content of each page.
    pub pages: Vec<Vec<u8>>,
    /// Page and marked-content id by content; none for content that was never painted.
    pub placed: Placed,
}

/// Where content stands.
pub struct Placed {
    /// Page and marked-content id by content.
    pub contents: Vec<Option<(usize, i64)>>,
    /// The node of each marked-content id, page by page.
    pub owners: Vec<Vec<NodeId>>,
}

/// Draws every page.
pub fn pages(document: &Document<'_>, fonts: &Fonts) -> MarkedPages {
    let mut placed = Placed { contents: vec![None; document.tree.content_count()], owners: Vec::new() };
    let pages = document.pages.iter().enumerate().map(|(number, page)| content(document, fonts, number, page, &mut placed)).collect();
    MarkedPages { pages, placed }
}

fn content(document: &Document<'_>, fonts: &Fonts, number: usize, page: &Page, placed: &mut Placed) -> Vec<u8> {
    let mut pen = Pen {
        out: Operators::default(),
        paper: document.paper,
        fonts,
        pictures: document.pictures,
        in_text: false,
        font: None,
        fill: None,
        line: None,
        open: None,
    };
    let mut owners: Vec<NodeId> = Vec::new();
    for marked in &page.marks {
        match marked.owner {
            Owner::Content(content) => {
                let follows = matches!(pen.open, Some(Open::Content(last)) if document.tree.adjoin(last, content));
                if !follows {
                    let node = document.tree.owner(content);
                    pen.open_content(document.tree, node, owners.len());
                    owners.push(node);
                }
                pen.open = Some(Open::Content(content));
                placed.contents[content.0] = Some((number, owners.len() as i64 - 1));
            }
            Owner::Artifact(kind) => {
                if !matches!(pen.open, Some(Open::Artifact(open)) if open == kind) {
                    pen.open_artifact(kind);
                }
                pen.open = Some(Open::Artifact(kind));
            }
        }
        for item in &marked.items {
            pen.draw(item);
        }
    }
    pen.close();
    placed.owners.push(owners);
    pen.out.into_bytes()
}

#[derive(Clone, Copy)]
enum Open {
    Content(ContentId),
    Artifact(Artifact),
}

struct Pen<'a> {
    out: Operators,
    paper: Paper,
    fonts: &'a Fonts,
    pictures: &'a [Picture],
    /// Whether a text object is open. Text that follows text goes on in it.
    in_text: bool,
    font: Option<(Face, f32)>,
    fill: Option<Colour>,
    line: Option<Stroke>,
    open: Option<Open>,
}

impl Pen<'_> {
    fn close(&mut self) {
        self.leave_text();
        if self.open.take().is_some() {
            self.out.word("EMC");
        }
    }

    fn open_content(&mut self, tree: &Tree, node: NodeId, id: usize) {
        self.close();
        let role = &tree.node(node).role;
        // Tags in the content only repeat the tree; two of ours are not standard types and take the one they stand for.
        let tag = if matches!(role, Role::Strong | Role::Em) { "Span" } else { role.name() };
        self.out.begin_marked(tag, |out| out.raw(&format!("/MCID {id}")));
    }

    fn open_artifact(&mut self, kind: Artifact) {
        self.close();
        let properties = match kind {
            Artifact::Layout => "/Type/Layout",
            Artifact::Header => "/Type/Pagination/Subtype/Header",
            Artifact::Footer => "/Type/Pagination/Subtype/Footer",
            Artifact::Watermark => "/Type/Pagination/Subtype/Watermark",
        };
        self.out.begin_marked("Artifact", |out| out.raw(properties));
    }

    fn draw(&mut self, item: &Item) {
        match item {
            Item::Text(run) => {
                let (x, y) = on_sheet(self.paper, run.x, run.y);
                self.run(run, [1.0, 0.0, 0.0, 1.0, x, y]);
            }
            Item::Turned { centre, degrees, run } => {
                let (sin, cos) = degrees.to_radians().sin_cos();
                let (x, y) = on_sheet(self.paper, centre.0, centre.1);
                let (dx, dy) = (run.x * cos + run.y * sin, run.x * sin - run.y * cos);
                self.run(run, [cos, sin, -sin, cos, x + dx, y + dy]);
            }
            Item::Line { from, to, stroke } => {
                self.stroke(*stroke);
                self.segment(*from, *to);
            }
            Item::Shape { corners, fill, stroke } => {
                self.paint(*fill, *stroke, |pen| {
                    for (number, corner) in corners.iter().enumerate() {
                        pen.points(&[*corner], if number == 0 { "m" } else { "l" });
                    }
                });
            }
            Item::Disc { centre, radius, fill, stroke } => {
                self.paint(*fill, *stroke, |pen| pen.arc(*centre, *radius, &QUARTERS));
            }
            Item::HalfDisc { centre, radius, fill } => {
                self.paint(Some(*fill), None, |pen| pen.arc(*centre, *radius, &QUARTERS[..2]));
            }
            Item::Hatch { area, colour } => self.hatch(*area, *colour),
            Item::Picture { area, picture } => self.picture(*area, *picture),
        }
    }

    fn run(&mut self, run: &Run, matrix: [f32; 6]) {
        let Some(font) = self.fonts.of(run.face) else { return };
        if !self.in_text {
            self.in_text = true;
            self.out.word("BT");
        }
        self.colour(run.colour);
        if self.font != Some((run.face, run.size)) {
            self.font = Some((run.face, run.size));
            self.out.named(&fonts::id(run.face).0, &[run.size], "Tf");
        }
        self.out.op(&matrix, "Tm");
        let mut line = Line::default();
        // Where the layout wants the pen and where the viewer has it, in thousandths of an em.
        let (mut wanted, mut pen) = (0.0_f32, 0.0_f32);
        let em = 1000.0 / run.size;
        for glyph in run.glyphs.iter() {
            let gap = (pen - (wanted + glyph.offset.0 * em)).round();
            if gap != 0.0 {
                line.gap(&mut self.out, gap);
                pen -= gap;
            }
            let Some(used) = font.glyph(glyph.id) else { continue };
            let means = fonts::meaning(run, glyph);
            let apart = means != used.meaning;
            let raised = glyph.offset.1.abs() > 0.01;
            if apart || raised {
                line.show(&mut self.out);
            }
            if raised {
                self.out.op(&[glyph.offset.1], "Ts");
            }
            if apart {
                self.out.begin_marked("Span", |out| {
                    out.raw("/ActualText(");
                    utf16(means).into_iter().for_each(|byte| out.string_byte(byte));
                    out.raw(")");
                });
            }
            line.glyph(&mut self.out, used.code);
            if apart || raised {
                line.show(&mut self.out);
            }
            if apart {
                self.out.word("EMC");
            }
            if raised {
                self.out.op(&[0.0], "Ts");
            }
            pen += f32::from(used.width);
            wanted += glyph.advance * em;
        }
        line.show(&mut self.out);
    }

    fn leave_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.out.word("ET");
        }
    }

    fn colour(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.out.op(&rgb(colour), "rg");
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        self.leave_text();
        let old = self.line.replace(stroke);
        if old.map(|old| old.colour) != Some(stroke.colour) {
            self.out.op(&rgb(stroke.colour), "RG");
        }
        if old.map(|old| old.width) != Some(stroke.width) {
            self.out.op(&[stroke.width], "w");
        }
        if old.and_then(|old| old.dash) != stroke.dash {
            self.out.raw("[");
            if let Some((dash, gap)) = stroke.dash {
                self.out.number(dash);
                self.out.raw(" ");
                self.out.number(gap);
            }
            self.out.word("] 0 d");
        }
    }

    /// Fills and draws an outline, which is closed.
    fn paint(&mut self, fill: Option<Colour>, stroke: Option<Stroke>, outline: impl FnOnce(&mut Self)) {
        self.leave_text();
        if let Some(fill) = fill {
            self.colour(fill);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        let operator = match (fill, stroke) {
            (Some(_), Some(_)) => "b",
            (Some(_), None) => "f",
            (None, Some(_)) => "s",
            (None, None) => return,
        };
        outline(self);
        self.out.word(operator);
    }

    /// Lines at 45°, 3.2 pt apart along the edge, each cut at the area's edges, so that no clipping is needed.
    fn hatch(&mut self, area: Area, colour: Colour) {
        const EVERY: f32 = 3.2;
        self.stroke(Stroke::solid(0.75, colour));
        let mut start = EVERY / 2.0;
        while start < area.width + area.height {
            let low = ((start - area.width).max(0.0), start.min(area.height));
            self.segment((area.x + start - low.1, area.y + low.1), (area.x + start - low.0, area.y + low.0));
            start += EVERY;
        }
    }

    fn picture(&mut self, area: Area, picture: usize) {
        self.leave_text();
        let (x, y) = on_sheet(self.paper, area.x, area.y + area.height);
        self.out.word("q");
        self.out.op(&[area.width, 0.0, 0.0, area.height, x, y], "cm");
        if let Some(turn) = self.pictures.get(picture).and_then(|picture| picture.turn.matrix()) {
            self.out.op(&turn, "cm");
        }
        self.out.named(&images::id(picture), &[], "Do");
        self.out.word("Q");
    }

    fn segment(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.points(&[from], "m");
        self.points(&[to], "l");
        self.out.word("S");
    }

    /// Quarter circles as Bézier curves, from the top anticlockwise.
    fn arc(&mut self, centre: (f32, f32), radius: f32, quarters: &[[(f32, f32); 3]]) {
        let at = |(x, y): (f32, f32)| (centre.0 + x * radius, centre.1 + y * radius);
        self.points(&[at((0.0, -1.0))], "m");
        for quarter in quarters {
            self.points(&quarter.map(at), "c");
        }
    }

    fn points(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let (x, y) = on_sheet(self.paper, *x, *y);
            self.out.numbers(&[x, y]);
        }
        self.out.word(operator);
    }
}

/// The handle that makes a Bézier curve nearest to a quarter circle.
const HANDLE: f32 = 0.5523;

const QUARTERS: [[(f32, f32); 3]; 4] = [
    [(-HANDLE, -1.0), (-1.0, -HANDLE), (-1.0, 0.0)],
    [(-1.0, HANDLE), (-HANDLE, 1.0), (0.0, 1.0)],
    [(HANDLE, 1.0), (1.0, HANDLE), (1.0, 0.0)],
    [(1.0, -HANDLE), (HANDLE, -1.0), (0.0, -1.0)],
];

fn rgb(colour: Colour) -> [f32; 3] {
    [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0)
}
