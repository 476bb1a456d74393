//! What a form asks of the signer's certificate (ISO 32000-2 table 238).

use der::oid::ObjectIdentifier;
use lopdf::Object;

use super::{Demand, Values, spelled};
use crate::{certificate::Certificate, oid, pdf::follow};

/// What the certificate must be; nothing where the form asks for nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct CertificateTerms {
    /// One of these, in DER.
    subjects: Option<Vec<Vec<u8>>>,
    /// Issued by one of these, in DER, or by one below them.
    issuers: Option<Vec<Vec<u8>>>,
    /// With one of these policies.
    policies: Option<Vec<String>>,
    /// With a name that has all of one of these.
    names: Option<Vec<Vec<(ObjectIdentifier, String)>>>,
    /// For uses as one of these says: a digit or X for each bit of KeyUsage.
    uses: Option<Vec<String>>,
}

mod required {
    pub(super) const SUBJECT: i64 = 1;
    pub(super) const ISSUER: i64 = 1 << 1;
    pub(super) const POLICY: i64 = 1 << 2;
    pub(super) const NAME: i64 = 1 << 3;
    pub(super) const USE: i64 = 1 << 5;
    /// The address at which to get another certificate: nothing the signature could satisfy or not.
    pub(super) const ADDRESS: i64 = 1 << 6;
    pub(super) const ALL: i64 = SUBJECT | ISSUER | POLICY | NAME | USE | ADDRESS;
}

impl CertificateTerms {
    pub(super) fn read(values: &Values<'_>) -> Result<Self, Demand> {
        let flags = values.number(b"Ff").unwrap_or_default();
        if flags & !required::ALL != 0 {
            return Err(Demand::Unknown);
        }
        let names = match values.get(b"SubjectDN") {
            Some(Object::Array(names)) if flags & required::NAME != 0 => {
                Some(names.iter().map(|name| distinguished(values, name)).collect::<Result<_, _>>()?)
            }
            _ => None,
        };
        Ok(Self {
            subjects: values.strings(b"Subject").filter(|_| flags & required::SUBJECT != 0),
            issuers: values.strings(b"Issuer").filter(|_| flags & required::ISSUER != 0),
            policies: values.texts(b"OID").filter(|_| flags & required::POLICY != 0),
            names,
            uses: values.texts(b"KeyUsage").filter(|_| flags & required::USE != 0),
        })
    }

    /// Whether the form takes the first of these, whose issuers follow it.
    pub(crate) fn check(&self, chain: &[Certificate]) -> Result<(), Demand> {
        let [signer, ..] = chain else { return Ok(()) };
        let refuse = |wanted| Err(Demand::Certificate { wanted });
        if self.subjects.as_ref().is_some_and(|subjects| !subjects.iter().any(|der| der == signer.der())) {
            return refuse("it takes only certificates that it names");
        }
        let is_below = |der: &Vec<u8>| match Certificate::from_der(der) {
            Ok(issuer) => chain.iter().any(|one| one == &issuer || one.is_issued_by(&issuer)),
            Err(_) => false,
        };
        if self.issuers.as_ref().is_some_and(|issuers| !issuers.iter().any(is_below)) {
            return refuse("it takes only certificates of issuers that it names");
        }
        if self.policies.as_ref().is_some_and(|wanted| !signer.policies().iter().any(|policy| wanted.contains(&policy.to_string()))) {
            return refuse("it takes only certificates issued under policies that it names");
        }
        let is_named = |wanted: &Vec<(ObjectIdentifier, String)>| wanted.iter().all(|(kind, value)| signer.has_in_subject(*kind, value));
        if self.names.as_ref().is_some_and(|names| !names.iter().any(is_named)) {
            return refuse("it takes only holders that it names");
        }
        let usage = signer.key_usage_bits();
        let is_for = |wanted: &String| {
            let bit = |nth: usize| usage.is_none_or(|bits| bits.get(nth).copied().unwrap_or_default());
            wanted.chars().enumerate().all(|(nth, wanted)| match wanted {
                '1' => bit(nth),
                '0' => usage.is_some() && !bit(nth),
                _ => true,
            })
        };
        if self.uses.as_ref().is_some_and(|uses| !uses.iter().any(is_for)) {
            return refuse("it takes only certificates for other uses");
        }
        Ok(())
    }
}

/// The attributes of a distinguished name, by their usual short names or their identifiers.
fn distinguished(values: &Values<'_>, name: &Object) -> Result<Vec<(ObjectIdentifier, String)>, Demand> {
    let attributes = follow(values.document, name).and_then(|name| name.as_dict().ok()).ok_or(Demand::Unknown)?;
    let attribute = |(key, value): (&Vec<u8>, &Object)| {
        let key = String::from_utf8_lossy(key).into_owned();
        let kind = match key.to_ascii_uppercase().as_str() {
            "CN" => Ok(oid::COMMON_NAME),
            "O" => Ok(oid::ORGANISATION),
            "OU" => Ok(oid::ORGANISATIONAL_UNIT),
            "C" => Ok(oid::COUNTRY),
            "L" => Ok(oid::LOCALITY),
            "ST" => Ok(oid::STATE),
            "T" | "TITLE" => Ok(oid::TITLE),
            "E" | "EMAIL" | "EMAILADDRESS" => Ok(oid::EMAIL_ADDRESS),
            _ => ObjectIdentifier::new(&key),
        };
        let value = follow(values.document, value).and_then(spelled);
        Ok((kind.map_err(|_| Demand::Unknown)?, value.ok_or(Demand::Unknown)?))
    };
    attributes.iter().map(attribute).collect()
}
