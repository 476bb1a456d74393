//! The sentences of a verification: what is remarkable about a signature, and what changed after it.

use seal::{Doubt, Problem};

/// Everything remarkable about a signature, what weighs most first.
pub(super) fn remarks(verdict: &seal::SignatureVerdict) -> Vec<String> {
    let mut remarks: Vec<String> = verdict.problems.iter().filter_map(problem).collect();
    remarks.extend(doubts(&verdict.ambiguous, "Readers may show this file differently, and could already when it was signed"));
    remarks.extend(doubts(&verdict.ambiguous_since, "Readers may take what was appended after this signature differently"));
    if verdict.certificate_in_time == Some(false) {
        remarks.push("The certificate was not valid when it was signed.".to_owned());
    }
    remarks
}

/// Bytes behind the end of the file, which nobody sees.
pub(super) fn behind_the_end(bytes: usize) -> Option<String> {
    match bytes {
        0 => None,
        1 => Some("Behind the end of the file stands one blank or NUL byte more. It shows nothing.".to_owned()),
        _ => Some(format!("Behind the end of the file stand {bytes} blank or NUL bytes more. They show nothing.")),
    }
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

/// What is wrong with a signature, in a sentence; none for what `intact` and `valid` say already.
fn problem(problem: &Problem) -> Option<String> {
    let words = match problem {
        Problem::NotASignature => "What stands in the field is no signature.".to_owned(),
        Problem::UnsupportedFormat { format } => format!("Signatures of the kind {format} are not supported."),
        Problem::ByteRangeMissing
        | Problem::ByteRangeOutOfBounds
        | Problem::ByteRangeHole
        | Problem::ByteRangeNotARevision
        | Problem::ByteRangeElsewhere => "The signature does not say properly which bytes it covers.".to_owned(),
        Problem::NotInSignedRevision => "The signature is not part of what it claims to sign.".to_owned(),
        Problem::UnreadableMessage => "The signature cannot be read.".to_owned(),
        Problem::UnsupportedAlgorithm { oid } => format!("The algorithm {oid} is not supported."),
        Problem::CertificateMissing => "The signer’s certificate is not in the file.".to_owned(),
        Problem::CertificateReplaced => "The certificate is not the one the signer used.".to_owned(),
        Problem::CertificateNotNamed => "The signature does not name its certificate.".to_owned(),
        Problem::AttributesMalformed => "What was signed is stated twice or not at all.".to_owned(),
        Problem::DigestMismatch | Problem::SignatureMismatch => return None,
        Problem::TimestampInvalid => "The trusted time is not for this signature.".to_owned(),
    };
    Some(words)
}
