//! Content operators as the bytes of a content stream (ISO 32000-1, 7.8.2).
//! Always true: numbers have at most three decimals, which is finer than any printer, and strings are escaped.
//! Deliberately absent: what is drawn and in which order.

/// A content stream being written.
#[derive(Default)]
pub struct Operators {
    bytes: Vec<u8>,
}

impl Operators {
    /// The stream.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Numbers and the operator that takes them.
    pub fn op(&mut self, numbers: &[f32], operator: &str) {
        self.numbers(numbers);
        self.word(operator);
    }

    /// Numbers with a space after each.
    pub fn numbers(&mut self, numbers: &[f32]) {
        for number in numbers {
            self.number(*number);
            self.bytes.push(b' ');
        }
    }

    /// A name and the operator that takes it, with numbers between.
    pub fn named(&mut self, name: &str, numbers: &[f32], operator: &str) {
        self.raw("/");
        self.raw(name);
        self.raw(" ");
        self.op(numbers, operator);
    }

    /// Begins marked content; the properties stand as they are given.
    pub fn begin_marked(&mut self, tag: &str, properties: impl FnOnce(&mut Self)) {
        self.raw("/");
        self.raw(tag);
        self.raw(" <<");
        properties(self);
        self.word(">> BDC");
    }

    /// An operator or what else ends a line.
    pub fn word(&mut self, word: &str) {
        self.raw(word);
        self.bytes.push(b'\n');
    }

    /// Words as they are.
    pub fn raw(&mut self, words: &str) {
        self.bytes.extend_from_slice(words.as_bytes());
    }

    /// A number, rounded to thousandths.
    pub fn number(&mut self, value: f32) {
        let thousandths = (f64::from(value) * 1000.0).round() as i64;
        if thousandths < 0 {
            self.bytes.push(b'-');
        }
        let (whole, mut part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
        self.digits(whole);
        if part > 0 {
            self.bytes.push(b'.');
            let mut place = 100;
            while part > 0 {
                self.bytes.push(b'0' + (part / place) as u8);
                part %= place;
                place /= 10;
            }
        }
    }

    /// One byte of a literal string (ISO 32000-1, 7.3.4.2).
    pub fn string_byte(&mut self, byte: u8) {
        match byte {
            b'(' | b')' | b'\\' => self.bytes.extend_from_slice(&[b'\\', byte]),
            // As it is, it would be read as a line feed.
            b'\r' => self.raw("\\r"),
            byte => self.bytes.push(byte),
        }
    }

    fn digits(&mut self, mut value: u64) {
        let mut digits = [0; 20];
        let mut first = digits.len();
        loop {
            first -= 1;
            digits[first] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[first..]);
    }
}

/// Glyphs and gaps that are shown with one operator.
#[derive(Default)]
pub struct Line {
    in_array: bool,
    in_string: bool,
}

impl Line {
    /// Shows a glyph.
    pub fn glyph(&mut self, out: &mut Operators, code: u16) {
        self.array(out);
        if !std::mem::replace(&mut self.in_string, true) {
            out.raw("(");
        }
        code.to_be_bytes().into_iter().for_each(|byte| out.string_byte(byte));
    }

    /// Moves the pen back, in thousandths of an em.
    pub fn gap(&mut self, out: &mut Operators, gap: f32) {
        self.array(out);
        self.end_string(out);
        out.number(gap);
    }

    /// Ends what was begun, if anything was.
    pub fn show(&mut self, out: &mut Operators) {
        self.end_string(out);
        if std::mem::take(&mut self.in_array) {
            out.word("] TJ");
        }
    }

    fn array(&mut self, out: &mut Operators) {
        if !std::mem::replace(&mut self.in_array, true) {
            out.raw("[");
        }
    }

    fn end_string(&mut self, out: &mut Operators) {
        if std::mem::take(&mut self.in_string) {
            out.raw(")");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl FnOnce(&mut Operators), written: &str) {
        let mut operators = Operators::default();
        write(&mut operators);
        assert_eq!(String::from_utf8_lossy(&operators.into_bytes()), written);
    }

    #[test]
    fn a_number_has_three_decimals_at_most_and_no_zeros_to_spare() {
        for (value, written) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-0.25, "-0.25"),
            (198.425_2, "198.425"),
            (0.0004, "0"),
            (-12.005, "-12.005"),
            (1e6, "1000000"),
        ] {
            check(|operators| operators.number(value), written);
        }
    }

    #[test]
    fn operands_stand_before_their_operator() {
        check(|operators| operators.op(&[1.0, 0.5], "m"), "1 0.5 m\n");
        check(|operators| operators.named("F5", &[10.5], "Tf"), "/F5 10.5 Tf\n");
    }

    #[test]
    fn a_string_reads_back_byte_by_byte() {
        let all = |operators: &mut Operators| {
            operators.raw("(");
            (0..=255).for_each(|byte| operators.string_byte(byte));
            operators.word(") Tj");
        };
        let mut operators = Operators::default();
        all(&mut operators);
        let content = lopdf::content::Content::decode(&operators.into_bytes()).expect("it is a content stream");
        assert_eq!(content.operations[0].operands[0].as_str().expect("a string"), (0..=255).collect::<Vec<u8>>());
    }
}
