//! The bundled faces: which font file each combination of family, weight and slope is, and which characters it has.
//! Always true: no font of the machine is ever used, so the same report prints the same bytes everywhere.
//! Deliberately absent: shaping and line breaking.

use std::sync::OnceLock;

/// What the lengths in every bundled face are counted in, to the em.
pub const UNITS_PER_EM: f32 = 1000.0;

/// One of the three families of the house style.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Family {
    /// Source Serif 4, for sentences, in the optical size drawn for about 10 points.
    Serif,
    /// Source Sans 3, for data, headings, tables and captions.
    Sans,
    /// Source Code Pro, for file names and hashes.
    Code,
}

impl Family {
    /// The family's name as its font files give it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Serif => "Source Serif 4 SmText",
            Self::Sans => "Source Sans 3",
            Self::Code => "Source Code Pro",
        }
    }
}

/// A weight of the house style. Bold is for the word DRAFT alone.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
    /// 700.
    Bold,
}

impl Weight {
    /// The weight on the OpenType scale.
    #[must_use]
    pub const fn value(self) -> f32 {
        match self {
            Self::Regular => 400.0,
            Self::Semibold => 600.0,
            Self::Bold => 700.0,
        }
    }
}

/// One bundled font file; each is named as its file is.
#[allow(missing_docs, reason = "each name is the file's own")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Face {
    Sans,
    SansItalic,
    SansSemibold,
    SansSemiboldItalic,
    SansBold,
    Serif,
    SerifItalic,
    SerifSemibold,
    SerifSemiboldItalic,
    Code,
    CodeSemibold,
}

impl Face {
    /// Every bundled face, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Sans,
        Self::SansItalic,
        Self::SansSemibold,
        Self::SansSemiboldItalic,
        Self::SansBold,
        Self::Serif,
        Self::SerifItalic,
        Self::SerifSemibold,
        Self::SerifSemiboldItalic,
        Self::Code,
        Self::CodeSemibold,
    ];

    /// The face nearest to what is asked: only the sans has a bold, and the code family has no italic.
    #[must_use]
    pub const fn of(family: Family, weight: Weight, italic: bool) -> Self {
        match (family, weight, italic) {
            (Family::Sans, Weight::Regular, false) => Self::Sans,
            (Family::Sans, Weight::Regular, true) => Self::SansItalic,
            (Family::Sans, Weight::Bold, false) => Self::SansBold,
            (Family::Sans, Weight::Semibold, false) => Self::SansSemibold,
            (Family::Sans, _, true) => Self::SansSemiboldItalic,
            (Family::Serif, Weight::Regular, false) => Self::Serif,
            (Family::Serif, Weight::Regular, true) => Self::SerifItalic,
            (Family::Serif, _, false) => Self::SerifSemibold,
            (Family::Serif, _, true) => Self::SerifSemiboldItalic,
            (Family::Code, Weight::Regular, _) => Self::Code,
            (Family::Code, _, _) => Self::CodeSemibold,
        }
    }

    /// The font file, whole.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => include_bytes!("../fonts/SourceSans3-Regular.ttf"),
            Self::SansItalic => include_bytes!("../fonts/SourceSans3-It.ttf"),
            Self::SansSemibold => include_bytes!("../fonts/SourceSans3-Semibold.ttf"),
            Self::SansSemiboldItalic => include_bytes!("../fonts/SourceSans3-SemiboldIt.ttf"),
            Self::SansBold => include_bytes!("../fonts/SourceSans3-Bold.ttf"),
            Self::Serif => include_bytes!("../fonts/SourceSerif4SmText-Regular.ttf"),
            Self::SerifItalic => include_bytes!("../fonts/SourceSerif4SmText-It.ttf"),
            Self::SerifSemibold => include_bytes!("../fonts/SourceSerif4SmText-Semibold.ttf"),
            Self::SerifSemiboldItalic => include_bytes!("../fonts/SourceSerif4SmText-SemiboldIt.ttf"),
            Self::Code => include_bytes!("../fonts/SourceCodePro-Regular.ttf"),
            Self::CodeSemibold => include_bytes!("../fonts/SourceCodePro-Semibold.ttf"),
        }
    }

    /// The PostScript name, as the PDF gives it after the subset tag.
    #[must_use]
    pub const fn postscript_name(self) -> &'static str {
        match self {
            Self::Sans => "SourceSans3-Regular",
            Self::SansItalic => "SourceSans3-It",
            Self::SansSemibold => "SourceSans3-Semibold",
            Self::SansSemiboldItalic => "SourceSans3-SemiboldIt",
            Self::SansBold => "SourceSans3-Bold",
            Self::Serif => "SourceSerif4SmText-Regular",
            Self::SerifItalic => "SourceSerif4SmText-It",
            Self::SerifSemibold => "SourceSerif4SmText-Semibold",
            Self::SerifSemiboldItalic => "SourceSerif4SmText-SemiboldIt",
            Self::Code => "SourceCodePro-Regular",
            Self::CodeSemibold => "SourceCodePro-Semibold",
        }
    }

    /// The face's place in [`Face::ALL`].
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize
    }

    /// The file's tables. Parsed once a process and only when first asked for.
    #[must_use]
    pub fn tables(self) -> &'static ttf_parser::Face<'static> {
        static TABLES: [OnceLock<ttf_parser::Face<'static>>; Face::ALL.len()] = [const { OnceLock::new() }; Face::ALL.len()];
        TABLES[self.number()].get_or_init(|| ttf_parser::Face::parse(self.bytes(), 0).expect("a bundled font file is sound"))
    }

    /// Whether this face draws the character.
    #[must_use]
    pub fn has(self, character: char) -> bool {
        matches!(character, ' '..='~') || self.tables().glyph_index(character).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_what_its_name_says() {
        for face in Face::ALL {
            let tables = face.tables();
            let name = tables
                .names()
                .into_iter()
                .find(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME && name.is_unicode())
                .and_then(|name| name.to_string());
            assert_eq!(name.as_deref(), Some(face.postscript_name()));
            assert_eq!(f32::from(tables.units_per_em()), UNITS_PER_EM, "{face:?}: widths are taken to be thousandths");
        }
    }

    #[test]
    fn greek_and_cyrillic_are_covered_but_arabic_and_emoji_are_not() {
        for character in "Ελλάδα Москва Łódź Zürich".chars() {
            assert!(Face::Serif.has(character) && Face::Sans.has(character), "{character}");
        }
        assert!(!Face::Serif.has('م') && !Face::Sans.has('🚒'));
    }
}
