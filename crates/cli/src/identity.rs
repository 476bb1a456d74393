//! `identity`: making one, and the keys on tokens.

use crate::Ended;
use crate::arguments::{IdentityAct, Token};
use desk::ports::World;
use desk::{Fault, identities};
use seal::SignerFacts;
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

pub fn act(world: &World, act: IdentityAct) -> Result<Ended, Fault> {
    match act {
        IdentityAct::New { name, organisation, output, passphrase_file } => {
            let passphrase = identities::passphrase(world, &passphrase_file)?;
            let identity = identities::make(world, &name, organisation.as_deref().unwrap_or_default(), &passphrase, &output)?;
            told(&output, identity.signer());
        }
        IdentityAct::Request { name, organisation, role, output, key, passphrase_file } => {
            let who = (name.as_str(), organisation.as_deref(), role.as_deref());
            identities::request(world, who, &identities::passphrase(world, &passphrase_file)?, &key, &output)?;
            crate::out::line(format_args!("{}: for the authority; the key in {} is for nobody else", output.display(), key.display()));
        }
        IdentityAct::Issued { certificates, key, output, passphrase_file } => {
            let certificates = crate::verify::certificates(world, &certificates)?;
            let passphrase = identities::passphrase(world, &passphrase_file)?;
            let identity = identities::issued(world, &key, &certificates, &passphrase, &output)?;
            told(&output, identity.signer());
        }
        IdentityAct::Tokens { token, json } => tokens(world, &token, json)?,
    }
    Ok(Ended::Done)
}

/// Says whose identity was written.
fn told(output: &Path, signer: &SignerFacts) {
    crate::out::line(format_args!("{}: {}, valid until {}", output.display(), signer.name, signer.not_after.format("%-d %B %Y")));
    crate::out::line(format_args!("fingerprint (SHA-256): {}", signer.fingerprint_sha256));
}

/// The same world, in which tokens have so long to answer.
pub fn waiting(world: &World, token: &Token) -> World {
    World { tokens: world.tokens.clone().waiting(Duration::from_secs(token.wait)), ..world.clone() }
}

/// A key on a token as `identity tokens --json` prints it.
#[derive(Serialize)]
struct Listed<'a> {
    address: &'a str,
    token: &'a str,
    name: &'a str,
    organisation: Option<&'a str>,
    not_after: String,
    fingerprint: &'a str,
}

fn tokens(world: &World, token: &Token, json: bool) -> Result<(), Fault> {
    let found = identities::on_tokens(&waiting(world, token), token.module.as_deref())?;
    let listed = found.iter().map(|key| {
        let facts = key.credentials.facts();
        Listed {
            address: &key.address,
            token: &key.token,
            name: &facts.name,
            organisation: facts.organisation.as_deref(),
            not_after: facts.not_after.to_rfc3339(),
            fingerprint: &facts.fingerprint_sha256,
        }
    });
    if json {
        return crate::verify::print_json(&listed.collect::<Vec<_>>());
    }
    for key in &found {
        let facts = key.credentials.facts();
        let until = facts.not_after.format("%-d %B %Y");
        crate::out::line(format_args!("{}\n  {} on “{}”, valid until {until}", key.address, facts.name, key.token));
    }
    if found.is_empty() {
        crate::out::tell("rapporteur: no token shows a certificate for signing documents");
    }
    Ok(())
}
