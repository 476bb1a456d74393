//! The cryptographic message inside a PDF signature: CMS SignedData (RFC 5652) with the CAdES attributes PAdES asks for.
//! `write` makes ours; `read` takes apart anybody's.

pub(crate) mod carried;
mod committed;
pub(crate) mod read;
pub(crate) mod write;
