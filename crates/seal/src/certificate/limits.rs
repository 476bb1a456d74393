//! What a certificate may be used for, and what it allows those below it (RFC 5280 §4.2.1).
//! Always true: an extension that cannot be read allows nothing.

use der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::ext::pkix::{
    BasicConstraints, CertificatePolicies, ExtendedKeyUsage, InhibitAnyPolicy, KeyUsage, NameConstraints, PolicyConstraints,
    PolicyMappings, SubjectAltName, name::GeneralName,
};

use super::Certificate;
use crate::oid;

/// What certificates are issued for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    Documents,
    Time,
}

/// What a certificate is for instead of signing documents.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum Otherwise {
    #[error("its key is for encryption, or for signing certificates, and not for signatures")]
    KeyUsage,
    #[error("it is for servers on the web")]
    Servers,
    #[error("it is for time-stamps")]
    Time,
    #[error("it is for answers about revocation")]
    Answers,
    #[error("what it says about its use cannot be read")]
    Unreadable,
}

/// How a certificate limits the policies of those below it (RFC 5280 §4.2.1.5, §4.2.1.11 and §4.2.1.14); in certificates, where it does.
#[derive(Clone, Debug, Default)]
pub(crate) struct PolicyLimits {
    /// After how many a policy must be named that is valid on the whole way.
    pub(crate) explicit_after: Option<u32>,
    /// After how many policies may no longer stand for each other.
    pub(crate) no_mapping_after: Option<u32>,
    /// After how many "any policy" says nothing.
    pub(crate) no_any_after: Option<u32>,
    /// Which policies of the issuer stand for which of the subject.
    pub(crate) mappings: Vec<(ObjectIdentifier, ObjectIdentifier)>,
}

impl Certificate {
    /// Whether it may issue certificates at all (RFC 5280 §6.1.4 k and n).
    pub(crate) fn is_authority(&self) -> bool {
        self.basic_constraints().is_some_and(|constraints| constraints.ca) && self.key_usage_allows(KeyUsage::key_cert_sign)
    }

    /// Whether it may issue certificates with `below` authorities between it and the signer (RFC 5280 §6.1.4 k to n).
    pub(crate) fn may_issue(&self, below: usize) -> bool {
        self.is_authority() && self.reaches_down(below)
    }

    /// Whether the length it allows of the way down suffices.
    pub(crate) fn reaches_down(&self, below: usize) -> bool {
        let longest = self.basic_constraints().and_then(|constraints| constraints.path_len_constraint);
        longest.is_none_or(|longest| below <= usize::from(longest))
    }

    /// Whether it may issue certificates for this purpose. RFC 5280 §4.2.1.12 leaves open what purposes mean for an authority; where one is
    /// limited to others, its limits are taken as meant for whom it issues to, as browsers and systems do.
    pub(crate) fn may_issue_for(&self, purpose: Purpose) -> bool {
        let Ok(purposes) = self.purposes() else { return false };
        purposes.is_none_or(|purposes| match purpose {
            Purpose::Documents => purposes.iter().any(|purpose| !OTHERWISE.contains(purpose)),
            Purpose::Time => purposes.iter().any(|purpose| [oid::TIME_STAMPING, oid::ANY_PURPOSE].contains(purpose)),
        })
    }

    /// Whether its key may sign documents (RFC 5280 §4.2.1.3: digitalSignature or nonRepudiation, if usage is limited; and not a key that is
    /// for servers, time or revocation alone).
    pub(crate) fn may_sign_documents(&self) -> bool {
        self.meant_otherwise().is_none()
    }

    /// What it is for instead of signing documents.
    pub(crate) fn meant_otherwise(&self) -> Option<Otherwise> {
        if !self.signs() {
            return Some(Otherwise::KeyUsage);
        }
        if self.may_issue_for(Purpose::Documents) {
            return None;
        }
        Some(match self.purposes().ok().flatten().and_then(|purposes| purposes.first().copied()) {
            Some(oid::SERVER_AUTH) => Otherwise::Servers,
            Some(oid::TIME_STAMPING) => Otherwise::Time,
            Some(oid::OCSP_SIGNING) => Otherwise::Answers,
            _ => Otherwise::Unreadable,
        })
    }

    /// Whether its key may sign time-stamps, and nothing else (RFC 3161 §2.3).
    pub(crate) fn may_stamp_time(&self) -> bool {
        let usage = self.parsed.tbs_certificate().get_extension::<ExtendedKeyUsage>();
        matches!(usage, Ok(Some((true, ExtendedKeyUsage(purposes)))) if purposes == [oid::TIME_STAMPING]) && self.signs()
    }

    /// Whether its key may sign lists of revoked certificates (RFC 5280 §4.2.1.3).
    pub(crate) fn may_sign_lists(&self) -> bool {
        self.key_usage_allows(KeyUsage::crl_sign)
    }

    /// Whether its holder may answer for its issuer what was revoked (RFC 6960 §4.2.2.2).
    pub(crate) fn may_answer(&self) -> bool {
        matches!(self.purposes(), Ok(Some(purposes)) if purposes.contains(&oid::OCSP_SIGNING)) && self.signs()
    }

    /// What its key is for, bit by bit (RFC 5280 §4.2.1.3); none where that is not limited.
    pub(crate) fn key_usage_bits(&self) -> Option<[bool; 9]> {
        let (_, usage) = self.parsed.tbs_certificate().get_extension::<KeyUsage>().ok().flatten()?;
        Some([
            usage.digital_signature(),
            usage.non_repudiation(),
            usage.key_encipherment(),
            usage.data_encipherment(),
            usage.key_agreement(),
            usage.key_cert_sign(),
            usage.crl_sign(),
            usage.encipher_only(),
            usage.decipher_only(),
        ])
    }

    /// Whether an extension is critical and unknown to us, or known and unreadable; such a certificate must be refused (RFC 5280 §4.2).
    pub(crate) fn has_unknown_critical_extension(&self) -> bool {
        let unknown = self.extensions().any(|extension| extension.critical && !KNOWN.contains(&extension.extn_id));
        let tbs = self.parsed.tbs_certificate();
        let unreadable = [
            tbs.get_extension::<NameConstraints>().is_err(),
            tbs.get_extension::<SubjectAltName>().is_err() && self.is_critical(oid::SUBJECT_ALTERNATIVE_NAME),
            tbs.get_extension::<PolicyConstraints>().is_err(),
            tbs.get_extension::<PolicyMappings>().is_err(),
            tbs.get_extension::<InhibitAnyPolicy>().is_err(),
            tbs.get_extension::<CertificatePolicies>().is_err() && self.is_critical(oid::CERTIFICATE_POLICIES),
        ];
        unknown || unreadable.contains(&true)
    }

    /// The policies it was issued under (RFC 5280 §4.2.1.4).
    pub(crate) fn policies(&self) -> Vec<ObjectIdentifier> {
        let policies = self.extension::<CertificatePolicies>();
        policies.into_iter().flat_map(|policies| policies.0).map(|policy| policy.policy_identifier).collect()
    }

    /// How it limits the policies of those below it.
    pub(crate) fn policy_limits(&self) -> PolicyLimits {
        let constraints = self.extension::<PolicyConstraints>();
        let mappings = self.extension::<PolicyMappings>();
        PolicyLimits {
            explicit_after: constraints.as_ref().and_then(|limits| limits.require_explicit_policy),
            no_mapping_after: constraints.and_then(|limits| limits.inhibit_policy_mapping),
            no_any_after: self.extension::<InhibitAnyPolicy>().map(|InhibitAnyPolicy(after)| after),
            mappings: mappings
                .into_iter()
                .flat_map(|PolicyMappings(mappings)| mappings)
                .map(|mapping| (mapping.issuer_domain_policy, mapping.subject_domain_policy))
                .collect(),
        }
    }

    /// Which names it allows those below it.
    pub(crate) fn name_constraints(&self) -> Option<NameConstraints> {
        self.extension()
    }

    /// The further names of its holder.
    pub(crate) fn alternative_names(&self) -> Vec<GeneralName> {
        self.extension::<SubjectAltName>().map(|SubjectAltName(names)| names).unwrap_or_default()
    }

    fn signs(&self) -> bool {
        self.key_usage_allows(|usage| usage.digital_signature() || usage.non_repudiation())
    }

    fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.extension()
    }

    fn purposes(&self) -> Result<Option<Vec<ObjectIdentifier>>, der::Error> {
        let usage = self.parsed.tbs_certificate().get_extension::<ExtendedKeyUsage>()?;
        Ok(usage.map(|(_, ExtendedKeyUsage(purposes))| purposes))
    }

    fn extension<'a, T: der::Decode<'a, Error = der::Error> + AssociatedOid>(&'a self) -> Option<T> {
        self.parsed.tbs_certificate().get_extension::<T>().ok().flatten().map(|(_, value)| value)
    }

    fn is_critical(&self, wanted: ObjectIdentifier) -> bool {
        self.extensions().any(|extension| extension.extn_id == wanted && extension.critical)
    }

    fn key_usage_allows(&self, allows: impl Fn(&KeyUsage) -> bool) -> bool {
        match self.parsed.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(Some((_, usage))) => allows(&usage),
            Ok(None) => true,
            Err(_) => false,
        }
    }
}

/// Purposes other than signing documents.
const OTHERWISE: [ObjectIdentifier; 3] = [oid::SERVER_AUTH, oid::TIME_STAMPING, oid::OCSP_SIGNING];

/// Extensions that are judged, or that restrict nothing which is judged here.
const KNOWN: [ObjectIdentifier; 13] = [
    oid::SUBJECT_KEY_IDENTIFIER,
    oid::AUTHORITY_KEY_IDENTIFIER,
    oid::KEY_USAGE,
    oid::SUBJECT_ALTERNATIVE_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::LIST_ADDRESSES,
    oid::CERTIFICATE_POLICIES,
    oid::POLICY_MAPPINGS,
    oid::POLICY_CONSTRAINTS,
    oid::EXTENDED_KEY_USAGE,
    oid::INHIBIT_ANY_POLICY,
    oid::QUALIFIED_STATEMENTS,
];
