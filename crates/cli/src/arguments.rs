//! What can be said on the command line. The doc comments below are the help that `--help` prints.

mod identity;

use clap::{Args, Parser, Subcommand, ValueHint};
use std::path::PathBuf;

pub use identity::{IdentityAct, Token};

/// Incident reports: written in the form a regulator or customer expects, checked, and handed over as one signed PDF.
///
/// A report is a `report.json`; its files (pictures, evidence) lie beside it in a folder `attachments`. `rapporteur new` begins one,
/// `check` says what is missing, `export` makes the PDF, `verify` judges it, `extract` gives the report back.
/// Nothing is sent anywhere unless you name a time-stamp authority or `extend` a file. Exit status: 0 done or sound, 1 refused or not sound, 2 not readable or not usable.
/// `-` reads standard input, and `-o -` writes to standard output. SOURCE_DATE_EPOCH (seconds since 1970) stops the clock, so that the same report gives the same bytes.
#[derive(Parser)]
#[command(name = "rapporteur", version, max_term_width = 100)]
pub struct Arguments {
    /// Replace a file that is there: a report, a signed file by a draft, or one that the same act did not make. A file that the act reads is
    /// never written over.
    #[arg(long, global = true)]
    pub force: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// List the forms: name, title, who expects it.
    ///
    /// With `--json` each form comes whole: labels, headings, guidance, where each fact was read and whether it was verified.
    Templates {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Begin a blank report in a form, or the next stage of an earlier one.
    ///
    /// A form of your own is a file ending in .toml; its faults are named with their lines, all at once. With `--from` the report of a later
    /// stage begins with everything the earlier one says: `rapporteur new dora-intermediate --from initial.json -o report.json`.
    New {
        /// The form's name, as `rapporteur templates` lists it, or a template file (.toml).
        template: String,
        /// The report of an earlier stage: a report.json, or a PDF made here.
        #[arg(long, value_name = "REPORT", value_hint = ValueHint::FilePath)]
        from: Option<PathBuf>,
        /// Where the report.json goes.
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Make a report of a text that was written elsewhere: plain text, Markdown, HTML, Word, tables, chats, incident logs.
    ///
    /// Every word is placed, waits in the report's tray, or is listed as left out; what was found and assumed is said on standard error. The text
    /// itself goes into `attachments` beside the report.json. A PDF made here gives back its own report.
    Import(Import),
    /// Say what two reports say differently, place by place. Exit status 1 when they differ.
    ///
    /// Ids do not count; how words are set, where links lead and the order of things do. With `--json`: [{place, lines: [{gone | new}]}]
    Diff {
        /// A report.json, or a PDF made here.
        one: PathBuf,
        /// Another.
        other: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what is missing or contradicts itself. Exit status 1 when something blocks filing.
    ///
    /// With `--json`: [{check, level: "blocks" | "answer" | "note", message, sources: [{text, where}], fix?, rule?, accepted?}];
    /// of several files: [{file, findings: [...]} | {file, error}]. One that cannot be read hides no other, and makes the exit status 2.
    Check {
        /// Report.json files, or PDFs, Markdown or HTML made here.
        #[arg(required = true)]
        reports: Vec<PathBuf>,
        /// What makes the exit status 1.
        #[arg(long, value_enum, default_value = "blocks", value_name = "LEVEL")]
        fail_on: FailOn,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what is due until when: counted from the events the report records, in its own zone and in UTC.
    ///
    /// With `--json`: {zone, events: [{key, label, guidance, origin, raw, at}], due: [{key, due, rule, clause, source, verified, state, at,
    /// words, ...}]}. What is late is told by this computer's clock; a rule that was not verified is marked, and fails no script.
    Clocks {
        /// A report.json, or a PDF, Markdown or HTML made here.
        report: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Make the exit status 1 where something is late or was filed late, or already when it is due soon; and where that cannot be told,
        /// because a limit cannot be counted or what was filed does not count. What waits for an event, or rests on an unverified rule, fails
        /// nothing.
        #[arg(long, value_enum, value_name = "STATE")]
        fail_on: Option<FailOnDue>,
        /// Also write what is still due as a calendar file (iCalendar).
        #[arg(long, value_name = "FILE.ics", value_hint = ValueHint::FilePath)]
        ics: Option<PathBuf>,
    },
    /// Make the PDF: archival (PDF/A-3a), accessible (PDF/UA-1), carrying the report and its files.
    ///
    /// Refuses, naming each reason, while something blocks filing; a `--draft` is made whatever blocks, watermarked and unsigned.
    /// `--sign` may be given several times, each with its `--passphrase-file`; the first signature certifies the file.
    /// `--as` writes the format a regime takes instead of a PDF, and refuses, naming each reason, while something is missing from it.
    Export(Export),
    /// Say whether PDFs are sound: signed, unchanged since, their headings all there. Exit status 1 when one is not.
    ///
    /// With `--json`: {bottom_line, signatures: [{signer, intact, valid, trusted, level, covers_whole_file, changed_since, time, time_source,
    /// fingerprint, remarks}], headings: {required, present, in_order, missing}, report_embedded, attachments: [{name, sha256, ok}]};
    /// of several files: [{file, ...} | {file, error}]. One that cannot be read hides no other, and makes the exit status 2.
    Verify {
        /// The PDFs.
        #[arg(required = true)]
        pdfs: Vec<PathBuf>,
        /// Whom you trust: a file of certificates (PEM or DER), or the SHA-256 of a certificate, its fingerprint, which you compared with the
        /// signer; may be given several times. Without any, signers are named but not judged, and the words are "Unchanged; signer unknown".
        #[arg(long, value_name = "CA.pem|SHA256")]
        trust: Vec<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Sign a PDF that lies there, ours or anybody's, in a place it has for that; the signatures before stay as they are.
    ///
    /// Without `--field` it is the place that bears the signer's name, else the next free one. A file that is not sound is signed by nobody.
    Sign(Sign),
    /// Add to a signed PDF, ours or anybody's, what is needed to judge it years later; nothing in it changes.
    ///
    /// `t` is a trusted time (PAdES B-T); `lt` adds the certificates, and proofs from whoever issued them that they were not revoked (B-LT), asked
    /// for at the addresses that the certificates name; `lta` adds a time-stamp over all that (B-LTA), or renews it. What cannot be had is named,
    /// costs its level, and makes the exit status 1; what was had is written.
    Extend(Extend),
    /// Take the report, and its files, out of a PDF.
    Extract {
        /// The PDF.
        pdf: PathBuf,
        /// Where the report.json goes.
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
        /// Where its files go. A folder `attachments` beside the report.json makes it ready to export again.
        #[arg(long, value_name = "DIR")]
        attachments: Option<PathBuf>,
    },
    /// Make an identity to sign with.
    Identity {
        #[command(subcommand)]
        act: IdentityAct,
    },
    /// Show the main job: a finished sample, checked, signed and verified in a folder.
    Demo {
        /// The folder; `rapporteur-demo` here if none is given.
        folder: Option<PathBuf>,
    },
    /// Write the finished sample of a form, with its files beside it.
    Sample {
        /// The form's name, as `rapporteur templates` lists it.
        template: String,
        /// Where the report.json goes.
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Print the JSON Schema of report.json.
    ///
    /// For programs that write reports. What has no place in it is refused by name, never dropped.
    Schema,
}

/// From which level on a finding fails a check.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum FailOn {
    /// What blocks filing.
    Blocks,
    /// What needs an answer or a reason, too.
    Answer,
    /// Notes, too.
    Note,
}

/// From which state on a due time fails.
#[derive(Clone, Copy, Eq, PartialEq, clap::ValueEnum)]
pub enum FailOnDue {
    /// It has passed.
    Late,
    /// Little of it is left.
    DueSoon,
}

#[derive(Args)]
pub struct Import {
    /// The text; `-` reads standard input.
    pub file: PathBuf,
    /// The form: its name, or a template file of your own (.toml). Without it the form is recognised by its headings and labels.
    #[arg(long, value_name = "ID|FILE")]
    pub template: Option<String>,
    /// How dates such as 02/06/2020 are read, where the text leaves it open.
    #[arg(long, value_enum, value_name = "ORDER")]
    pub dates: Option<Dates>,
    /// The year of days written without one.
    #[arg(long)]
    pub year: Option<i32>,
    /// The day of rows that state none (2026-03-11); the report then says that it is assumed.
    #[arg(long, value_name = "DAY")]
    pub day: Option<chrono::NaiveDate>,
    /// Leave rows that state no day without one, also where the text names the day elsewhere.
    #[arg(long, conflicts_with = "day")]
    pub dayless: bool,
    /// The zone of the times, such as Europe/London.
    #[arg(long)]
    pub zone: Option<String>,
    /// The encoding of the text, such as windows-1252, where it cannot be told from its bytes.
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// When the recording started whose transcript this is: "2026-03-11 09:30", with a Z behind it for UTC. Without it, and without a start in
    /// the file's name, its times stay what they are: counted from the start.
    #[arg(long, value_name = "MOMENT")]
    pub start: Option<String>,
    /// Which text counts where a page holds two versions of it, or tracked changes.
    #[arg(long, value_enum, value_name = "VERSION")]
    pub keep: Option<Keep>,
    /// Print JSON: where every piece of the text went, how well each form fits, what is open, and the findings.
    #[arg(long)]
    pub json: bool,
    /// Where the report.json goes.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Dates {
    /// 02/06/2020 is 2 June.
    DayMonth,
    /// 02/06/2020 is 6 February.
    MonthDay,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Keep {
    /// The earlier text; the later one waits in the tray.
    Earlier,
    /// The later text; the earlier one waits in the tray.
    Later,
    /// Both.
    Both,
}

#[derive(Args)]
pub struct Export {
    /// The report.json; a PDF, Markdown or HTML made here will do, too.
    pub report: PathBuf,
    /// Where the PDF goes.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Make a text for another program instead of the PDF, or the format that a regime takes. What blocks filing does not stop the former; the
    /// latter is refused, naming each reason, while something is missing from it.
    #[arg(long = "as", value_name = "FORMAT", value_enum, conflicts_with_all = ["draft", "sign", "passphrase_file", "timestamp", "level", "paper"])]
    pub text: Option<Text>,
    /// Make a draft.
    #[arg(long, conflicts_with = "sign")]
    pub draft: bool,
    /// Who signs: an identity in PKCS #12, or PEM with the certificates and the key under a passphrase; or a key on a token, by its address
    /// (pkcs11:…), as `rapporteur identity tokens` lists it.
    #[arg(long, value_name = "ID.p12|pkcs11:…", requires = "passphrase_file")]
    pub sign: Vec<String>,
    /// A file whose first line is the identity's passphrase or the token's PIN, one for each `--sign`.
    #[arg(long, value_name = "FILE", requires = "sign")]
    pub passphrase_file: Vec<PathBuf>,
    #[command(flatten)]
    pub token: Token,
    /// A time-stamp authority (RFC 3161); of several, the first that answers.
    #[arg(long, value_name = "URL", requires = "sign", value_parser = address)]
    pub timestamp: Vec<String>,
    /// How far to bring the signed file in one go: `b` takes this computer's clock, `t` a trusted time, `lt` and `lta` do what `extend` does. An
    /// authority that gives nothing costs the level, which is said, and never the signature.
    #[arg(long, value_enum, requires = "sign")]
    pub level: Option<SignLevel>,
    /// The paper.
    #[arg(long, value_enum, default_value = "a4")]
    pub paper: Paper,
}

/// The levels at which a report can be signed (PAdES B-B, B-T, B-LT, B-LTA).
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub enum SignLevel {
    /// By this computer's clock.
    B,
    /// With a trusted time.
    T,
    /// And proofs.
    Lt,
    /// And a time-stamp over them.
    Lta,
}

impl SignLevel {
    pub fn reach(self) -> Option<seal::Reach> {
        match self {
            Self::B => None,
            Self::T => Some(seal::Reach::Time),
            Self::Lt => Some(seal::Reach::Proofs),
            Self::Lta => Some(seal::Reach::Archive),
        }
    }
}

#[derive(Args)]
pub struct Sign {
    /// The PDF.
    pub pdf: PathBuf,
    /// Where the signed PDF goes.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Who signs: an identity in PKCS #12, or PEM with the certificates and the key under a passphrase; or a key on a token, by its address
    /// (pkcs11:…), as `rapporteur identity tokens` lists it.
    #[arg(long, value_name = "ID.p12|pkcs11:…")]
    pub sign: String,
    /// A file whose first line is the identity's passphrase or the token's PIN.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: PathBuf,
    #[command(flatten)]
    pub token: Token,
    /// The field to sign in, by its name.
    #[arg(long, value_name = "NAME")]
    pub field: Option<String>,
    /// Why you sign, in your words.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// A time-stamp authority (RFC 3161); of several, the first that answers.
    #[arg(long, value_name = "URL", value_parser = address)]
    pub timestamp: Vec<String>,
}

#[derive(Args)]
pub struct Extend {
    /// The signed PDF.
    pub pdf: PathBuf,
    /// Where the PDF goes that has more in it.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// How far.
    #[arg(long, value_enum, default_value = "lta")]
    pub level: Level,
    /// A time-stamp authority (RFC 3161); of several, the first that answers.
    #[arg(long, value_name = "URL", value_parser = address)]
    pub timestamp: Vec<String>,
    /// Certificates of issuers (PEM or DER) that neither the file holds nor an address gives.
    #[arg(long, value_name = "CA.pem")]
    pub certificate: Vec<PathBuf>,
}

/// How far a signed file is brought.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Level {
    /// A trusted time.
    T,
    /// And proofs.
    Lt,
    /// And a time-stamp over them.
    Lta,
}

/// The address of a time-stamp authority.
fn address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")).map(|rest| rest.split(['/', ':']).next());
    match host {
        Some(Some(host)) if !host.is_empty() && !text.contains(char::is_whitespace) => Ok(text.to_owned()),
        _ => Err("an address begins with http:// or https:// and names a host".to_owned()),
    }
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Text {
    /// The whole report for a wiki or a repository; every command reads it like a report.json.
    Markdown,
    /// The whole report as a web page; every command reads it like a report.json.
    Html,
    /// The timeline for a spreadsheet.
    CsvTimeline,
    /// The actions for a spreadsheet.
    CsvActions,
    /// The JSON IR-1.2 of a DORA report.
    #[value(name = "ir-1.2")]
    Ir12,
    /// The Markdown that CCADB prescribes for a CA's incident report.
    CcadbMarkdown,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}
