//! The command line's work: files in, pages out. Native only, and the only layer that does I/O.
//!
//! `cli` holds the arguments, `run` one function for each command. `input` finds artifacts,
//! `origin` (with `ci`) where they come from, `gather` makes the report, `private` takes out what
//! nobody meant to publish. `page` turns the viewer's own index.html into a site's or a packed one.

mod check;
mod ci;
mod clash;
mod cli;
mod exit;
mod forge;
mod gather;
mod history;
mod http;
mod input;
mod origin;
mod output;
mod pack;
mod page;
mod prerender;
mod private;
mod run;
mod serve;
mod site;
mod step_summary;
mod time;
mod unmatched;
mod verdict_json;
mod viewer;

pub use exit::Exit;
pub use run::main;
