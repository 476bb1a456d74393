//! Who signs: identities as files, made and opened here, and keys on tokens.

use crate::because;
use crate::fault::{Fault, FaultCode};
use crate::ports::World;
use seal::{Certificate, CertificateRequest, CreateIdentityError, Credentials, Identity, NewIdentity, Passphrase, Signer};
use std::path::Path;

/// How long an identity made here is valid: two years.
const VALID_DAYS: u32 = 730;
/// Identity files are small; what is larger is something else.
const LARGEST: u64 = 1 << 20;

/// Makes an identity and writes its file. An existing file is never overwritten: it may hold the only copy of a key.
///
/// # Errors
/// A name that cannot stand in a certificate, an empty passphrase, a file that is there already, or the disk's own.
pub fn make(world: &World, name: &str, organisation: &str, passphrase: &Passphrase, path: &Path) -> Result<Identity, Fault> {
    if world.files.exists(path) {
        return Err(taken(path));
    }
    let identity = create(world, name, organisation).map_err(|fault| bad(path, &fault))?;
    let file = identity.to_pkcs12(passphrase).map_err(|fault| bad(path, &fault))?;
    keep(world, path, &file)?;
    Ok(identity)
}

fn taken(path: &Path) -> Fault {
    let words = format!("{} is there already; choose another name, so that no key is lost", path.display());
    Fault::new(FaultCode::BadIdentity, words.clone()).with("path", path.display()).with("reason", words)
}

/// Opens an identity's file for signing now.
///
/// # Errors
/// A file that cannot be read or is no identity, a wrong passphrase, an identity outside its time or not for signing documents.
pub fn open(world: &World, path: &Path, passphrase: &Passphrase) -> Result<Identity, Fault> {
    let identity = unlock(world, path, passphrase)?;
    see_valid(world, identity.credentials())?;
    Ok(identity)
}

/// Opens whoever signs now: a file, or a key on a token, whose address begins with `pkcs11:`. `module` speaks to the token; the usual ones are
/// tried without it. An empty passphrase leaves the PIN to be typed at the token's reader.
///
/// # Errors
/// Those of [`open`]; a token that is not there, does not take the PIN, or whose module crashes or hangs.
pub fn signer(world: &World, address: &str, module: Option<&Path>, passphrase: &Passphrase) -> Result<Box<dyn Signer>, Fault> {
    if !token::Address::is_meant(address) {
        return Ok(Box::new(open(world, Path::new(address), passphrase)?));
    }
    let signer = on_token(world, address, module, passphrase)?;
    see_valid(world, signer.credentials())?;
    Ok(Box::new(signer))
}

/// Opens a key on a token, whether it may sign now or not.
pub(crate) fn on_token(world: &World, address: &str, module: Option<&Path>, pin: &Passphrase) -> Result<token::TokenSigner, Fault> {
    world.tokens.open(address, module, pin).map_err(|fault| because::of_token(&fault))
}

/// A key on a token, as it is shown before its PIN was given.
pub struct OnToken {
    /// The address that `sign` takes.
    pub address: String,
    /// The token's label.
    pub token: String,
    /// What its certificate says of itself.
    pub credentials: Credentials,
}

/// The keys on all tokens that a module sees, or that the usual modules see where none is named. Those that show nothing before their PIN is
/// given are missing, and so is what nothing is signed with.
///
/// # Errors
/// A module that was named and cannot be used; of the usual ones, such are passed over.
pub fn on_tokens(world: &World, module: Option<&Path>) -> Result<Vec<OnToken>, Fault> {
    let mut seen: Vec<OnToken> = Vec::new();
    for one in module.map_or_else(token::usual_modules, |module| vec![module.to_path_buf()]) {
        let tokens = match world.tokens.look(&one) {
            Ok(tokens) => tokens,
            Err(fault) if module.is_some() => return Err(because::of_token(&fault.into())),
            Err(fault) => {
                tracing::warn!(module = %one.display(), %fault, "a module for tokens was passed over");
                continue;
            }
        };
        for (token, key) in tokens.iter().flat_map(|token| token.keys.iter().map(move |key| (token, key))) {
            let address = token::Address { module: module.map(Path::to_path_buf), ..token::Address::of(token, key) }.to_string();
            let certificate = Certificate::from_der(&key.certificate).ok();
            let Some(credentials) = certificate.and_then(|certificate| Credentials::of(certificate, &[]).ok()) else { continue };
            // Two modules may see one token.
            if credentials.check_fit().is_ok() && !seen.iter().any(|other| other.address == address) {
                seen.push(OnToken { address, token: token.label.clone(), credentials });
            }
        }
    }
    Ok(seen)
}

/// Opens an identity's file, whether it may sign now or not.
///
/// # Errors
/// A file that cannot be read or is no identity, a wrong passphrase.
pub(crate) fn unlock(world: &World, path: &Path, passphrase: &Passphrase) -> Result<Identity, Fault> {
    let file = world.files.read(path, LARGEST).map_err(|fault| because::of_file(path, &fault))?;
    Identity::open(&file, passphrase).map_err(|fault| because::of_identity(path, &fault))
}

/// # Errors
/// When the identity is not for signing documents, or outside its time.
pub(crate) fn see_valid(world: &World, credentials: &Credentials) -> Result<(), Fault> {
    credentials.check_fit().map_err(|fault| because::of_signing(&fault.into()))?;
    credentials.check_valid_at(world.clock.now()).map_err(|fault| because::of_signing(&fault.into()))
}

/// Makes a key, and asks for a certificate for it: the request goes into `request`, for an authority, the key under the passphrase into `key`.
///
/// # Errors
/// A name that cannot stand in a certificate, an empty passphrase, a key file that is there already, or the disk's own.
pub fn request(
    world: &World,
    (name, organisation, role): (&str, Option<&str>, Option<&str>),
    passphrase: &Passphrase,
    key: &Path,
    request: &Path,
) -> Result<(), Fault> {
    if world.files.exists(key) {
        return Err(taken(key));
    }
    let made = CertificateRequest::make(name, organisation, role, passphrase).map_err(|fault| bad(request, &fault))?;
    world.files.may_write(request, made.request.as_bytes()).map_err(|fault| because::of_writing(request, &fault))?;
    keep(world, key, made.key.as_bytes())?;
    world.files.write_whole(request, made.request.as_bytes()).map_err(|fault| because::of_writing(request, &fault))
}

/// Takes in what an authority issued for a request: the key and the certificates become an identity under the same passphrase. The key's file is
/// left where it is.
///
/// # Errors
/// A wrong passphrase; certificates of which none belongs to the key; an identity that is there already; the disk's.
pub fn issued(world: &World, key: &Path, certificates: &[Certificate], passphrase: &Passphrase, path: &Path) -> Result<Identity, Fault> {
    if world.files.exists(path) {
        return Err(taken(path));
    }
    let pem = world.files.read(key, LARGEST).map_err(|fault| because::of_file(key, &fault))?;
    let identity = Identity::issued(&pem, certificates, passphrase).map_err(|fault| because::of_identity(key, &fault))?;
    see_valid(world, identity.credentials())?;
    keep(world, path, &identity.to_pkcs12(passphrase).map_err(|fault| bad(path, &fault))?)?;
    Ok(identity)
}

/// Writes a file that holds a key, if there is none of that name.
fn keep(world: &World, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    world.files.write_new(path, bytes).map_err(|fault| match fault.kind() {
        std::io::ErrorKind::AlreadyExists => taken(path),
        _ => because::of_writing(path, &fault),
    })
}

/// The passphrase in a file: its first line, without the line end.
///
/// # Errors
/// A file that cannot be read, is no text, or begins with an empty line.
pub fn passphrase(world: &World, path: &Path) -> Result<Passphrase, Fault> {
    let bytes = zeroize::Zeroizing::new(world.files.read(path, LARGEST).map_err(|fault| because::of_file(path, &fault))?);
    let refuse = |reason: &str| {
        Fault::new(FaultCode::BadIdentity, format!("{}: {reason}", path.display())).with("path", path.display()).with("reason", reason)
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| refuse("the passphrase file is not text in UTF-8"))?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Passphrase::new(line.to_owned())),
        _ => Err(refuse("the passphrase file is empty; its first line is the passphrase")),
    }
}

/// Makes an identity whose key is never written.
///
/// # Errors
/// A name that cannot stand in a certificate.
pub fn unkept(world: &World, name: &str, organisation: &str) -> Result<Identity, Fault> {
    create(world, name, organisation).map_err(|fault| bad(Path::new(""), &fault))
}

fn create(world: &World, name: &str, organisation: &str) -> Result<Identity, CreateIdentityError> {
    let organisation = Some(organisation.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    // A minute back, so that a clock a little behind does not find it "not yet valid".
    let valid_from = world.clock.now() - chrono::Duration::minutes(1);
    Identity::create(&NewIdentity { name: name.trim().to_owned(), organisation, role: None, valid_from, valid_days: VALID_DAYS })
}

fn bad(path: &Path, fault: &dyn std::error::Error) -> Fault {
    Fault::new(FaultCode::BadIdentity, fault.to_string()).with("path", path.display()).with("reason", fault)
}
