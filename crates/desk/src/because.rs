//! From what failed below to what the person is told: one place for every conversion, so that one cause has one code everywhere.

use crate::fault::{Fault, FaultCode};
use std::io;
use std::path::Path;

/// A file that could not be read or written.
pub(crate) fn of_file(path: &Path, fault: &io::Error) -> Fault {
    let shown = path.display();
    let (code, words) = match fault.kind() {
        io::ErrorKind::AlreadyExists => (FaultCode::Refused, format!("{shown}: {fault}")),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (FaultCode::DiskFull, format!("the disk is full: {shown}")),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (FaultCode::NoPermission, format!("no permission: {shown}")),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => (FaultCode::Gone, format!("there is no such file or folder: {shown}")),
        io::ErrorKind::FileTooLarge => (FaultCode::TooLarge, format!("the file is too large: {shown}")),
        io::ErrorKind::IsADirectory => (FaultCode::Unreadable, format!("this is a folder, not a file: {shown}")),
        _ => (FaultCode::Unreadable, format!("{shown}: {fault}")),
    };
    Fault::new(code, words).with("path", shown).with("reason", plain(fault))
}

/// What the system reports, in words that go on from "cannot be read or written:". Its own words stand only after a plain sentence.
fn plain(fault: &io::Error) -> String {
    let known = match fault.kind() {
        io::ErrorKind::IsADirectory => "it is a folder, not a file",
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        io::ErrorKind::InvalidFilename => "its name cannot be used on this disk",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "another program is using it",
        io::ErrorKind::TimedOut => "the disk or network drive did not answer in time",
        io::ErrorKind::UnexpectedEof => "it ends too early",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "there is no space left",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "it is not allowed",
        io::ErrorKind::NotFound => "it is not there",
        _ if fault.raw_os_error() == Some(INPUT_OUTPUT) => "the disk reports a fault",
        _ => "",
    };
    match (known, fault.raw_os_error()) {
        ("", Some(_)) => format!("the system refuses it ({})", fault.to_string().split(" (os error").next().unwrap_or_default()),
        ("", None) => fault.to_string(),
        (known, _) => known.to_owned(),
    }
}

/// EIO: what a broken disk or a pulled stick answers.
const INPUT_OUTPUT: i32 = 5;

/// A file that could not be written: what is not there is its folder.
pub(crate) fn of_writing(path: &Path, fault: &io::Error) -> Fault {
    let missing = matches!(fault.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    let folder = path.parent().filter(|folder| missing && !folder.as_os_str().is_empty());
    of_file(folder.unwrap_or(path), fault)
}

/// A folder that could not be made.
pub(crate) fn of_folder(path: &Path, fault: &io::Error) -> Fault {
    match fault.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            let words = format!("{}: this is a file, and a folder is needed there", path.display());
            Fault::new(FaultCode::Unreadable, words).with("path", path.display()).with("reason", "it is a file, not a folder")
        }
        _ => of_writing(path, fault),
    }
}

/// A `report.json` that is none.
pub(crate) fn of_report(fault: &report::format::ReadError) -> Fault {
    match fault {
        report::format::ReadError::Newer { found, known } => {
            Fault::new(FaultCode::ReportNewer, fault.to_string()).with("found", found).with("known", known)
        }
        _ => Fault::new(FaultCode::NotAReport, fault.to_string()).with("reason", fault),
    }
}

/// A PDF that cannot be judged or signed.
pub(crate) fn of_pdf(path: &Path, fault: &seal::Unreadable) -> Fault {
    let code = match fault {
        seal::Unreadable::NotPdf => FaultCode::NotPdf,
        seal::Unreadable::Encrypted | seal::Unreadable::PasswordNeeded | seal::Unreadable::UnknownEncryption => FaultCode::EncryptedPdf,
        seal::Unreadable::Truncated | seal::Unreadable::Damaged(_) => FaultCode::DamagedPdf,
    };
    let told = Fault::new(code, format!("{}: {fault}", path.display())).with("path", path.display());
    match fault {
        seal::Unreadable::Encrypted => told.with("locked", "writing"),
        seal::Unreadable::PasswordNeeded => told.with("locked", "password"),
        seal::Unreadable::UnknownEncryption => told.with("locked", "unknown"),
        _ => told,
    }
}

/// An identity that was not opened.
pub(crate) fn of_identity(path: &Path, fault: &seal::OpenIdentityError) -> Fault {
    let code = match fault {
        seal::OpenIdentityError::WrongPassphrase => FaultCode::WrongPassphrase,
        _ => FaultCode::BadIdentity,
    };
    Fault::new(code, format!("{}: {fault}", path.display())).with("path", path.display()).with("reason", fault)
}

/// A token that was not opened.
pub(crate) fn of_token(fault: &token::TokenError) -> Fault {
    let code = match fault {
        token::TokenError::Trouble(token::Trouble::Refused(token::Refusal::WrongPin { .. })) => FaultCode::WrongPassphrase,
        _ => FaultCode::BadIdentity,
    };
    Fault::new(code, fault.to_string()).with("reason", fault).with("token", true)
}

/// A signature that was not made.
pub(crate) fn of_signing(fault: &seal::SignError) -> Fault {
    match fault {
        seal::SignError::NotValidAt(when) => {
            let (fact, moment) = match when {
                seal::NotValidAt::Expired { not_after } => ("not_after", not_after),
                seal::NotValidAt::NotYetValid { not_before } => ("not_before", not_before),
            };
            Fault::new(FaultCode::IdentityNotValid, when.to_string()).with(fact, moment.to_rfc3339())
        }
        seal::SignError::Demand(demand) => of_demand(demand),
        seal::SignError::Unfit(unfit) => Fault::new(FaultCode::BadIdentity, unfit.to_string()).with("reason", unfit),
        seal::SignError::NoRoom { .. } | seal::SignError::Cms(_) => {
            Fault::new(FaultCode::BadIdentity, fault.to_string()).with("reason", fault)
        }
    }
}

/// A time-stamp that was not had, in words that go on from "The time-stamp authority could not be used:". What the system said goes to the log.
pub(crate) fn of_time(fault: &seal::TimestampError) -> String {
    use seal::TimestampError as E;
    tracing::warn!(chain = chain(fault), "no trusted time was had");
    match fault {
        E::NoAnswer(below) => match below.downcast_ref::<crate::network::NoTime>() {
            Some(known) => known.to_string(),
            None => "the authority could not be asked".to_owned(),
        },
        E::Refused { status } => format!("the authority refused the request (status {status})"),
        E::Unreadable(_) => "what answered at that address is not a time-stamp authority".to_owned(),
        E::ForSomethingElse => "the authority stamped something else".to_owned(),
        E::NotValid => "the signature of the time-stamp is not valid".to_owned(),
        E::Ahead { time } => format!(
            "it says that it is {}, which has not come by the clock of this computer; one of the two is wrong",
            time.format("%-d %B %Y, %H:%M UTC")
        ),
        E::NoRoom { .. } => "the time-stamp is larger than the room that was kept for it".to_owned(),
        E::NoRandomness => "this computer could not make a random number for the request".to_owned(),
    }
}

/// A proof that was not had, in a sentence.
pub(crate) fn of_gap(gap: &seal::Gap) -> String {
    use seal::Lacking as L;
    let whose = &gap.whose;
    match &gap.lacking {
        L::Issuer => format!("{whose}: the certificate of whoever issued theirs is not in the file, and no address gives it"),
        L::Address => format!("{whose}: the certificate names no address at which one could ask whether it was revoked"),
        L::Answer { url, fault } => {
            tracing::warn!(%fault, url, "no proof was had");
            let why = match fault.downcast_ref::<crate::network::NoTime>() {
                Some(known) => known.of_address(),
                None => format!("was not asked again: {fault}"),
            };
            format!("{whose}: {url} {why}")
        }
        L::Word { url } => format!("{whose}: what {url} says is too old, or is not the word of whoever issued the certificate"),
        L::Refusal { url, status } => format!("{whose}: {url} has no answer: {}", of_refusal(*status)),
        L::NotKnown { url } => format!("{whose}: {url} does not know the certificate"),
        L::Ahead { url } => format!("{whose}: what {url} says claims to be of a time that has not come; is this computer’s clock right?"),
        L::Expired { not_after } => format!("{whose}: the certificate had expired on {}", not_after.format("%-d %B %Y, %H:%M UTC")),
        L::End => format!("{whose}: no end was found of the certificates that issued theirs"),
        L::Revoked { at } => format!("{whose}: the certificate was revoked on {}", at.format("%-d %B %Y, %H:%M UTC")),
    }
}

/// Why whoever should say whether a certificate was revoked gave no answer (OCSPResponseStatus, RFC 6960 §4.2.1), in its own words.
fn of_refusal(status: u8) -> &'static str {
    match status {
        1 => "it did not understand the question",
        2 => "something failed there",
        3 => "it asks to try again later",
        5 => "it answers only to signed questions",
        6 => "it is not to answer about this certificate",
        _ => "it gives no reason that is known",
    }
}

/// A file that was not extended.
pub(crate) fn of_extending(path: &Path, fault: &seal::NotExtended) -> Fault {
    use seal::NotExtended as E;
    let shown = path.display();
    match fault {
        E::Unreadable(below) => of_pdf(path, below),
        E::NotSigned | E::NotSound => {
            Fault::new(FaultCode::NotExtended, format!("{shown}: {fault}")).with("path", shown).with("reason", fault)
        }
        E::Update(_) => internal(fault),
    }
}

/// A place for a signature that was not had.
pub(crate) fn of_place(fault: &seal::ReserveError) -> Fault {
    match fault {
        seal::ReserveError::Appearance(_) | seal::ReserveError::Update(_) => internal(fault),
        seal::ReserveError::Demand(demand) => of_demand(demand),
        _ => Fault::new(FaultCode::NoPlaceToSign, fault.to_string()),
    }
}

/// Something that the author of a form asks of whoever signs there.
fn of_demand(demand: &seal::Demand) -> Fault {
    Fault::new(FaultCode::NoPlaceToSign, demand.to_string()).with("reason", demand)
}

/// What nobody foresaw: the chain goes to the log, once; the person gets the plain words.
pub(crate) fn internal(fault: &dyn std::error::Error) -> Fault {
    let chain = chain(fault);
    tracing::error!(chain, "an act failed");
    Fault::new(FaultCode::Internal, chain)
}

/// A failure and what lay below it, in one line.
pub(crate) fn chain(fault: &dyn std::error::Error) -> String {
    let mut chain = fault.to_string();
    let mut below = fault.source();
    while let Some(cause) = below {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        below = cause.source();
    }
    chain
}

/// A library that could not be opened.
pub(crate) fn of_opening(fault: &store::OpenError) -> Fault {
    use store::OpenError as E;
    let words = fault.to_string();
    match fault {
        E::Newer { path, found, known } => {
            Fault::new(FaultCode::LibraryNewer, words).with("path", path.display()).with("found", found).with("known", known)
        }
        E::Damaged { path, .. } | E::Foreign { path } => Fault::new(FaultCode::LibraryDamaged, words).with("path", path.display()),
        E::NoFolder { folder } => Fault::new(FaultCode::Gone, words).with("path", folder.display()),
        E::Missing { path } => Fault::new(FaultCode::Gone, words).with("path", path.display()),
        E::NoPermission { path } => Fault::new(FaultCode::NoPermission, words).with("path", path.display()),
        E::Full { path } => Fault::new(FaultCode::DiskFull, words).with("path", path.display()),
        E::Busy { path } => Fault::new(FaultCode::LibraryBusy, words).with("path", path.display()),
        E::NoSafeCopy { path, .. } | E::Unreadable { path, .. } | E::Sqlite { path, .. } => internal(fault).with("path", path.display()),
    }
}

/// Something that could not be read from the library.
pub(crate) fn of_reading(fault: &store::ReadError) -> Fault {
    use store::ReadError as E;
    match fault {
        E::Gone { .. } | E::NoRevision { .. } => Fault::new(FaultCode::NoSuchReport, fault.to_string()),
        E::NoBlob { digest } => Fault::new(FaultCode::AttachmentMissing, fault.to_string()).with("name", digest),
        E::Damaged { .. } => Fault::new(FaultCode::LibraryDamaged, fault.to_string()),
        E::Busy => Fault::new(FaultCode::LibraryBusy, fault.to_string()),
        E::NoPermission => Fault::new(FaultCode::NoPermission, fault.to_string()),
        E::Format(format) => of_report(format),
        E::Setting { .. } | E::Sqlite(_) => internal(fault),
    }
}

/// Something that could not be written to the library.
pub(crate) fn of_saving(fault: &store::SaveError) -> Fault {
    use store::SaveError as E;
    match fault {
        E::Gone { .. } | E::NotInBin { .. } => Fault::new(FaultCode::NoSuchReport, fault.to_string()),
        E::GoesOn { .. } => Fault::new(FaultCode::GoesOn, fault.to_string()),
        E::Full => Fault::new(FaultCode::DiskFull, fault.to_string()),
        E::Moved => Fault::new(FaultCode::Gone, fault.to_string()),
        E::ReadOnly | E::NoPermission => Fault::new(FaultCode::NoPermission, fault.to_string()),
        E::Busy => Fault::new(FaultCode::LibraryBusy, fault.to_string()),
        E::Damaged { .. } => Fault::new(FaultCode::LibraryDamaged, fault.to_string()),
        E::TooBig => Fault::new(FaultCode::TooLarge, fault.to_string()),
        E::Conflict { .. } | E::Signed { .. } | E::InBin { .. } | E::Exists { .. } | E::Setting { .. } | E::Sqlite(_) => internal(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_reaches_nobody_without_a_plain_sentence() {
        let reason = |fault: io::Error| of_file(Path::new("/a"), &fault).facts.get("reason").cloned().unwrap_or_default();
        assert_eq!(reason(io::Error::from_raw_os_error(21)), "it is a folder, not a file");
        assert_eq!(reason(io::Error::from_raw_os_error(5)), "the disk reports a fault");
        for code in 1..=40 {
            let said = reason(io::Error::from_raw_os_error(code));
            assert!(!said.contains("os error") && !said.is_empty() && !said.starts_with(char::is_uppercase), "{code}: {said}");
        }
    }
}
