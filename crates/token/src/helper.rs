//! The process that loads a module. It answers questions from standard input until that ends.
//! Always true: a PIN goes to one token alone, and only when exactly one is meant.

use std::ffi::OsStr;
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
    mechanism::{
        Mechanism,
        eddsa::{EddsaParams, EddsaSignatureScheme},
    },
    object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    slot::{Slot, TokenInfo},
    types::AuthPin,
};
use zeroize::Zeroizing;

use crate::{
    Address,
    words::{Answer, Ask, How, KeyFacts, MARK, Pin, Refusal, TokenFacts, Tries},
};

/// The first argument of such a process; the second is the module.
pub(crate) const ARGUMENT: &str = "token-helper";

/// More than any token holds; each certificate is read whole.
const MOST_OBJECTS: usize = 256;

/// Serves, where this process was begun for that; else None at once. A program calls it before anything else.
pub fn serve_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let asked = arguments.next().is_some_and(|argument| argument == OsStr::new(ARGUMENT));
    let module = arguments.next().filter(|_| asked)?;
    serve(Path::new(&module));
    Some(ExitCode::SUCCESS)
}

fn serve(module: &Path) {
    let mut loaded = None;
    let mut lines = std::io::stdin().lock();
    loop {
        let mut line = Zeroizing::new(String::new());
        if !lines.read_line(&mut line).is_ok_and(|length| length > 0) {
            return;
        }
        let Ok(ask) = serde_json::from_str(&line) else { return };
        let answer = match loaded_once(&mut loaded, module).and_then(|loaded| loaded.answer(ask)) {
            Ok(answer) => answer,
            Err(refusal) => Answer::Refused(refusal),
        };
        let Ok(json) = serde_json::to_string(&answer) else { return };
        // Whatever the module has printed ends its line here.
        let mut out = std::io::stdout().lock();
        if writeln!(out, "\n{MARK}{json}").and_then(|()| out.flush()).is_err() {
            return;
        }
    }
}

/// A module that is loaded, and the token opened through it.
struct Loaded {
    module: Pkcs11,
    open: Option<Open>,
}

struct Open {
    session: Session,
    keys: Vec<(ObjectHandle, KeyFacts)>,
}

fn loaded_once<'a>(loaded: &'a mut Option<Loaded>, module: &Path) -> Result<&'a mut Loaded, Refusal> {
    if loaded.is_none() {
        let refused = |fault: Error| Refusal::Module { reason: format!("{}: {fault}", module.display()) };
        let begun = Pkcs11::new(module).map_err(refused)?;
        begun.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(refused)?;
        *loaded = Some(Loaded { module: begun, open: None });
    }
    loaded.as_mut().ok_or(Refusal::NoKey)
}

impl Loaded {
    fn answer(&mut self, ask: Ask) -> Result<Answer, Refusal> {
        match ask {
            Ask::Look => Ok(Answer::Tokens(self.tokens()?.into_iter().map(|(_, _, facts)| facts).collect())),
            Ask::Open { address, pin } => self.open(&address, pin),
            Ask::Sign { key, how, input } => self.sign(key, how, &input).map(Answer::Signed),
        }
    }

    fn tokens(&self) -> Result<Vec<(Slot, TokenInfo, TokenFacts)>, Refusal> {
        let mut found = Vec::new();
        for slot in self.module.get_slots_with_token().map_err(failed)? {
            // A slot may hold a card that this module does not read.
            let Ok(info) = self.module.get_token_info(slot) else { continue };
            if !info.token_initialized() {
                continue;
            }
            let text = |text: &str| text.trim_end_matches([' ', '\0']).to_owned();
            let keys = self.module.open_ro_session(slot).and_then(|session| certificates(&session)).unwrap_or_default();
            let facts = TokenFacts {
                label: text(info.label()),
                serial: text(info.serial_number()),
                manufacturer: text(info.manufacturer_id()),
                model: text(info.model()),
                tries: tries(&info),
                keys,
            };
            found.push((slot, info, facts));
        }
        Ok(found)
    }

    fn open(&mut self, address: &Address, pin: Option<Pin>) -> Result<Answer, Refusal> {
        let mut tokens = self.tokens()?;
        let names = |tokens: &[(Slot, TokenInfo, TokenFacts)]| {
            let named: Vec<String> =
                tokens.iter().map(|(.., token)| format!("“{}”, serial number {}", token.label, token.serial)).collect();
            if named.is_empty() { "no token at all".to_owned() } else { named.join("; ") }
        };
        let there = names(&tokens);
        tokens.retain(|(.., token)| address.means_token(token));
        let (slot, info) = match tokens.as_slice() {
            [] => return Err(Refusal::NoToken { there }),
            [(slot, info, _)] => (*slot, info),
            several => return Err(Refusal::SeveralTokens { labels: names(several) }),
        };
        if info.user_pin_locked() {
            return Err(Refusal::Locked);
        }
        let session = self.module.open_ro_session(slot).map_err(failed)?;
        if info.login_required() {
            self.log_in(&session, slot, info, pin)?;
        }
        let every = certificates(&session).map_err(failed)?;
        let keys = keys(&session, &every).map_err(failed)?;
        let facts = keys.iter().map(|(_, facts)| facts.clone()).collect();
        self.open = Some(Open { session, keys });
        Ok(Answer::Opened { keys: facts, certificates: every.into_iter().map(|one| one.certificate).collect() })
    }

    fn log_in(&self, session: &Session, slot: Slot, info: &TokenInfo, pin: Option<Pin>) -> Result<(), Refusal> {
        let pin = pin.map(|pin| AuthPin::from(pin.0.as_str()));
        if pin.is_none() && !info.protected_authentication_path() {
            return Err(Refusal::PinNeeded);
        }
        match session.login(UserType::User, pin.as_ref()) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
            Err(Error::Pkcs11(RvError::PinIncorrect | RvError::PinLenRange | RvError::PinInvalid, _)) => {
                let tries = self.module.get_token_info(slot).map_or(Tries::Untold, |info| tries(&info));
                Err(Refusal::WrongPin { tries })
            }
            Err(Error::Pkcs11(RvError::PinLocked, _)) => Err(Refusal::Locked),
            Err(Error::Pkcs11(RvError::PinExpired, _)) => Err(Refusal::PinExpired),
            Err(fault) => Err(failed(fault)),
        }
    }

    fn sign(&self, key: usize, how: How, input: &[u8]) -> Result<Vec<u8>, Refusal> {
        let open = self.open.as_ref().ok_or(Refusal::NoKey)?;
        let (handle, _) = open.keys.get(key).ok_or(Refusal::NoKey)?;
        let mechanism = match how {
            How::Rsa => Mechanism::RsaPkcs,
            How::Ecdsa => Mechanism::Ecdsa,
            How::Eddsa => Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Ed25519)),
        };
        open.session.sign(&mechanism, *handle, input).map_err(failed)
    }
}

fn failed(fault: Error) -> Refusal {
    Refusal::Failed { reason: fault.to_string() }
}

fn tries(info: &TokenInfo) -> Tries {
    if info.user_pin_locked() {
        Tries::None
    } else if info.user_pin_final_try() {
        Tries::Last
    } else if info.user_pin_count_low() {
        Tries::Fewer
    } else {
        Tries::Untold
    }
}

/// Every X.509 certificate that the session sees.
fn certificates(session: &Session) -> Result<Vec<KeyFacts>, Error> {
    let wanted = [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::CertificateType(CertificateType::X_509)];
    let mut found = Vec::new();
    for handle in session.find_objects(&wanted)?.into_iter().take(MOST_OBJECTS) {
        let attributes = session.get_attributes(handle, &[AttributeType::Value, AttributeType::Label, AttributeType::Id])?;
        let mut facts = KeyFacts { label: String::new(), certificate_label: String::new(), id: Vec::new(), certificate: Vec::new() };
        for attribute in attributes {
            match attribute {
                Attribute::Value(der) => facts.certificate = der,
                Attribute::Label(label) => facts.certificate_label = String::from_utf8_lossy(&label).into_owned(),
                Attribute::Id(id) => facts.id = id,
                _ => {}
            }
        }
        facts.label.clone_from(&facts.certificate_label);
        found.push(facts);
    }
    Ok(found)
}

/// The private keys that share an identifier with a certificate.
fn keys(session: &Session, certificates: &[KeyFacts]) -> Result<Vec<(ObjectHandle, KeyFacts)>, Error> {
    let mut found = Vec::new();
    for handle in session.find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)])?.into_iter().take(MOST_OBJECTS) {
        let (mut own, mut label) = (Vec::new(), String::new());
        for attribute in session.get_attributes(handle, &[AttributeType::Id, AttributeType::Label])? {
            match attribute {
                Attribute::Id(id) => own = id,
                Attribute::Label(bytes) => label = String::from_utf8_lossy(&bytes).into_owned(),
                _ => {}
            }
        }
        let of_key = certificates.iter().filter(|certificate| certificate.id == own);
        found.extend(of_key.map(|certificate| (handle, KeyFacts { label: label.clone(), ..certificate.clone() })));
    }
    Ok(found)
}
