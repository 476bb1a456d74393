//! A text walked through: its words, links, figures and facts in reading order, and the same text with its words written anew.
//! Always true: nothing is skipped, however deep in lists, quotes and cells it stands.

use super::{Block, Cell, FigureAttrs, Inline, ListItem, Mark, RichText, TableRow};
use std::ops::{Range, RangeInclusive};

/// A line as it is set.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SetLine {
    /// Its words.
    pub text: String,
    /// Which of its bytes are set as code.
    pub code: Vec<Range<usize>>,
    /// Whether it stands in a quotation.
    pub quoted: bool,
}

impl RichText {
    /// Every word, blocks and cells on lines of their own.
    pub fn plain(&self) -> String {
        self.lines().join("\n")
    }

    /// The plain text of each block in reading order: the unit that findings name ("paragraph 2").
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.each(&mut |block| lines.extend(block.inlines().map(Inline::plain_of)));
        lines
    }

    /// Its lines, each with which of its words are code and whether somebody else said them.
    pub fn set_lines(&self) -> Vec<SetLine> {
        let mut lines = Vec::new();
        self.0.iter().for_each(|block| block.set_lines(false, &mut lines));
        lines
    }

    /// Whether there is nothing to read and nothing to see.
    pub fn is_blank(&self) -> bool {
        self.figures().is_empty() && self.lines().iter().all(|line| line.trim().is_empty())
    }

    /// The words and the address of every link, in reading order.
    pub fn links(&self) -> Vec<(&str, &str)> {
        let mut links = Vec::new();
        self.each(&mut |block| {
            links.extend(block.inlines().unwrap_or_default().iter().filter_map(|inline| {
                let Inline::Text { text, marks } = inline else { return None };
                let href = marks.iter().find_map(|mark| if let Mark::Link { attrs } = mark { Some(attrs.href.as_str()) } else { None })?;
                Some((text.as_str(), href))
            }));
        });
        links
    }

    /// The attributes of every figure, in reading order.
    pub fn figures(&self) -> Vec<&FigureAttrs> {
        let mut figures = Vec::new();
        self.each(&mut |block| figures.extend(if let Block::Figure { attrs, .. } = block { Some(attrs) } else { None }));
        figures
    }

    /// Every figure with the words below it, in reading order.
    pub fn captions(&self) -> Vec<(&FigureAttrs, String)> {
        let mut figures = Vec::new();
        self.each(&mut |block| {
            if let Block::Figure { attrs, content } = block {
                figures.push((attrs, Inline::plain_of(content)));
            }
        });
        figures
    }

    /// The keys of the facts it tells, in order.
    pub fn facts(&self) -> Vec<&str> {
        let mut facts = Vec::new();
        self.each(&mut |block| {
            let inlines = block.inlines().unwrap_or_default().iter();
            facts.extend(inlines.filter_map(|inline| if let Inline::Fact { attrs } = inline { Some(attrs.key.as_str()) } else { None }));
        });
        facts
    }

    /// The same with every occurrence of `from` in its words written as `to`, within one run of equal marks.
    pub fn replaced(&self, from: &str, to: &str) -> Self {
        self.rewritten(&mut |text| text.replace(from, to))
    }

    /// The same with each run of its words, in reading order, written anew.
    pub fn rewritten(&self, write: &mut dyn FnMut(&str) -> String) -> Self {
        let mut text = self.clone();
        text.each_line_mut(&mut |pieces, _| {
            for piece in pieces {
                if let Inline::Text { text, .. } = piece {
                    *text = write(text);
                }
            }
        });
        text
    }

    /// The levels of its headings, in reading order.
    pub(crate) fn heading_levels(&self) -> Vec<u8> {
        let mut levels = Vec::new();
        self.each(&mut |block| levels.extend(if let Block::Heading { attrs, .. } = block { Some(attrs.level) } else { None }));
        levels
    }

    /// The same with each heading on the nearest of these levels.
    pub(crate) fn levelled(&self, levels: &RangeInclusive<u8>) -> Self {
        let mut text = self.clone();
        text.0.iter_mut().for_each(|block| block.level(levels));
        text
    }

    /// Shows the pieces of each line that [`RichText::lines`] gives, to be changed; a figure comes with its caption.
    pub(crate) fn each_line_mut(&mut self, see: &mut dyn FnMut(&mut Vec<Inline>, Option<&mut FigureAttrs>)) {
        self.0.iter_mut().for_each(|block| block.each_line_mut(see));
    }

    fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Block)) {
        self.0.iter().for_each(|block| block.each(see));
    }
}

impl Block {
    /// Itself and every block inside it, in reading order.
    fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Block)) {
        see(self);
        self.children().into_iter().for_each(|block| block.each(see));
    }

    /// The blocks inside it.
    fn children(&self) -> Vec<&Block> {
        match self {
            Block::BulletList { content } | Block::OrderedList { content, .. } => content.iter().flat_map(ListItem::blocks).collect(),
            Block::Blockquote { content } => content.iter().collect(),
            Block::Table { content } => content.iter().flat_map(TableRow::cells).flat_map(Cell::blocks).collect(),
            Block::Paragraph { .. } | Block::Heading { .. } | Block::CodeBlock { .. } | Block::Figure { .. } => Vec::new(),
        }
    }

    fn set_lines(&self, quoted: bool, lines: &mut Vec<SetLine>) {
        if let Some(inlines) = self.inlines() {
            let mut line = SetLine { quoted, ..SetLine::default() };
            for inline in inlines {
                let start = line.text.len();
                line.text.push_str(&Inline::plain_of(std::slice::from_ref(inline)));
                let marked = matches!(inline, Inline::Text { marks, .. } if marks.iter().any(|mark| matches!(mark, Mark::Code {})));
                if marked || matches!(self, Block::CodeBlock { .. }) {
                    line.code.push(start..line.text.len());
                }
            }
            return lines.push(line);
        }
        let inside = quoted || matches!(self, Block::Blockquote { .. });
        self.children().into_iter().for_each(|child| child.set_lines(inside, lines));
    }

    /// Its own words; none where it is made of blocks.
    fn inlines(&self) -> Option<&[Inline]> {
        match self {
            Block::Paragraph { content }
            | Block::Heading { content, .. }
            | Block::CodeBlock { content }
            | Block::Figure { content, .. } => Some(content),
            _ => None,
        }
    }

    fn each_line_mut(&mut self, see: &mut dyn FnMut(&mut Vec<Inline>, Option<&mut FigureAttrs>)) {
        match self {
            Block::Paragraph { content } | Block::Heading { content, .. } | Block::CodeBlock { content } => see(content, None),
            Block::Figure { content, attrs } => see(content, Some(attrs)),
            _ => self.children_mut().into_iter().for_each(|child| child.each_line_mut(see)),
        }
    }

    fn level(&mut self, levels: &RangeInclusive<u8>) {
        if let Block::Heading { attrs, .. } = self {
            attrs.level = attrs.level.clamp(*levels.start(), *levels.end());
        }
        self.children_mut().into_iter().for_each(|child| child.level(levels));
    }

    /// The same, to be changed.
    fn children_mut(&mut self) -> Vec<&mut Block> {
        match self {
            Block::Paragraph { .. } | Block::Heading { .. } | Block::CodeBlock { .. } | Block::Figure { .. } => Vec::new(),
            Block::BulletList { content } | Block::OrderedList { content, .. } => {
                content.iter_mut().flat_map(|ListItem::ListItem { content }| content).collect()
            }
            Block::Blockquote { content } => content.iter_mut().collect(),
            Block::Table { content } => content
                .iter_mut()
                .flat_map(|TableRow::TableRow { content }| content)
                .flat_map(|cell| match cell {
                    Cell::TableHeader { content, .. } | Cell::TableCell { content, .. } => content,
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_NODE: &str = include_str!("../../tests/every-node.json");

    #[test]
    fn plain_text_keeps_every_word_of_cells_and_lists() {
        let text: RichText = serde_json::from_str(EVERY_NODE).expect("the fixture reads");
        for word in ["plain", "strong", "first", "nested", "Column", "cell", "caption", "quoted", "let x"] {
            assert!(text.plain().contains(word), "{word} in {}", text.plain());
        }
        let set = text.set_lines();
        assert_eq!(set.iter().map(|line| line.text.clone()).collect::<Vec<_>>(), text.lines());
        let quoted = |word: &str| set.iter().any(|line| line.quoted && line.text.contains(word));
        assert!(quoted("quoted") && !quoted("plain"));
        assert!(set.iter().any(|line| line.code.iter().any(|code| line.text[code.clone()].contains("let x"))));
    }
}
