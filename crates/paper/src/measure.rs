//! The numbers of the page: units, paper sizes, the grid and the colours.
//! Always true: lengths are PDF points, y grows downwards from the top of the page, and A4 and US Letter share one measure,
//! so that lines break alike on both and only page breaks move.
//! Deliberately absent: anything that knows a report.

/// Millimetres as points.
#[must_use]
pub const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// The sheet a report is printed on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Paper {
    /// ISO 216 A4, 210 × 297 mm.
    #[default]
    A4,
    /// US Letter, 8.5 × 11 in.
    Letter,
}

impl Paper {
    /// Width of the sheet in points.
    #[must_use]
    pub const fn width(self) -> f32 {
        match self {
            Self::A4 => mm(210.0),
            Self::Letter => 612.0,
        }
    }

    /// Height of the sheet in points.
    #[must_use]
    pub const fn height(self) -> f32 {
        match self {
            Self::A4 => mm(297.0),
            Self::Letter => 792.0,
        }
    }

    /// Left edge of the measure; the right margin is the same.
    #[must_use]
    pub fn side(self) -> f32 {
        (self.width() - MEASURE) / 2.0
    }

    /// Height of the text block.
    #[must_use]
    pub const fn depth(self) -> f32 {
        self.height() - TOP - BOTTOM
    }
}

/// Space above the text block.
pub const TOP: f32 = mm(26.0);
/// Space below the text block.
pub const BOTTOM: f32 = mm(27.0);
/// Width of the text block.
pub const MEASURE: f32 = mm(166.0);
/// The one vertical axis: labels stand left of it, answers start on it.
pub const AXIS: f32 = mm(48.0);
/// White between the left column and the axis.
pub const GUTTER: f32 = mm(6.0);
/// Width of the left column.
pub const LABEL: f32 = AXIS - GUTTER;
/// Width of the text column, about 68 characters.
pub const COLUMN: f32 = MEASURE - AXIS;
/// Width of the column of times.
pub const TIMES: f32 = mm(19.5);

/// The share of a line's leading that lies above its baseline, whatever the font's own metrics say.
pub const BASELINE: f32 = 0.72;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Colour {
    /// The colour written `0xRRGGBB`.
    #[must_use]
    pub const fn hex(value: u32) -> Self {
        Self { red: (value >> 16) as u8, green: (value >> 8) as u8, blue: value as u8 }
    }
}

/// Text and strong rules, 16.6:1 on white.
pub const INK: Colour = Colour::hex(0x1B_1F_24);
/// Labels and secondary words, 7.9:1.
pub const QUIET: Colour = Colour::hex(0x4A_52_5C);
/// Links, underlined as well, 8.2:1.
pub const LINK: Colour = Colour::hex(0x1D_4F_8C);
/// A service that is down: a solid bar.
pub const DOWN: Colour = Colour::hex(0xA4_26_2C);
/// A degraded service: a hatched bar.
pub const DEGRADED: Colour = Colour::hex(0x8A_5A_00);
/// Hairlines that end a group.
pub const HAIR: Colour = Colour::hex(0xA9_AE_B4);
/// Rules between rows.
pub const FAINT: Colour = Colour::hex(0xD3_D6_DA);
/// The word DRAFT behind the text.
pub const WATERMARK: Colour = Colour::hex(0xED_EE_F0);
/// Paper.
pub const WHITE: Colour = Colour::hex(0xFF_FF_FF);
/// The ground of a TLP label.
pub const BLACK: Colour = Colour::hex(0x00_00_00);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_papers_have_one_measure() {
        assert!((Paper::A4.side() - mm(22.0)).abs() < 0.01);
        assert!((Paper::Letter.side() - mm(24.95)).abs() < 0.01);
    }

    #[test]
    fn a_colour_is_read_as_written() {
        assert_eq!(LINK, Colour { red: 0x1D, green: 0x4F, blue: 0x8C });
    }
}
