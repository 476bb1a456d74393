//! The identities a person has used or made: where their files lie, or which tokens hold them, and what is known of them. Passphrases, PINs and
//! keys are never kept.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::filing::{IdentityCard, IdentityKind, NewIdentityRequest};
use crate::identities;
use seal::{Credentials, Passphrase, Signer};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const KEY: &str = "identities";

/// What is remembered of an identity.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    #[serde(default)]
    kind: IdentityKind,
    path: PathBuf,
    name: String,
    organisation: String,
    fingerprint: String,
    not_after: String,
    made_here: bool,
    /// Taken out of the list, and kept only so that it can be brought back.
    #[serde(default)]
    removed: bool,
}

impl Desk {
    /// The identities known here, the last used first.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn identities(&self) -> Result<Vec<IdentityCard>, Fault> {
        Ok(self.known()?.iter().filter(|known| !known.removed).map(|known| self.card(known)).collect())
    }

    /// Makes an identity; without a path its file lies beside the library, named after its holder.
    ///
    /// # Errors
    /// A name or passphrase that will not do, or the disk's.
    pub fn identity_new(&self, request: &NewIdentityRequest) -> Result<IdentityCard, Fault> {
        let path = request.path.as_ref().map_or_else(|| self.free_path(&request.name), PathBuf::from);
        let passphrase = Passphrase::new(request.passphrase.clone());
        let identity = identities::make(&self.world, &request.name, &request.organisation, &passphrase, &path)?;
        self.remember(IdentityKind::File, &path, identity.credentials(), Some(true))
    }

    /// Remembers where an identity lies; who it is will be known once it is opened.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn identity_add(&self, path: &Path) -> Result<IdentityCard, Fault> {
        if !self.world.files.exists(path) {
            return Err(Fault::new(FaultCode::Gone, format!("there is no file {}", path.display())).with("path", path.display()));
        }
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let known = Known {
            kind: IdentityKind::File,
            path: path.to_path_buf(),
            name: stem,
            organisation: String::new(),
            fingerprint: String::new(),
            not_after: String::new(),
            made_here: false,
            removed: false,
        };
        self.keep(known)
    }

    /// Takes an identity out of the list, or brings it back to where it stood. Its file is left where it lies.
    ///
    /// # Errors
    /// Those of reading and writing the library; [`FaultCode::Gone`] for one that was never known.
    pub fn list_identity(&self, path: &Path, listed: bool) -> Result<(), Fault> {
        let mut all = self.known()?;
        let known = all.iter_mut().find(|known| known.path == path);
        let gone = || Fault::new(FaultCode::Gone, format!("no identity {} is known", path.display())).with("path", path.display());
        known.ok_or_else(gone)?.removed = !listed;
        self.library().set_setting(KEY, &all).map_err(|fault| because::of_saving(&fault))
    }

    /// Looks for cards and tokens by the modules that are installed, and puts the keys on them that can sign into the list.
    ///
    /// # Errors
    /// Those of the library. A module that cannot be used is passed over.
    pub fn look_for_tokens(&self) -> Result<Vec<IdentityCard>, Fault> {
        let found = identities::on_tokens(&self.world, None)?;
        found.iter().map(|key| self.remember(IdentityKind::Token, Path::new(&key.address), &key.credentials, Some(false))).collect()
    }

    /// Whether a key on a token is in the list. What is not there is asked of no token: an address can name a module to be loaded.
    pub(crate) fn knows_token(&self, address: &str) -> Result<bool, Fault> {
        Ok(self.known()?.iter().any(|known| known.kind == IdentityKind::Token && known.path == Path::new(address)))
    }

    /// Remembers what an opened identity says of itself. `made_here` is kept as it was where it is not given.
    pub(crate) fn remember(
        &self,
        kind: IdentityKind,
        path: &Path,
        credentials: &Credentials,
        made_here: Option<bool>,
    ) -> Result<IdentityCard, Fault> {
        let earlier = self.known()?.into_iter().find(|known| known.path == path).is_some_and(|known| known.made_here);
        let signer = credentials.facts();
        self.keep(Known {
            kind,
            path: path.to_path_buf(),
            name: signer.name.clone(),
            organisation: signer.organisation.clone().unwrap_or_default(),
            fingerprint: signer.fingerprint_sha256.clone(),
            not_after: signer.not_after.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            made_here: made_here.unwrap_or(earlier),
            removed: false,
        })
    }

    fn known(&self) -> Result<Vec<Known>, Fault> {
        Ok(self.library().setting(KEY).map_err(|fault| because::of_reading(&fault))?.unwrap_or_default())
    }

    fn keep(&self, known: Known) -> Result<IdentityCard, Fault> {
        let card = self.card(&known);
        let mut all = self.known()?;
        all.retain(|other| other.path != known.path);
        all.insert(0, known);
        self.library().set_setting(KEY, &all).map_err(|fault| because::of_saving(&fault))?;
        Ok(card)
    }

    fn card(&self, known: &Known) -> IdentityCard {
        IdentityCard {
            kind: known.kind,
            path: known.path.display().to_string(),
            name: known.name.clone(),
            organisation: known.organisation.clone(),
            fingerprint: known.fingerprint.clone(),
            not_after: known.not_after.clone(),
            made_here: known.made_here,
            present: known.kind == IdentityKind::Token || self.world.files.exists(&known.path),
        }
    }

    fn free_path(&self, name: &str) -> PathBuf {
        let words: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let stem = words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        let stem = if stem.is_empty() { "identity".to_owned() } else { stem };
        let place = |n: u32| self.folder.join(if n == 1 { format!("{stem}.p12") } else { format!("{stem}-{n}.p12") });
        (1..).map(place).find(|path| !self.world.files.exists(path)).unwrap_or_else(|| place(1))
    }
}
