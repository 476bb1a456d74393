//! The signs of rich text (specification, "RTF Syntax"): groups in braces, words behind a backslash, and letters. Always true: every byte is part
//! of one sign; binary stretches are passed over by the length they say, and no further than the file.

/// A sign.
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\*`: the group may be passed over by who does not know it.
    Optional,
    /// A control word with its number.
    Word(&'a str, Option<i32>),
    /// A byte of the text, in the file's code page.
    Letter(u8),
    /// A unit of UTF-16.
    Unicode(u16),
}

/// The signs of a file.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'\'' => {
                    let pair = self.bytes.get(self.at..self.at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
                    match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
                        Some(byte) => {
                            self.at += 2;
                            Token::Letter(byte)
                        }
                        None => Token::Letter(b'\''),
                    }
                }
                b'*' => Token::Optional,
                b'~' => Token::Word("~", None),
                b'_' => Token::Word("_", None),
                b'\r' | b'\n' => Token::Word("par", None),
                b'-' => Token::Word("-", None),
                other => Token::Letter(other),
            });
        }
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[begin..self.at]).unwrap_or_default();
        let begin = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[begin..self.at]).ok().and_then(|number| number.parse::<i32>().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        match (word, number) {
            ("u", Some(number)) => Some(Token::Unicode(u16::try_from(number.rem_euclid(65_536)).unwrap_or_default())),
            ("bin", Some(length)) => {
                self.at = self.at.saturating_add(usize::try_from(length).unwrap_or(0)).min(self.bytes.len());
                Some(Token::Word("bin", None))
            }
            _ => Some(Token::Word(word, number)),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                // The lines of the file are not those of the text.
                b'\r' | b'\n' => continue,
                byte => Some(Token::Letter(byte)),
            };
        }
    }
}
