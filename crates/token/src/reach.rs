//! The near side: begins the process that loads a module, asks it, and ends it.
//! Always true: every question has a time limit; whatever becomes of that process, the answer here is a value.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::{
    helper::ARGUMENT,
    words::{Answer, Ask, MARK, Refusal},
};

/// How such a process is begun, and how long it may take.
#[derive(Clone, Debug)]
pub struct Helper {
    program: PathBuf,
    patience: Duration,
}

/// Why a question has no answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// The process could not be begun.
    #[error("the program that speaks to tokens could not be started: {reason}")]
    NotStarted {
        /// Why.
        reason: String,
    },
    /// The module ended its process.
    #[error("the module for the token crashed ({how}); Rapporteur is unharmed, and nothing was signed")]
    Crashed {
        /// How it ended.
        how: String,
    },
    /// The module did not answer in time.
    #[error("the module for the token did not answer within {seconds} seconds; nothing was signed")]
    Hung {
        /// How long it was waited for.
        seconds: u64,
    },
    /// What came back is no answer to what was asked.
    #[error("the module for the token answered something else")]
    Unexpected,
    /// The token said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Helper {
    /// Long enough for a person to type a PIN at a reader, and for a slow card to sign.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// This program begun anew. It must call [`crate::serve_if_asked`] first of all.
    pub fn this_program() -> Self {
        // Where the system cannot tell, beginning it fails with a sentence.
        Self { program: std::env::current_exe().unwrap_or_default(), patience: Self::PATIENCE }
    }

    /// The same with another time limit for each answer.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    pub(crate) fn begin(&self, module: &Path) -> Result<Connection, Trouble> {
        let mut command = Command::new(&self.program);
        command.arg(ARGUMENT).arg(module).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let not_started = |fault: io::Error| Trouble::NotStarted { reason: fault.to_string() };
        let mut child = command.spawn().map_err(not_started)?;
        let (sender, answers) = mpsc::channel();
        let stdin = child.stdin.take();
        if let Some(stdout) = child.stdout.take() {
            std::thread::spawn(move || {
                let lines = BufReader::new(stdout).lines().map_while(Result::ok);
                let answers = lines.filter_map(|line| serde_json::from_str(line.strip_prefix(MARK)?).ok());
                answers.take_while(|answer: &Answer| sender.send(answer.clone()).is_ok()).for_each(drop);
            });
        }
        Ok(Connection { child, stdin, answers, patience: self.patience })
    }
}

/// A process that speaks to one module.
pub(crate) struct Connection {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: Receiver<Answer>,
    patience: Duration,
}

impl Connection {
    /// Asks, and waits for the answer. After trouble other than a refusal the process is gone.
    pub(crate) fn ask(&mut self, ask: &Ask) -> Result<Answer, Trouble> {
        let line = Zeroizing::new(serde_json::to_string(ask).map_err(|_| Trouble::Unexpected)?);
        let written = self.stdin.as_mut().map(|stdin| writeln!(stdin, "{}", line.as_str()).and_then(|()| stdin.flush()));
        if !matches!(written, Some(Ok(()))) {
            return Err(self.ended());
        }
        match self.answers.recv_timeout(self.patience) {
            Ok(Answer::Refused(refusal)) => Err(refusal.into()),
            Ok(answer) => Ok(answer),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
            Err(RecvTimeoutError::Timeout) => {
                self.end();
                Err(Trouble::Hung { seconds: self.patience.as_secs() })
            }
        }
    }

    fn ended(&mut self) -> Trouble {
        self.stdin = None;
        let how = match self.within(Duration::from_secs(1)) {
            Some(status) => status,
            None => {
                self.end();
                "it stopped answering".to_owned()
            }
        };
        Trouble::Crashed { how }
    }

    /// How the process ended, if it does so in time.
    fn within(&mut self, limit: Duration) -> Option<String> {
        let start = Instant::now();
        while start.elapsed() < limit {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status.to_string()),
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                Err(_) => return None,
            }
        }
        None
    }

    fn end(&mut self) {
        self.stdin = None;
        // It may have ended by itself meanwhile.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

impl Drop for Connection {
    /// Lets the process log out of the token, and ends it if it does not end by itself.
    fn drop(&mut self) {
        self.stdin = None;
        if self.within(Duration::from_millis(500)).is_none() {
            self.end();
        }
    }
}
