//! The sentences of a verification: what is remarkable about a signature, and what changed after it.

use seal::{Caveat, Doubt, Problem, ProofPlace, Told};

/// Everything remarkable about a signature, what weighs most first.
pub(super) fn remarks(verdict: &seal::SignatureVerdict) -> Vec<String> {
    let mut remarks: Vec<String> = verdict.problems.iter().filter_map(problem).collect();
    remarks.extend(doubts(&verdict.ambiguous, "Readers may show this file differently, and could already when it was signed"));
    remarks.extend(doubts(&verdict.ambiguous_since, "Readers may take what was appended after this signature differently"));
    if verdict.certificate_in_time == Some(false) {
        remarks.push("The certificate was not valid at the time stated.".to_owned());
    }
    remarks.extend(verdict.caveats.iter().map(|caveat| self::caveat(caveat, verdict)));
    remarks
}

/// What weighs on trust, and by which clock.
fn caveat(caveat: &Caveat, verdict: &seal::SignatureVerdict) -> String {
    let whose = |name: &String| {
        let own = verdict.signer.as_ref().is_some_and(|signer| signer.name == *name);
        if own { "The signer’s certificate".to_owned() } else { format!("The certificate of {name}") }
    };
    let when = if verdict.proven_time.is_some() {
        "that was before the time a trusted authority vouches for"
    } else {
        "only the signer’s own clock says that it was signed before, which proves nothing"
    };
    match caveat {
        Caveat::Revoked { whose: name, revocation } => {
            let (told, read) = (told_by(revocation.told_by), read_in(revocation.read_in));
            format!("{} was revoked on {}, says {told} {read}.", whose(name), moment(revocation.at))
        }
        Caveat::OfTimeAuthority { caveat } => of_time_authority(caveat, verdict),
        Caveat::ProofAhead { whose: name, told_by: told, made } => {
            let about = whose(name).replacen("The ", "the ", 1);
            let told = capitalized(told_by(*told));
            format!("{told} about {about} claims to be of {}, which has not come. It vouches for nobody.", moment(*made))
        }
        Caveat::NotKnownToIssuer { whose: name, read_in: place } => {
            format!("{} is not known to its authority, says an answer {}.", whose(name), read_in(*place))
        }
        Caveat::Expired { whose: name, not_after, .. } => format!("{} expired on {}; {when}.", whose(name), moment(*not_after)),
        Caveat::NotYetValid { whose: name, not_before, .. } => format!("{} is valid only from {} on.", whose(name), moment(*not_before)),
        Caveat::NotForSigning => "The signer’s certificate is not for signing documents.".to_owned(),
        Caveat::UnknownExtension { whose: name } => format!("{} has a restriction that this build does not know.", whose(name)),
        Caveat::NotAnIssuer { whose: name } => format!("{name} has issued a certificate on the way and may not issue any."),
        Caveat::ChainTooLong { whose: name } => format!("{name} allows fewer authorities below it than there are."),
        Caveat::IssuerForSomethingElse { whose: name } => format!("{name} may issue certificates only for something else than this."),
        Caveat::NameNotAllowed { whose: of, name, by } => format!("{} bears a name that {by} may not issue for: {name}.", whose(of)),
        Caveat::PolicyMissing => "An authority asks for a policy that holds on the whole way, and the certificates name none.".to_owned(),
        Caveat::WeakKey { whose: name, bits } => {
            format!("{name} has issued a certificate on the way with a key of {bits} bits, which can be broken.")
        }
        Caveat::NotChecked { whose: name, oid } => of_issuing(&whose(name), oid),
        Caveat::NoChain => "Nobody you trust has issued the signer’s certificate.".to_owned(),
        Caveat::TimeNotTrusted => "The authority that stamped the time is not one you trust, so its time proves nothing.".to_owned(),
        Caveat::TimeInFuture { time } => format!("The time stated, {}, lies in the future.", moment(*time)),
    }
}

/// What weighs on whoever stamped the time, whose certificate is judged at the moment stamped.
fn of_time_authority(caveat: &Caveat, verdict: &seal::SignatureVerdict) -> String {
    match caveat {
        Caveat::Revoked { whose, revocation } => {
            let before = if verdict.time.is_some_and(|stamped| revocation.at > stamped) {
                " Nothing says that its key was still its own before that"
            } else {
                " Its time proves nothing"
            };
            let (told, read) = (told_by(revocation.told_by), read_in(revocation.read_in));
            let of = format!("The certificate of {whose}, which vouches for the time, was revoked on {}", moment(revocation.at));
            format!("{of}, says {told} {read}.{before}.")
        }
        Caveat::Expired { whose, not_after, .. } => {
            format!("The certificate of {whose}, which vouches for the time, had expired by then, on {}.", moment(*not_after))
        }
        Caveat::NotYetValid { whose, not_before, .. } => {
            format!("The certificate of {whose}, which vouches for the time, was valid only from {} on.", moment(*not_before))
        }
        other => self::caveat(other, verdict),
    }
}

fn told_by(told: Told) -> &'static str {
    match told {
        Told::List => "a list of revoked certificates",
        Told::Answer => "an answer of its authority",
    }
}

fn read_in(place: ProofPlace) -> &'static str {
    match place {
        ProofPlace::Signature => "in the signature",
        ProofPlace::Store => "in the file’s store of proofs",
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "29 November 2026, 23:47:41 UTC"
fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%-d %B %Y, %H:%M:%S UTC").to_string()
}

/// Bytes behind the end of the file, which nobody sees.
pub(super) fn behind_the_end(bytes: usize) -> Option<String> {
    match bytes {
        0 => None,
        1 => Some("Behind the end of the file stands one blank or NUL byte more. It shows nothing.".to_owned()),
        _ => Some(format!("Behind the end of the file stand {bytes} blank or NUL bytes more. They show nothing.")),
    }
}

/// What is ambiguous about a file, where no signature is to be blamed for it.
pub(super) fn of_the_file(doubts: &[Doubt]) -> Option<String> {
    self::doubts(doubts, "Readers may show this file differently")
}

/// The first few doubts, after what they amount to.
fn doubts(doubts: &[Doubt], amount: &str) -> Option<String> {
    const TOLD: usize = 3;
    if doubts.is_empty() {
        return None;
    }
    let told: Vec<String> = doubts.iter().take(TOLD).map(doubt).collect();
    let more = match doubts.len().saturating_sub(TOLD) {
        0 => String::new(),
        1 => "; and one thing more".to_owned(),
        more => format!("; and {more} things more"),
    };
    Some(format!("{amount}: {}{more}.", told.join("; ")))
}

fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::CrossReference { at } => format!("the table of contents at byte {at} does not hold what it says"),
        Doubt::Hybrid { at } => format!("the table of contents at byte {at} names a second one for newer readers"),
        Doubt::Rebuilt => "the table of contents cannot be followed, so its parts had to be searched for".to_owned(),
        Doubt::End => "the file does not end as it must".to_owned(),
        Doubt::Misplaced { object } => format!("the table of contents leads to something else than object {object}"),
        Doubt::Unlisted { at } => format!("at byte {at} begins something that the table of contents does not list"),
        Doubt::Malformed { object } => format!("object {object} is not spelled properly"),
        Doubt::StreamLength { object } => format!("object {object} is not as long as it says"),
        Doubt::ObjectStream { object } => format!("the packed objects in object {object} are not those that are listed"),
        Doubt::Pages { object } => format!("readers may find other pages, or of another size, at object {object}"),
        Doubt::Linearized => "the file says that it was laid out for the web, and is not".to_owned(),
        Doubt::DoubledKey { object: 0, key } => format!("the table of contents has the entry /{key} twice"),
        Doubt::DoubledKey { object, key } => format!("object {object} has the entry /{key} twice"),
        Doubt::DisguisedKey { object: 0, key } => format!("the table of contents has the entry /{key} in a disguise"),
        Doubt::DisguisedKey { object, key } => format!("object {object} has the entry /{key} in a disguise"),
    }
}

/// A change that a signature allows.
pub(super) fn foreseen(what: &seal::Foreseen) -> String {
    match what {
        seal::Foreseen::FurtherSignature { .. } => "a further signature".to_owned(),
        seal::Foreseen::SignatureInNewField { field } => format!("a further signature, in the new field “{field}”"),
        seal::Foreseen::DocumentTimestamp { .. } => "a trusted time for the whole file".to_owned(),
        seal::Foreseen::FormFilling { field } => format!("the field “{field}” was filled in"),
        seal::Foreseen::ValidationData => "proofs for judging the signatures later".to_owned(),
        seal::Foreseen::ModificationDate => "the date of the last change".to_owned(),
        seal::Foreseen::Metadata => "the description of the file".to_owned(),
    }
}

/// A change that nothing allows.
pub(super) fn change(what: &seal::Change) -> String {
    use seal::{How, Part};
    let part = match what.what {
        Part::Catalog => "the file’s catalogue",
        Part::PageTree => "the list of pages",
        Part::Page => "a page",
        Part::PageContents => "what a page shows",
        Part::Annotation => "a note or link on a page",
        Part::SignatureField | Part::Signature => "a signature",
        Part::FormField | Part::Form => "a form field",
        Part::Appearance => "the picture of a field",
        Part::Font => "a font",
        Part::Image => "a picture",
        Part::Attachment => "an attached file",
        Part::Metadata => "the description of the file",
        Part::StructureTree => "the reading order",
        Part::Trailer | Part::CrossReference => "the file’s table of contents",
        Part::StrayBytes => "bytes that belong to nothing",
        Part::Other => "another part of the file",
    };
    let how = match what.how {
        How::Altered => "was altered",
        How::Added => "was added",
        How::Removed => "was removed",
        How::Unreadable => "cannot be read",
        How::Forbidden => "was changed, which its author forbade",
    };
    format!("{part} {how}")
}

/// What is wrong with a signature, in a sentence; none for what `intact` says already.
fn problem(problem: &Problem) -> Option<String> {
    let words = match problem {
        Problem::NotASignature => "What stands in the field is no signature.".to_owned(),
        Problem::UnsupportedFormat { format } => format!("This build cannot check signatures of the kind {format}."),
        Problem::ByteRangeMissing
        | Problem::ByteRangeOutOfBounds
        | Problem::ByteRangeHole
        | Problem::ByteRangeNotARevision
        | Problem::ByteRangeElsewhere => "The signature does not say properly which bytes it covers.".to_owned(),
        Problem::NotInSignedRevision => "The signature is not part of what it claims to sign.".to_owned(),
        Problem::UnreadableMessage => "The signature cannot be read.".to_owned(),
        Problem::UnsupportedAlgorithm { oid } => unsupported(oid),
        Problem::CertificateMissing => "The signer’s certificate is not in the file.".to_owned(),
        Problem::CertificateReplaced => "The certificate is not the one the signer used.".to_owned(),
        Problem::AlgorithmsReplaced => "The signer committed to other algorithms than those used here.".to_owned(),
        Problem::CertificateNotNamed => "The signature does not name its certificate.".to_owned(),
        Problem::AttributesMalformed => "What was signed is stated twice or not at all.".to_owned(),
        Problem::WeakKey { bits } => {
            format!("It was made with a key of {bits} bits, which can be broken. Nothing made with it is accepted.")
        }
        Problem::DigestMismatch => return None,
        Problem::SignatureMismatch => "It was not made with the key of the certificate beside it.".to_owned(),
        Problem::TimestampInvalid => "The trusted time is not for this signature, or whoever stamped it may not.".to_owned(),
    };
    Some(words)
}

/// A certificate whose issuer's signature is not accepted, or cannot be checked.
fn of_issuing(whose: &str, oid: &str) -> String {
    let Some(name) = named(&BROKEN, oid) else {
        return format!("{whose} was signed with {}, which this build cannot check.", unknown(oid));
    };
    format!("{whose} was signed with {name}, which can be forged.")
}

/// An algorithm that is not accepted, by its name where it has one people know.
fn unsupported(oid: &str) -> String {
    match named(&BROKEN, oid) {
        Some(name) => format!("It was made with {name}, which can be forged. Nothing made with it is accepted."),
        None => format!("This build cannot check {}.", unknown(oid)),
    }
}

/// What this build cannot check, by its name where it has one.
fn unknown(oid: &str) -> String {
    named(&UNKNOWN, oid).map_or_else(|| format!("the algorithm {oid}"), str::to_owned)
}

fn named(table: &[(&str, &'static str)], oid: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == oid).map(|(_, name)| *name)
}

/// Algorithms that can be forged.
const BROKEN: [(&str, &str); 5] = [
    ("1.2.840.113549.2.5", "MD5"),
    ("1.3.14.3.2.26", "SHA-1"),
    ("1.2.840.113549.1.1.4", "RSA with MD5"),
    ("1.2.840.113549.1.1.5", "RSA with SHA-1"),
    ("1.2.840.10045.4.1", "ECDSA with SHA-1"),
];

/// Algorithms that are as good as others and not checked here.
const UNKNOWN: [(&str, &str); 12] = [
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS of this kind"),
    ("1.2.840.10045.2.1", "ECDSA on a curve without a name"),
    ("1.2.840.10045.4.3.2", "ECDSA with SHA-256 beside another digest"),
    ("1.2.840.10045.4.3.3", "ECDSA with SHA-384 beside another digest"),
    ("1.2.840.10045.4.3.4", "ECDSA with SHA-512 beside another digest"),
    ("1.3.36.3.3.2.8.1.1.13", "ECDSA on the curve brainpoolP512r1"),
    ("1.3.132.0.10", "ECDSA on the curve secp256k1"),
    ("2.16.840.1.101.3.4.2.4", "SHA-224"),
    ("1.2.840.10040.4.1", "DSA"),
    ("2.16.840.1.101.3.4.3.2", "DSA with SHA-256"),
];
