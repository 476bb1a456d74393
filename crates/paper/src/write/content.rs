//! What is drawn on each page, as printpdf's operations inside marked content.
//! Always true: everything is either content of the logical tree or an artifact; glyphs stand where the layout put them, to a
//! thousandth of an em; content that follows content of the same node is marked as one.

use std::collections::BTreeMap;

use printpdf::{
    Color, CurTransMat, DictItem, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon,
    PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder, XObjectId, XObjectTransform,
};

use super::{
    Document,
    fonts::{self, Fonts},
    images,
    object::{round, utf16},
    on_sheet,
};
use crate::{
    display::{Area, Artifact, Item, Owner, Page, Run, Stroke},
    face::Face,
    figure::Picture,
    measure::{Colour, Paper},
    tree::{ContentId, NodeId, Role, Tree},
};

/// The pages' operations, and where each piece of content came to stand.
pub struct MarkedPages {
    /// The operations of each page.
    pub pages: Vec<Vec<Op>>,
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
    let pages = document.pages.iter().enumerate().map(|(number, page)| page_ops(document, fonts, number, page, &mut placed)).collect();
    MarkedPages { pages, placed }
}

/// Lets printpdf write pages, contents and fonts.
pub fn print(document: &Document<'_>, fonts: &Fonts, pages: Vec<Vec<Op>>) -> lopdf::Document {
    let mut pdf = printpdf::PdfDocument::new(&document.metadata.title);
    pdf.resources.fonts.map = fonts.resources();
    let (width, height) = (document.paper.width(), document.paper.height());
    let sheet = Rect { x: Pt(0.0), y: Pt(0.0), width: Pt(round(width)), height: Pt(round(height)), mode: None, winding_order: None };
    pdf.pages =
        pages.into_iter().map(|ops| PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet.clone(), ops }).collect();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    pdf.to_lopdf_document(&options, &mut Vec::new())
}

fn page_ops(document: &Document<'_>, fonts: &Fonts, number: usize, page: &Page, placed: &mut Placed) -> Vec<Op> {
    let mut pen =
        Pen { ops: Vec::new(), paper: document.paper, fonts, pictures: document.pictures, text: None, fill: None, line: None, open: None };
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
    pen.ops
}

#[derive(Clone, Copy)]
enum Open {
    Content(ContentId),
    Artifact(Artifact),
}

struct Pen<'a> {
    ops: Vec<Op>,
    paper: Paper,
    fonts: &'a Fonts,
    pictures: &'a [Picture],
    text: Option<(Face, f32)>,
    fill: Option<Colour>,
    line: Option<Stroke>,
    open: Option<Open>,
}

impl Pen<'_> {
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn open_content(&mut self, tree: &Tree, node: NodeId, id: usize) {
        self.close();
        let role = &tree.node(node).role;
        // Tags in the content only repeat the tree; two of ours are not standard types and take the one they stand for.
        let tag = if matches!(role, Role::Strong | Role::Em) { "Span" } else { role.name() };
        self.begin(tag, [("MCID", DictItem::Int(id as i64))]);
    }

    fn open_artifact(&mut self, kind: Artifact) {
        self.close();
        let name = |words: &str| DictItem::Name(words.as_bytes().to_vec());
        match kind {
            Artifact::Layout => self.begin("Artifact", [("Type", name("Layout"))]),
            Artifact::Header => self.begin("Artifact", [("Type", name("Pagination")), ("Subtype", name("Header"))]),
            Artifact::Footer => self.begin("Artifact", [("Type", name("Pagination")), ("Subtype", name("Footer"))]),
            Artifact::Watermark => self.begin("Artifact", [("Type", name("Pagination")), ("Subtype", name("Watermark"))]),
        }
    }

    fn begin<const N: usize>(&mut self, tag: &str, properties: [(&str, DictItem); N]) {
        let map: BTreeMap<String, DictItem> = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } });
    }

    fn draw(&mut self, item: &Item) {
        match item {
            Item::Text(run) => {
                let (x, y) = on_sheet(self.paper, run.x, run.y);
                self.run(run, [1.0, 0.0, 0.0, 1.0, round(x), round(y)]);
            }
            Item::Turned { centre, degrees, run } => {
                let (sin, cos) = degrees.to_radians().sin_cos();
                let (x, y) = on_sheet(self.paper, centre.0, centre.1);
                let (dx, dy) = (run.x * cos + run.y * sin, run.x * sin - run.y * cos);
                self.run(run, [round(cos), round(sin), round(-sin), round(cos), round(x + dx), round(y + dy)]);
            }
            Item::Line { from, to, stroke } => {
                self.stroke(*stroke);
                let points = vec![self.corner(*from), self.corner(*to)];
                self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
            }
            Item::Shape { corners, fill, stroke } => {
                let points = corners.iter().map(|corner| self.corner(*corner)).collect();
                self.outline(points, *fill, *stroke);
            }
            Item::Disc { centre, radius, fill, stroke } => {
                let points = self.circle(*centre, *radius, &QUARTERS);
                self.outline(points, *fill, *stroke);
            }
            Item::HalfDisc { centre, radius, fill } => {
                let points = self.circle(*centre, *radius, &QUARTERS[..2]);
                self.outline(points, Some(*fill), None);
            }
            Item::Hatch { area, colour } => self.hatch(*area, *colour),
            Item::Picture { area, picture } => self.picture(*area, *picture),
        }
    }

    fn run(&mut self, run: &Run, matrix: [f32; 6]) {
        // Text that follows text goes on in the same text object.
        match self.ops.last() {
            Some(Op::EndTextSection) => drop(self.ops.pop()),
            _ => self.ops.push(Op::StartTextSection),
        }
        self.fill(run.colour);
        if self.text != Some((run.face, run.size)) {
            self.text = Some((run.face, run.size));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(fonts::id(run.face)), size: Pt(round(run.size)) });
        }
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
        let mut line = Vec::new();
        let mut letters = String::new();
        // Where the layout wants the pen and where the viewer has it, in thousandths of an em.
        let (mut wanted, mut pen) = (0.0_f32, 0.0_f32);
        let em = 1000.0 / run.size;
        let Some(font) = self.fonts.of(run.face) else { return };
        for glyph in run.glyphs.iter() {
            let gap = (pen - (wanted + glyph.offset.0 * em)).round();
            if gap != 0.0 {
                push_letters(&mut line, &mut letters);
                line.push(TextItem::Offset(gap));
                pen -= gap;
            }
            let Some(used) = font.glyph(glyph.id) else { continue };
            let means = fonts::meaning(run, glyph);
            let apart = means != used.meaning;
            let raised = glyph.offset.1.abs() > 0.01;
            if apart || raised {
                push_letters(&mut line, &mut letters);
                self.show(&mut line);
            }
            if raised {
                self.ops.push(Op::SetLineOffset { multiplier: round(glyph.offset.1) });
            }
            if apart {
                self.begin("Span", [("ActualText", DictItem::String { data: utf16(means), literal: false })]);
            }
            letters.push(used.letter);
            if apart || raised {
                push_letters(&mut line, &mut letters);
                self.show(&mut line);
            }
            if apart {
                self.ops.push(Op::EndMarkedContent);
            }
            if raised {
                self.ops.push(Op::SetLineOffset { multiplier: 0.0 });
            }
            pen += f32::from(used.width);
            wanted += glyph.advance * em;
        }
        push_letters(&mut line, &mut letters);
        self.show(&mut line);
        self.ops.push(Op::EndTextSection);
    }

    fn show(&mut self, line: &mut Vec<TextItem>) {
        if !line.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(line) });
        }
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        let old = self.line.replace(stroke);
        if old.map(|old| old.colour) != Some(stroke.colour) {
            self.ops.push(Op::SetOutlineColor { col: rgb(stroke.colour) });
        }
        if old.map(|old| old.width) != Some(stroke.width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
        }
        if old.and_then(|old| old.dash) != stroke.dash {
            let pattern = stroke.dash.map_or_else(LineDashPattern::solid, |(dash, gap)| LineDashPattern::new(0.0, &[dash, gap]));
            self.ops.push(Op::SetLineDashPattern { dash: pattern });
        }
    }

    fn outline(&mut self, points: Vec<LinePoint>, fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(fill) = fill {
            self.fill(fill);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        let polygon = Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    /// Lines at 45°, 3.2 pt apart along the edge, each cut at the area's edges, so that no clipping is needed.
    fn hatch(&mut self, area: Area, colour: Colour) {
        const EVERY: f32 = 3.2;
        self.stroke(Stroke::solid(0.75, colour));
        let mut start = EVERY / 2.0;
        while start < area.width + area.height {
            let low = ((start - area.width).max(0.0), start.min(area.height));
            let from = (area.x + start - low.1, area.y + low.1);
            let to = (area.x + start - low.0, area.y + low.0);
            let points = vec![self.corner(from), self.corner(to)];
            self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
            start += EVERY;
        }
    }

    fn picture(&mut self, area: Area, picture: usize) {
        let (x, y) = on_sheet(self.paper, area.x, area.y + area.height);
        self.ops.push(Op::SaveGraphicsState);
        let matrix = CurTransMat::Raw([round(area.width), 0.0, 0.0, round(area.height), round(x), round(y)]);
        self.ops.push(Op::SetTransformationMatrix { matrix });
        if let Some(turn) = self.pictures.get(picture).and_then(|picture| picture.turn.matrix()) {
            self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(turn) });
        }
        self.ops.push(Op::UseXobject { id: XObjectId(images::id(picture)), transform: XObjectTransform::default() });
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn corner(&self, (x, y): (f32, f32)) -> LinePoint {
        let (x, y) = on_sheet(self.paper, x, y);
        LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(y)) }, bezier: false }
    }

    /// Quarter circles as Bézier curves, from the top anticlockwise.
    fn circle(&self, centre: (f32, f32), radius: f32, quarters: &[[(f32, f32); 3]]) -> Vec<LinePoint> {
        let at = |(x, y): (f32, f32), bezier: bool| {
            let corner = self.corner((centre.0 + x * radius, centre.1 + y * radius));
            LinePoint { bezier, ..corner }
        };
        let mut points = vec![at((0.0, -1.0), false)];
        for [first, second, end] in quarters {
            points.extend([at(*first, true), at(*second, true), at(*end, false)]);
        }
        points
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

fn push_letters(line: &mut Vec<TextItem>, letters: &mut String) {
    if !letters.is_empty() {
        line.push(TextItem::Text(std::mem::take(letters)));
    }
}

fn rgb(colour: Colour) -> Color {
    let part = |value: u8| round(f32::from(value) / 255.0);
    Color::Rgb(Rgb { r: part(colour.red), g: part(colour.green), b: part(colour.blue), icc_profile: None })
}
