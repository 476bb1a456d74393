//! The heads of a message (RFC 5322, 3.6; words in other alphabets RFC 2047). Always true: who, to whom, when and about what are read; every
//! other head is kept as it is written, for the list of what was left out.

use mail_parser::{Address, HeaderName, Message};

/// Heads that are read.
#[derive(Default)]
pub(super) struct Heads {
    pub subject: Option<Subject>,
    /// The sender as people know them: their name, else their address.
    pub who: String,
    from: String,
    to: String,
    copies: String,
    sent: String,
    /// The moment in RFC 3339, with the sender's own offset.
    pub at: Option<String>,
    /// The same, to sort by: milliseconds since 1970.
    pub instant: Option<i64>,
    pub id: Option<String>,
    /// All other heads, one a line.
    pub rest: String,
}

/// A subject without what programs set before it.
#[derive(Default)]
pub(super) struct Subject {
    pub words: String,
    /// "Re:", "Fwd:".
    pub marks: String,
}

impl Heads {
    pub fn of(message: &Message<'_>) -> Self {
        let at = message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339);
        let moment = at.as_deref().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
        let first = message.from().and_then(Address::first);
        let who = first.and_then(|from| from.name().or(from.address())).unwrap_or_default();
        Self {
            subject: message.subject().map(|subject| Subject::of(subject.trim())),
            who: who.trim().to_owned(),
            from: people(message.from()),
            to: people(message.to()),
            copies: people(message.cc()),
            sent: message.header_raw(HeaderName::Date).unwrap_or_default().trim().to_owned(),
            at: moment.map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            instant: moment.map(|moment| moment.timestamp_millis()),
            id: message.message_id().map(str::to_owned),
            rest: rest(message),
        }
    }

    /// What a person reads above a mail, with the names that mail programs show.
    pub fn said(&self) -> Vec<(&'static str, String)> {
        let sent = self.at.as_ref().map_or_else(|| self.sent.clone(), Clone::clone);
        let all = [("From", self.from.clone()), ("To", self.to.clone()), ("Cc", self.copies.clone()), ("Sent", sent)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

impl Subject {
    fn of(subject: &str) -> Self {
        const MARKS: [&str; 12] = ["re", "fw", "fwd", "aw", "wg", "antw", "sv", "vs", "tr", "rv", "res", "enc"];
        let mut rest = subject;
        while let Some((mark, after)) = rest.split_once(':') {
            let bare = mark.trim().trim_end_matches(|c: char| c.is_ascii_digit() || "[]()".contains(c)).to_lowercase();
            if !MARKS.contains(&bare.as_str()) {
                break;
            }
            rest = after.trim_start();
        }
        let marks = subject[..subject.len() - rest.len()].trim().to_owned();
        Self { words: rest.to_owned(), marks }
    }
}

fn people(address: Option<&Address<'_>>) -> String {
    let one = |person: &mail_parser::Addr<'_>| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.map(|all| all.iter().map(one).filter(|one| !one.is_empty()).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}

fn rest(message: &Message<'_>) -> String {
    let is_read = |name: &HeaderName<'_>| {
        matches!(name, HeaderName::From | HeaderName::To | HeaderName::Cc | HeaderName::Subject) || matches!(name, HeaderName::Date)
    };
    let raw = |from: u32, to: u32| {
        let bytes = message.raw_message.get(from as usize..to as usize).unwrap_or_default();
        String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let heads = message.parts.iter().flat_map(|part| &part.headers).filter(|head| !is_read(&head.name));
    heads.map(|head| format!("{}: {}", head.name.as_str(), raw(head.offset_start, head.offset_end))).collect::<Vec<_>>().join("\n")
}
