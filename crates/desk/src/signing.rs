//! Signing: the holder of an opened identity signs the next free place of a printed report.

use crate::because;
use crate::fault::{Fault, FaultCode};
use chrono::{DateTime, Utc};
use report::Report;
use report::papers::Signatory;
use seal::{Appearance, Draft, Fonts, Identity, Line, SignIn, Statement, TimeStampAuthority, Timestamping, Weight};
use std::path::Path;

const INK: [u8; 3] = [0x1B, 0x1F, 0x24];
const QUIET: [u8; 3] = [0x4A, 0x52, 0x5C];

/// Signs the next free place. `nth` says which signatory of the report stands above it. What the place shows is drawn before an authority
/// can be asked for its time; where it then gives none, the place is drawn and signed anew without the promise of one.
///
/// # Errors
/// When there is no place left, or the identity cannot sign.
pub fn sign(
    pdf: Vec<u8>,
    report: &Report,
    nth: usize,
    identity: &Identity,
    now: DateTime<Utc>,
    authority: Option<&dyn TimeStampAuthority>,
) -> Result<Signed, Fault> {
    let place = Place { report, signatory: report.signatories.get(nth), identity, now };
    let Some(authority) = authority else {
        return Ok(Signed { pdf: place.sign(pdf, None)?.into_bytes(), no_trusted_time: None });
    };
    let sealed = place.sign(pdf.clone(), Some(authority))?;
    let no_trusted_time = match sealed.timestamp() {
        Timestamping::Failed(fault) => because::of_time(fault),
        Timestamping::NotAsked | Timestamping::Stamped(_) => return Ok(Signed { pdf: sealed.into_bytes(), no_trusted_time: None }),
    };
    Ok(Signed { pdf: place.sign(pdf, None)?.into_bytes(), no_trusted_time: Some(no_trusted_time) })
}

/// Who signs what, and when by this computer's clock.
struct Place<'a> {
    report: &'a Report,
    signatory: Option<&'a Signatory>,
    identity: &'a Identity,
    now: DateTime<Utc>,
}

impl Place<'_> {
    fn sign(&self, pdf: Vec<u8>, authority: Option<&dyn TimeStampAuthority>) -> Result<seal::Sealed, Fault> {
        let draft = Draft::open(pdf).map_err(|fault| because::of_pdf(Path::new("the printed report"), &fault))?;
        let statement = Statement {
            name: self.identity.signer().name.clone(),
            signed_at: self.now,
            reason: self.signatory.map(reason).filter(|reason| !reason.is_empty()),
            location: None,
        };
        let prepared = draft
            .reserve(SignIn::FirstFree, &statement, Some(&self.appearance(authority.is_some())), self.identity.room(authority.is_some()))
            .map_err(|fault| because::of_place(&fault))?;
        prepared.sign(self.identity, authority).map_err(|fault| because::of_signing(&fault))
    }

    fn appearance(&self, stamped: bool) -> Appearance<'static> {
        let fonts =
            Fonts { regular: paper::Face::Sans.bytes(), semibold: paper::Face::SansSemibold.bytes(), mono: paper::Face::Code.bytes() };
        let line = |text: String, size_pt: f32, weight: Weight, colour| Line { text: drawable(&text), size_pt, weight, colour };
        let signer = self.identity.signer();
        // The name and role printed above the box are the author's word; the name here is the certificate's.
        let role = self.signatory.map(|s| s.person.role.trim()).filter(|role| !role.is_empty()).or(signer.role.as_deref());
        let who = role.map_or_else(|| signer.name.clone(), |role| format!("{}, {role}", signer.name));
        let clock = if stamped { "This computer’s clock, with a trusted time-stamp" } else { "Time from this computer’s clock" };
        Appearance {
            lines: vec![
                line("Signed electronically".to_owned(), 9.5, Weight::Semibold, INK),
                line(who, 8.5, Weight::Regular, INK),
                line(moment(self.report, self.now), 8.5, Weight::Regular, INK),
                line(clock.to_owned(), 8.5, Weight::Regular, QUIET),
                line(format!("Certificate {}", digits(&signer.fingerprint_sha256)), 8.0, Weight::Mono, QUIET),
            ],
            fonts,
            inset_mm: (3.0, 2.0),
            border: Some(seal::Border { width_pt: 0.5, colour: INK }),
            ground: None,
        }
    }
}

/// A signed file.
pub struct Signed {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// Why the signature has no trusted time, where one was asked for.
    pub no_trusted_time: Option<String>,
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

fn reason(signatory: &Signatory) -> String {
    match (signatory.part.trim(), signatory.person.role.trim()) {
        (part, "") => part.to_owned(),
        ("", role) => role.to_owned(),
        (part, role) => format!("{part}, {role}"),
    }
}

/// "21 October 2025, 16:20:07 BST" in the report's zone, else in UTC.
fn moment(report: &Report, now: DateTime<Utc>) -> String {
    let zone = report.zone.as_deref().and_then(report::when::zone);
    let (local, name) = match zone {
        Some(zone) => {
            let local = now.with_timezone(&zone).naive_local();
            let name =
                report.zone.as_deref().and_then(|name| report::when::zone_words(name, local)).map_or_else(|| "UTC".to_owned(), |w| w.0);
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
