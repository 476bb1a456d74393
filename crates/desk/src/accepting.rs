//! Accepting a finding: who did, and when, is recorded by the desk. Always true: an acceptance that already says so keeps its words, so that
//! undo, redo and a file from elsewhere bring back what stood there. Deliberately absent: when it ends; a finding's key sees to that.

use crate::desk::Desk;
use crate::fault::Fault;
use chrono::SecondsFormat;
use report::papers::Accepted;
use report::{Change, Edit};
use std::borrow::Cow;

impl Desk {
    /// The edit with who accepts and when filled in, and whether anything was.
    pub(crate) fn who_accepts<'a>(&self, edit: &'a Edit) -> Result<(Cow<'a, Edit>, bool), Fault> {
        if !accepts(edit) {
            return Ok((Cow::Borrowed(edit), false));
        }
        let (by, at) = (self.author()?, self.world.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true));
        let mut edit = edit.clone();
        fill(&mut edit, &|accepted| {
            accepted.by = by.clone();
            accepted.at = at.clone();
        });
        Ok((Cow::Owned(edit), true))
    }

    /// Who sits at the desk: the name in the settings, else that of the identity they sign with, else nobody that is known.
    fn author(&self) -> Result<String, Fault> {
        let name = self.settings()?.name.trim().to_owned();
        if !name.is_empty() {
            return Ok(name);
        }
        Ok(self.identities()?.into_iter().map(|card| card.name).next().unwrap_or_default())
    }
}

fn unsaid(accepted: &Accepted) -> bool {
    accepted.at.trim().is_empty()
}

fn accepts(edit: &Edit) -> bool {
    match edit {
        Edit::Accepted { change: Change::Insert { item, .. } | Change::Replace { item, .. } } => unsaid(item),
        Edit::Together { edits } => edits.iter().any(accepts),
        _ => false,
    }
}

fn fill(edit: &mut Edit, with: &dyn Fn(&mut Accepted)) {
    match edit {
        Edit::Accepted { change: Change::Insert { item, .. } | Change::Replace { item, .. } } if unsaid(item) => with(item),
        Edit::Together { edits } => edits.iter_mut().for_each(|edit| fill(edit, with)),
        _ => {}
    }
}
