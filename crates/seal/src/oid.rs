//! The object identifiers this crate writes or understands, each with where it is defined.

use der::oid::ObjectIdentifier as Oid;

/// id-data, RFC 5652 §4.
pub(crate) const DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.1");
/// id-signedData, RFC 5652 §5.1.
pub(crate) const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");
/// id-contentType, RFC 5652 §11.1.
pub(crate) const CONTENT_TYPE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.3");
/// id-messageDigest, RFC 5652 §11.2.
pub(crate) const MESSAGE_DIGEST: Oid = Oid::new_unwrap("1.2.840.113549.1.9.4");
/// id-signingTime, RFC 5652 §11.3.
pub(crate) const SIGNING_TIME: Oid = Oid::new_unwrap("1.2.840.113549.1.9.5");
/// id-aa-signingCertificate, RFC 2634 §5.4.
pub(crate) const SIGNING_CERTIFICATE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.12");
/// id-aa-signingCertificateV2, RFC 5035 §3.
pub(crate) const SIGNING_CERTIFICATE_V2: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// id-aa-timeStampToken, RFC 3161 appendix A.
pub(crate) const TIME_STAMP_TOKEN: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.14");
/// id-aa-CMSAlgorithmProtection, RFC 6211 §2.
pub(crate) const ALGORITHM_PROTECTION: Oid = Oid::new_unwrap("1.2.840.113549.1.9.52");
/// adbe-revocationInfoArchival, ISO 32000-2 §12.8.3.3.2.
pub(crate) const ADOBE_REVOCATION: Oid = Oid::new_unwrap("1.2.840.113583.1.1.8");
/// id-aa-ets-revocationValues, ETSI EN 319 122-1 §A.1.5.2.
pub(crate) const REVOCATION_VALUES: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.24");
/// id-pkix-ocsp-basic, RFC 6960 §4.2.1.
pub(crate) const BASIC_ANSWER: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.48.1.1");
/// id-ct-TSTInfo, RFC 3161 §2.4.2.
pub(crate) const TST_INFO: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// Message digests, RFC 5754 §2 and RFC 3370 §2.1.
pub(crate) const SHA256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(crate) const SHA384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.2");
/// SHA-1, only for the hashes that name a certificate.
pub(crate) const SHA1: Oid = Oid::new_unwrap("1.3.14.3.2.26");
pub(crate) const SHA512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.3");

/// SHA-3, NIST's register of algorithms (RFC 8702 §3 for the rest of its family).
pub(crate) const SHA3_256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.8");
pub(crate) const SHA3_384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.9");
pub(crate) const SHA3_512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.10");

/// rsaEncryption and the PKCS #1 signatures, RFC 8017 appendix A.2.
pub(crate) const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
pub(crate) const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
pub(crate) const RSA_SHA256: Oid = Oid::new_unwrap("1.2.840.113549.1.1.11");
pub(crate) const RSA_SHA384: Oid = Oid::new_unwrap("1.2.840.113549.1.1.12");
pub(crate) const RSA_SHA512: Oid = Oid::new_unwrap("1.2.840.113549.1.1.13");
/// RSA of PKCS #1 with SHA-3, NIST's register of algorithms.
pub(crate) const RSA_SHA3_256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.3.14");
pub(crate) const RSA_SHA3_384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.3.15");
pub(crate) const RSA_SHA3_512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.3.16");
/// id-mgf1, RFC 8017 appendix B.2.1.
pub(crate) const MGF1: Oid = Oid::new_unwrap("1.2.840.113549.1.1.8");

/// id-ecPublicKey and the named curves, RFC 5480 §2.1.
pub(crate) const EC_PUBLIC_KEY: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
pub(crate) const P256: Oid = Oid::new_unwrap("1.2.840.10045.3.1.7");
pub(crate) const P384: Oid = Oid::new_unwrap("1.3.132.0.34");
pub(crate) const P521: Oid = Oid::new_unwrap("1.3.132.0.35");
/// brainpoolP256r1 and brainpoolP384r1, RFC 5639 §4.1.
pub(crate) const BRAINPOOL_P256: Oid = Oid::new_unwrap("1.3.36.3.3.2.8.1.1.7");
pub(crate) const BRAINPOOL_P384: Oid = Oid::new_unwrap("1.3.36.3.3.2.8.1.1.11");
/// ecdsa-with-SHA2, RFC 5758 §3.2.
pub(crate) const ECDSA_SHA256: Oid = Oid::new_unwrap("1.2.840.10045.4.3.2");
pub(crate) const ECDSA_SHA384: Oid = Oid::new_unwrap("1.2.840.10045.4.3.3");
pub(crate) const ECDSA_SHA512: Oid = Oid::new_unwrap("1.2.840.10045.4.3.4");
/// ECDSA with SHA-3, NIST's register of algorithms.
pub(crate) const ECDSA_SHA3_256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.3.10");
pub(crate) const ECDSA_SHA3_384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.3.11");
pub(crate) const ECDSA_SHA3_512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.3.12");

/// id-Ed25519, RFC 8410 §3: key and signature alike.
pub(crate) const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
/// id-Ed448, RFC 8410 §3, and the digest that goes with it, id-shake256 of 512 bits, RFC 8702 §3.1.
pub(crate) const ED448: Oid = Oid::new_unwrap("1.3.101.113");
pub(crate) const SHAKE256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.12");

/// Attributes of a distinguished name, RFC 5280 appendix A.1.
pub(crate) const COMMON_NAME: Oid = Oid::new_unwrap("2.5.4.3");
pub(crate) const ORGANISATION: Oid = Oid::new_unwrap("2.5.4.10");
pub(crate) const TITLE: Oid = Oid::new_unwrap("2.5.4.12");
pub(crate) const COUNTRY: Oid = Oid::new_unwrap("2.5.4.6");
pub(crate) const LOCALITY: Oid = Oid::new_unwrap("2.5.4.7");
pub(crate) const STATE: Oid = Oid::new_unwrap("2.5.4.8");
pub(crate) const ORGANISATIONAL_UNIT: Oid = Oid::new_unwrap("2.5.4.11");
pub(crate) const EMAIL_ADDRESS: Oid = Oid::new_unwrap("1.2.840.113549.1.9.1");

/// extensionRequest, RFC 2985 §5.4.2.
pub(crate) const EXTENSION_REQUEST: Oid = Oid::new_unwrap("1.2.840.113549.1.9.14");

/// Certificate extensions, RFC 5280 §4.2.1.
pub(crate) const SUBJECT_KEY_IDENTIFIER: Oid = Oid::new_unwrap("2.5.29.14");
pub(crate) const KEY_USAGE: Oid = Oid::new_unwrap("2.5.29.15");
pub(crate) const SUBJECT_ALTERNATIVE_NAME: Oid = Oid::new_unwrap("2.5.29.17");
pub(crate) const BASIC_CONSTRAINTS: Oid = Oid::new_unwrap("2.5.29.19");
pub(crate) const NAME_CONSTRAINTS: Oid = Oid::new_unwrap("2.5.29.30");
pub(crate) const LIST_ADDRESSES: Oid = Oid::new_unwrap("2.5.29.31");
pub(crate) const POLICY_MAPPINGS: Oid = Oid::new_unwrap("2.5.29.33");
pub(crate) const AUTHORITY_KEY_IDENTIFIER: Oid = Oid::new_unwrap("2.5.29.35");
pub(crate) const POLICY_CONSTRAINTS: Oid = Oid::new_unwrap("2.5.29.36");
pub(crate) const INHIBIT_ANY_POLICY: Oid = Oid::new_unwrap("2.5.29.54");
/// anyPolicy and anyExtendedKeyUsage, RFC 5280 §4.2.1.4 and §4.2.1.12.
pub(crate) const ANY_POLICY: Oid = Oid::new_unwrap("2.5.29.32.0");
pub(crate) const ANY_PURPOSE: Oid = Oid::new_unwrap("2.5.29.37.0");
/// qcStatements, RFC 3739 §3.2.6: what makes a certificate qualified. It restricts no use that is judged here, and some authorities mark it
/// critical all the same.
pub(crate) const QUALIFIED_STATEMENTS: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.1.3");
pub(crate) const CERTIFICATE_POLICIES: Oid = Oid::new_unwrap("2.5.29.32");
pub(crate) const EXTENDED_KEY_USAGE: Oid = Oid::new_unwrap("2.5.29.37");
/// Extensions of an entry in a revocation list, RFC 5280 §5.3.
pub(crate) const CRL_REASON: Oid = Oid::new_unwrap("2.5.29.21");
pub(crate) const INVALIDITY_DATE: Oid = Oid::new_unwrap("2.5.29.24");
pub(crate) const CERTIFICATE_ISSUER: Oid = Oid::new_unwrap("2.5.29.29");
/// id-kp-serverAuth and id-kp-OCSPSigning, RFC 5280 §4.2.1.12.
pub(crate) const SERVER_AUTH: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.1");
pub(crate) const OCSP_SIGNING: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.9");
/// id-kp-timeStamping, RFC 5280 §4.2.1.12.
pub(crate) const TIME_STAMPING: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.8");

/// id-ad-ocsp and id-ad-caIssuers, RFC 5280 §4.2.2.1.
pub(crate) const OCSP: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.48.1");
pub(crate) const CA_ISSUERS: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.48.2");
