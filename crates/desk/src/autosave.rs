//! When to save: soon after the last keystroke, and never long after the first one that is not on disk.
//! Always true: an edit is written within 300 ms of the last keystroke, and within 2 s while somebody goes on typing.

/// Quiet for this long means that the hand rests.
const QUIET_MS: u64 = 150;
/// Typing on for this long is saved all the same.
const LONGEST_MS: u64 = 1_500;
/// After a failed save the next try comes this much later.
const RETRY_MS: u64 = 2_000;

/// What is not on disk yet, and since when. Times are milliseconds of a clock that never runs back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Autosave {
    waiting: Option<Waiting>,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    since: u64,
    last: u64,
    not_before: u64,
}

impl Autosave {
    /// An edit was made.
    pub fn edited(&mut self, now: u64) {
        let since = self.waiting.map_or(now, |waiting| waiting.since);
        let not_before = self.waiting.map_or(0, |waiting| waiting.not_before);
        self.waiting = Some(Waiting { since, last: now, not_before });
    }

    /// Everything is on disk.
    pub fn saved(&mut self) {
        self.waiting = None;
    }

    /// The save failed; what waits goes on waiting, and is tried again a little later.
    pub fn failed(&mut self, now: u64) {
        if let Some(waiting) = &mut self.waiting {
            waiting.not_before = now + RETRY_MS;
        }
    }

    /// Whether something is not on disk.
    pub fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// When to save; none while everything is on disk.
    pub fn due(&self) -> Option<u64> {
        self.waiting.map(|waiting| (waiting.last + QUIET_MS).min(waiting.since + LONGEST_MS).max(waiting.not_before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_saves_soon_and_typing_on_saves_in_time() {
        let mut autosave = Autosave::default();
        assert_eq!(autosave.due(), None);
        autosave.edited(1_000);
        assert_eq!(autosave.due(), Some(1_150));
        for at in (1_100..9_000).step_by(100) {
            autosave.edited(at);
        }
        assert_eq!(autosave.due(), Some(2_500), "the first unsaved edit waits no longer");
        autosave.saved();
        assert!(!autosave.waits());
    }

    #[test]
    fn a_failed_save_is_tried_again_and_forgets_nothing() {
        let mut autosave = Autosave::default();
        autosave.edited(0);
        autosave.failed(200);
        assert_eq!(autosave.due(), Some(2_200));
        autosave.edited(300);
        assert_eq!(autosave.due(), Some(2_200));
        assert!(autosave.waits());
    }
}
