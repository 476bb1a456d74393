//! Reports, templates, edits and findings: the values and rules of Rapporteur.
//! Always true: everything here is a value or a pure function of values. Deliberately absent: clocks of the machine, files, SQL, millimetres.

pub mod address;
pub mod answer;
pub mod calendar;
pub mod catalogue;
pub mod checks;
pub mod clock;
pub mod clocks;
pub mod diff;
pub mod edit;
pub mod facts;
pub mod find;
pub mod finding;
pub mod format;
pub mod history;
pub mod ids;
pub mod language_tag;
pub mod languages;
pub mod mentions;
pub mod moment;
mod nonsense;
pub mod outgoing;
pub mod outline;
pub mod papers;
pub mod place;
pub mod report;
pub mod rich;
pub mod sentence;
pub mod service_level;
mod targets;
pub mod template;
pub mod texts;
pub mod timeline;
pub mod when;
pub mod zones;

pub use answer::{Answer, Standing, Value};
pub use checks::{ReadyReport, check, is_first_name};
pub use edit::{Applied, Change, Edit, Refusal};
pub use finding::{Finding, Fix, Level, Source};
pub use history::History;
pub use place::Place;
pub use report::{Report, Section};
pub use rich::RichText;
pub use template::Template;
