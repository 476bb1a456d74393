//! The passphrase of an identity file. Always true: it is wiped from memory when dropped, and no log or error shows it.

use std::fmt;

use zeroize::Zeroizing;

/// A passphrase. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes over the string, so that no second copy stays behind.
    pub fn new(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// Whether there is nothing in it. An identity is never written under an empty passphrase.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words themselves, for whoever hands them to what they open.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Passphrase {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_show_it() {
        assert_eq!(format!("{:?}", Passphrase::new("hunter2".into())), "Passphrase(…)");
    }
}
