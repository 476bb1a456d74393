//! The words met in one face, each shaped once by harfrust.
//! Always true: a word is known together with the edge seen after it, so that what is kept holds wherever it is met again.
//! Deliberately absent: sizes and lines.

use std::{collections::HashMap, ops::Range};

use harfrust::{BufferClusterLevel, Direction, FontRef, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer, script};

use crate::face::Face;

/// So many words of one face are remembered; with one more, all are forgotten.
const VOCABULARY: usize = 20_000;

/// The words of one face.
pub struct Vocabulary {
    font: FontRef<'static>,
    data: ShaperData,
    plan: ShapePlan,
    buffer: Option<UnicodeBuffer>,
    /// A word, with what is seen after it, and where its glyphs are.
    words: HashMap<Box<str>, Range<usize>>,
    glyphs: Vec<Shaped>,
}

/// A glyph of a word.
pub struct Shaped {
    /// Its number in the font file.
    pub id: u16,
    /// In units of the font.
    pub advance: f32,
    /// How many bytes of the word it stands for.
    pub bytes: u8,
}

impl Vocabulary {
    /// None yet.
    pub fn new(face: Face) -> Self {
        let font = FontRef::new(face.bytes()).expect("a bundled font file is sound");
        let data = ShaperData::new(&font);
        let plan = ShapePlan::new(&data.shaper(&font).build(), Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Self { font, data, plan, buffer: None, words: HashMap::new(), glyphs: Vec::new() }
    }

    /// The glyphs of the first `length` bytes of what is seen; none where a character shares its glyphs or the face lacks it.
    pub fn word(&mut self, seen: &str, length: usize) -> Option<&[Shaped]> {
        let range = match self.words.get(seen) {
            Some(known) => known.clone(),
            None => self.learn(seen, length),
        };
        Some(&self.glyphs[range]).filter(|glyphs| !glyphs.is_empty())
    }

    fn learn(&mut self, seen: &str, length: usize) -> Range<usize> {
        if self.words.len() >= VOCABULARY {
            self.words.clear();
            self.glyphs.clear();
        }
        let start = self.glyphs.len();
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        buffer.push_str(seen);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = self.data.shaper(&self.font).build().shape(buffer, ShapeOptions::new().plan(Some(&self.plan)));
        let infos = shaped.glyph_infos();
        let starts = infos.iter().map(|info| info.cluster as usize);
        let ends = starts.clone().skip(1).chain([seen.len()]);
        for (((info, position), from), to) in infos.iter().zip(shaped.glyph_positions()).zip(starts).zip(ends) {
            if from >= length {
                break;
            }
            let id = u16::try_from(info.glyph_id).unwrap_or(0);
            let bytes = u8::try_from(to.saturating_sub(from)).unwrap_or(0);
            // Glyphs that share a character, stand off the line or are not in the face are parley's business.
            if id == 0 || bytes == 0 || to > length || (position.x_offset, position.y_offset) != (0, 0) {
                self.glyphs.truncate(start);
                break;
            }
            self.glyphs.push(Shaped { id, advance: position.x_advance as f32, bytes });
        }
        self.buffer = Some(shaped.clear());
        let known = start..self.glyphs.len();
        self.words.insert(seen.into(), known.clone());
        known
    }
}
