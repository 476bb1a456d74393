//! Signing: somebody who can sign signs a free place of a printed report.

use crate::because;
use crate::fault::{Fault, FaultCode};
use chrono::{DateTime, Utc};
use report::Report;
use report::papers::Signatory;
use seal::{Appearance, Draft, Fonts, Line, ReserveError, SignIn, Signer, Statement, TimeStampAuthority, Timestamping, Weight};
use std::path::Path;

const INK: [u8; 3] = [0x1B, 0x1F, 0x24];
const QUIET: [u8; 3] = [0x4A, 0x52, 0x5C];

/// Who signs what, and when by this computer's clock.
pub struct Place<'a> {
    /// The zone in which the time is shown; UTC without one.
    pub zone: Option<&'a str>,
    /// Who the place was made for, where a report says so.
    pub signatory: Option<&'a Signatory>,
    /// Who signs.
    pub signer: &'a dyn Signer,
    /// When.
    pub now: DateTime<Utc>,
    /// The field; the next free one without.
    pub field: Option<&'a str>,
    /// Why, in the signer's words, where no signatory's part says it.
    pub reason: Option<&'a str>,
}

impl Place<'_> {
    /// Signs. What the place shows is drawn before an authority can be asked for its time; where it then gives none, the place is drawn and
    /// signed anew without the promise of one.
    ///
    /// # Errors
    /// When there is no place left, or the identity cannot sign.
    pub fn sign(&self, pdf: Vec<u8>, authority: Option<&dyn TimeStampAuthority>) -> Result<Signed, Fault> {
        let Some(authority) = authority else {
            return Ok(Signed::of(self.seal(pdf, None)?, None));
        };
        let sealed = self.seal(pdf.clone(), Some(authority))?;
        let no_trusted_time = match sealed.timestamp() {
            Timestamping::Failed(fault) => because::of_time(fault),
            Timestamping::NotAsked | Timestamping::Stamped(_) => return Ok(Signed::of(sealed, None)),
        };
        Ok(Signed::of(self.seal(pdf, None)?, Some(no_trusted_time)))
    }

    fn seal(&self, pdf: Vec<u8>, authority: Option<&dyn TimeStampAuthority>) -> Result<seal::Sealed, Fault> {
        let credentials = self.signer.credentials();
        let name = &credentials.facts().name;
        let part = self.signatory.map(|signatory| reason(signatory, name)).filter(|part| !part.is_empty());
        let mut statement =
            Statement { name: name.clone(), signed_at: self.now, reason: self.reason.map(str::to_owned).or(part), location: None };
        let field = self.field.map_or(SignIn::FirstFree, SignIn::Field);
        let stamped = authority.is_some();
        // Somebody else's box may be too low for all that ours says, and a field may show nothing at all.
        let looks = [5, 3, 1].map(|lines| Some(self.appearance(stamped, lines)));
        for look in looks.iter().map(Option::as_ref).chain([None]) {
            let draft = Draft::open(pdf.clone()).map_err(|fault| because::of_pdf(Path::new("the file to sign"), &fault))?;
            let mut reserved = draft.reserve(field, &statement, look, credentials.room(stamped));
            if self.reason.is_none() && matches!(reserved, Err(ReserveError::Demand(seal::Demand::NoReason))) {
                // The part was our word and not the signer's; a form that takes no reason gets none.
                statement.reason = None;
                let draft = Draft::open(pdf.clone()).map_err(|fault| because::of_pdf(Path::new("the file to sign"), &fault))?;
                reserved = draft.reserve(field, &statement, look, credentials.room(stamped));
            }
            match reserved {
                Ok(prepared) => return prepared.sign(self.signer, authority).map_err(|fault| because::of_signing(&fault)),
                Err(ReserveError::Appearance(_)) if look.is_some() => {}
                Err(fault) => return Err(because::of_place(&fault)),
            }
        }
        Err(Fault::new(FaultCode::NoPlaceToSign, "the field has no room for a signature"))
    }

    /// What the place shows, in as many lines as it has room for: the name always.
    fn appearance(&self, stamped: bool, lines: usize) -> Appearance<'static> {
        let fonts =
            Fonts { regular: paper::Face::Sans.bytes(), semibold: paper::Face::SansSemibold.bytes(), mono: paper::Face::Code.bytes() };
        let line = |text: String, size_pt: f32, weight: Weight, colour| Line { text: drawable(&text), size_pt, weight, colour };
        let signer = self.signer.credentials().facts();
        // The name and role printed above the box are the author's word; the name here is the certificate's.
        let who = who(self.signatory, &signer.name, signer.role.as_deref());
        let clock = if stamped { "This computer’s clock, with a trusted time-stamp" } else { "Time from this computer’s clock" };
        let all = vec![
            line("Signed electronically".to_owned(), 9.5, Weight::Semibold, INK),
            line(who, 8.5, Weight::Regular, INK),
            line(moment(self.zone, self.now), 8.5, Weight::Regular, INK),
            line(clock.to_owned(), 8.5, Weight::Regular, QUIET),
            line(format!("Certificate {}", digits(&signer.fingerprint_sha256)), 8.0, Weight::Mono, QUIET),
        ];
        let from = usize::from(lines == 1);
        Appearance {
            lines: all.into_iter().skip(from).take(lines).collect(),
            fonts,
            inset_mm: (3.0, 2.0),
            border: Some(seal::Border { width_pt: 0.5, colour: INK }),
            ground: None,
        }
    }
}

/// Who signs, with the role that is theirs: the report's where it names them, else the certificate's. Nobody takes on the role of another.
fn who(signatory: Option<&Signatory>, name: &str, role: Option<&str>) -> String {
    if let Some(other) = signatory.filter(|signatory| !is_meant(signatory, name)) {
        return format!("{name}, in the place of {}", other.person.name.trim());
    }
    let role = signatory.map(|signatory| signatory.person.role.trim()).filter(|role| !role.is_empty()).or(role);
    role.map_or_else(|| name.to_owned(), |role| format!("{name}, {role}"))
}

/// The part, and the role where it is the signer's.
fn reason(signatory: &Signatory, name: &str) -> String {
    let role = if is_meant(signatory, name) { signatory.person.role.trim() } else { "" };
    match (signatory.part.trim(), role) {
        (part, "") => part.to_owned(),
        ("", role) => role.to_owned(),
        (part, role) => format!("{part}, {role}"),
    }
}

/// Whether a place is for whoever signs; one without a name is for anybody.
pub(crate) fn is_meant(signatory: &Signatory, name: &str) -> bool {
    signatory.person.name.trim().is_empty() || same_name(&signatory.person.name, name)
}

/// Whether two texts name one person: "Helen Marsh", "MARSH, Helen".
fn same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let lower = name.to_lowercase();
        let mut words: Vec<String> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort();
        words
    };
    words(one) == words(other)
}

/// A signed file.
pub struct Signed {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// The field that was signed.
    pub field: String,
    /// Why the signature has no trusted time, where one was asked for.
    pub no_trusted_time: Option<String>,
}

impl Signed {
    fn of(sealed: seal::Sealed, no_trusted_time: Option<String>) -> Self {
        let field = sealed.field().to_owned();
        Self { pdf: sealed.into_bytes(), field, no_trusted_time }
    }
}

/// An identity that may sign more places than the report has would sign nothing; said before anything is printed.
///
/// # Errors
/// [`FaultCode::NoPlaceToSign`].
pub fn room_for(report: &Report, signers: usize) -> Result<(), Fault> {
    let places = report.signatories.len().max(1);
    if signers <= places {
        return Ok(());
    }
    let words = format!("{signers} signatures were asked for, but this report has {places} place(s) to sign; add a signatory to it first");
    Err(Fault::new(FaultCode::NoPlaceToSign, words))
}

/// "21 October 2025, 16:20:07 BST" in that zone, else in UTC.
fn moment(zone: Option<&str>, now: DateTime<Utc>) -> String {
    let (local, name) = match zone.and_then(report::when::zone) {
        Some(found) => {
            let local = now.with_timezone(&found).naive_local();
            let name = zone.and_then(|name| report::when::zone_words(name, local)).map_or_else(|| "UTC".to_owned(), |w| w.0);
            (local, name)
        }
        None => (now.naive_utc(), "UTC".to_owned()),
    };
    format!("{}, {} {name}", local.format("%-d %B %Y"), local.format("%H:%M:%S"))
}

/// The first twelve and the last four digits, in fours.
fn digits(fingerprint: &str) -> String {
    let upper = fingerprint.to_uppercase();
    match (upper.get(..12), upper.get(60..)) {
        (Some(first), Some(last)) => format!("{} {} {} … {last}", &first[..4], &first[4..8], &first[8..]),
        _ => upper,
    }
}

/// A name may hold what no bundled font draws; the certificate itself keeps it whole.
fn drawable(text: &str) -> String {
    let sans = paper::Face::Sans.tables();
    text.chars().filter(|c| !c.is_control()).map(|c| if sans.glyph_index(c).is_some() { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_on_the_role_of_another() {
        let mut signatory = report::catalogue::sample("sec-h9-summary").expect("a shipped sample").signatories[0].clone();
        signatory.part = "Author".to_owned();
        signatory.person.name = "Ines Marsh".to_owned();
        signatory.person.role = "Duty Manager".to_owned();
        for own in ["Ines Marsh", "MARSH, Ines", " ines  marsh "] {
            assert_eq!(who(Some(&signatory), own, Some("Owner")), format!("{own}, Duty Manager"));
            assert_eq!(reason(&signatory, own), "Author, Duty Manager");
        }
        assert_eq!(who(Some(&signatory), "Mo Birch", Some("Owner")), "Mo Birch, in the place of Ines Marsh");
        assert_eq!(reason(&signatory, "Mo Birch"), "Author");
        signatory.person.name.clear();
        assert_eq!(who(Some(&signatory), "Mo Birch", None), "Mo Birch, Duty Manager");
        assert_eq!(who(None, "Mo Birch", Some("Owner")), "Mo Birch, Owner");
    }
}
