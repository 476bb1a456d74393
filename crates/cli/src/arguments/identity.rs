//! `identity`, and how tokens are spoken to.

use clap::{Args, Subcommand, ValueHint};
use std::path::PathBuf;

/// How tokens are spoken to.
#[derive(Args)]
pub struct Token {
    /// The module (PKCS #11) that speaks to the token, as its maker gives it; the usual places are searched without it.
    #[arg(long = "token", value_name = "MODULE", value_hint = ValueHint::FilePath)]
    pub module: Option<PathBuf>,
    /// How many seconds a token may take to answer.
    #[arg(long = "token-wait", value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub wait: u64,
}

#[derive(Subcommand)]
pub enum IdentityAct {
    /// Make a key and a certificate for it (P-256, valid for two years) in one encrypted file.
    ///
    /// Others cannot look such an identity up; give them its fingerprint, which this command prints, on another way.
    New {
        /// Whose it is.
        #[arg(long)]
        name: String,
        /// For whom they act.
        #[arg(long, value_name = "ORG")]
        organisation: Option<String>,
        /// Where the identity goes. A file that is there is never overwritten.
        #[arg(short, long, value_name = "ID.p12")]
        output: PathBuf,
        /// A file whose first line is the passphrase.
        #[arg(long, value_name = "FILE")]
        passphrase_file: PathBuf,
    },
    /// Make a key, and a request for a certificate for it (PKCS #10) that an organisation's authority takes.
    ///
    /// The key lies under the passphrase in a file of its own; `identity issued` makes an identity of it once the certificate is there.
    Request {
        /// Whose it is.
        #[arg(long)]
        name: String,
        /// For whom they act.
        #[arg(long, value_name = "ORG")]
        organisation: Option<String>,
        /// What they are there.
        #[arg(long)]
        role: Option<String>,
        /// Where the request goes.
        #[arg(short, long, value_name = "REQUEST.csr")]
        output: PathBuf,
        /// Where the key goes. A file that is there is never overwritten.
        #[arg(long, value_name = "KEY.pem")]
        key: PathBuf,
        /// A file whose first line is the passphrase.
        #[arg(long, value_name = "FILE")]
        passphrase_file: PathBuf,
    },
    /// Take in the certificate that an authority issued for a request; it must belong to the key.
    Issued {
        /// The certificate (PEM or DER), and those of its issuers.
        #[arg(required = true, value_name = "CERTIFICATE")]
        certificates: Vec<PathBuf>,
        /// The key that the request was made with.
        #[arg(long, value_name = "KEY.pem")]
        key: PathBuf,
        /// Where the identity goes, under the same passphrase. A file that is there is never overwritten.
        #[arg(short, long, value_name = "ID.p12")]
        output: PathBuf,
        /// A file whose first line is the passphrase.
        #[arg(long, value_name = "FILE")]
        passphrase_file: PathBuf,
    },
    /// List the keys on tokens that can sign, each with the address that `--sign` takes.
    ///
    /// A token that shows its certificates only after the PIN is not listed; name it by its label: pkcs11:token=LABEL.
    Tokens {
        #[command(flatten)]
        token: Token,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}
