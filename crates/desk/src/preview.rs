//! The preview: the very pages that would be filed, set again as the author types. A newer request stops an older one.

use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::filing::{Anchor, Preview, Readiness};
use crate::printing::{self, Sheet};
use crate::session::Named;
use crate::{checking, printing::sha256};
use paper::Spot;
use report::Report;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

impl Desk {
    /// Sets the pages of an open report as it is now, as a draft or as they would be filed; none when a newer request overtook this one.
    ///
    /// # Errors
    /// When the report is not open, or a file of it is missing.
    pub fn preview(&self, which: impl Into<Named>, filed: bool) -> Result<Option<Preview>, Fault> {
        let turn = self.newest_preview.fetch_add(1, Ordering::SeqCst) + 1;
        let report = self.report_of(which)?;
        let printed = match self.print_now(&report, !filed, Some(turn)) {
            Err(fault) if fault.code == FaultCode::Cancelled => return Ok(None),
            printed => printed?,
        };
        let paper: paper::Paper = self.settings()?.paper.into();
        let token = sha256(&printed.pdf);
        let preview = Preview {
            token: token.clone(),
            pages: printed.pages,
            anchors: anchors(&printed.spots, paper.height()),
            missing_glyphs: printed.missing.iter().map(|missing| missing.character.to_string()).collect(),
        };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some((token, Arc::new(printed.pdf)));
        Ok(Some(preview))
    }

    /// The bytes of the pages that token names.
    ///
    /// # Errors
    /// [`FaultCode::Gone`] once newer pages have taken their place.
    pub fn preview_bytes(&self, token: &str) -> Result<Arc<Vec<u8>>, Fault> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        match &*shown {
            Some((current, bytes)) if current == token => Ok(Arc::clone(bytes)),
            _ => Err(Fault::new(FaultCode::Gone, "these pages were replaced by newer ones").with("path", token)),
        }
    }

    /// What was checked, for the person who is about to sign.
    ///
    /// # Errors
    /// As [`Desk::preview`].
    pub fn readiness(&self, which: impl Into<Named>) -> Result<Readiness, Fault> {
        let report = self.report_of(which)?;
        let pages = self.print_now(&report, false, None)?.pages;
        Ok(checking::readiness(&report, self.world.clock.now(), pages))
    }

    fn print_now(&self, report: &Report, draft: bool, turn: Option<u64>) -> Result<paper::Printed, Fault> {
        let files = self.files_of(report)?;
        // What is filed from the window is signed by one person.
        let (draft, signers) = if draft { (Some(1), 0) } else { (None, 1) };
        let sheet = Sheet { paper: self.settings()?.paper.into(), draft, signers, at: self.world.clock.now() };
        let overtaken = || turn.is_some_and(|turn| self.newest_preview.load(Ordering::SeqCst) != turn);
        let mut press = self.press.lock().unwrap_or_else(PoisonError::into_inner);
        printing::print(&mut press, report, &files, sheet, &mut |_| {
            if overtaken() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    }
}

/// Each part reaches to the next one on its page, or to the page's end.
fn anchors(spots: &[Spot], height: f32) -> Vec<Anchor> {
    let bottom = |at: usize| {
        let next = spots[at + 1..].iter().find(|next| next.page != spots[at].page || next.y > spots[at].y);
        next.filter(|next| next.page == spots[at].page).map_or(1.0, |next| next.y / height)
    };
    spots
        .iter()
        .enumerate()
        .map(|(at, spot)| Anchor { place: spot.place.clone(), page: spot.page, top: spot.y / height, bottom: bottom(at) })
        .collect()
}
