use leptos::{prelude::*, task::spawn_local};

use super::Page;
use crate::{
    browser::{self, Files, Opened, markup::RwSignal},
    model::{Notice, NoticeKind, Problem, ProblemKind, Report, Shared},
};

/// What the frame knows beside the page: how far reading got, and the theme.
#[derive(Clone, Copy)]
pub(super) struct Session {
    /// What the page shows.
    pub stage: ReadSignal<Stage>,
    /// What failed outside of the report on show.
    pub problems: ReadSignal<Vec<Problem>>,
    /// How many files this page read itself; `None` when the report is as published.
    pub n_files_read: ReadSignal<Option<usize>>,
    /// Whether the page is dark.
    pub is_dark: RwSignal<bool>,
    /// What is to be said of files in which there was nothing to show.
    pub passed_over: RwSignal<Vec<Notice>>,
    /// Whether the report on show is of files that were dropped or picked: no address leads to it.
    pub is_local: RwSignal<bool>,
    /// How often files were dropped or picked: only the last ones are shown.
    turn: RwSignal<usize>,
    set_stage: WriteSignal<Stage>,
    set_problems: WriteSignal<Vec<Problem>>,
    set_n_files_read: WriteSignal<Option<usize>>,
}

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// No report: the area to drop one on.
    Empty,
    /// A report.
    Shown,
    /// Files are being read; what was there before comes back if nothing is in them.
    Reading {
        /// How many were dropped or picked.
        n_files: usize,
        /// Whether there was a report before.
        had_report: bool,
    },
}

impl Session {
    /// The session of this page.
    pub fn get() -> Self {
        expect_context::<Self>()
    }

    /// Makes the session of the app that is being mounted.
    pub fn provide(has_report: bool, problems: Vec<Problem>, n_files_read: Option<usize>) -> Self {
        let first = if has_report {
            Stage::Shown
        } else {
            Stage::Empty
        };
        let (stage, set_stage) = signal(first);
        let (problems, set_problems) = signal(problems);
        let (n_files_read, set_n_files_read) = signal(n_files_read);
        let session = Self {
            stage,
            problems,
            n_files_read,
            is_dark: RwSignal::new(starts_dark()),
            passed_over: RwSignal::new(Vec::new()),
            is_local: RwSignal::new(false),
            turn: RwSignal::new(0),
            set_stage,
            set_problems,
            set_n_files_read,
        };
        provide_context(session);
        session
    }

    /// Reads files in this page and shows what is in them.
    pub fn read(self, page: Page, files: Files) {
        let had_report = match self.stage.get_untracked() {
            Stage::Shown => true,
            Stage::Empty => false,
            // Others are still being read.
            Stage::Reading { had_report, .. } => had_report,
        };
        let turn = self.turn.get_untracked() + 1;
        self.turn.set(turn);
        // At once, so that who waits for the page sees it leave its state.
        browser::set_root_attribute("data-state", Some("loading"));
        self.set_stage.set(Stage::Reading {
            n_files: files.count(),
            had_report,
        });
        spawn_local(async move {
            let opened = browser::open_files(files).await;
            if self.turn.get_untracked() == turn {
                self.take(page, opened, had_report);
            }
        });
    }

    /// Shows what was read; keeps what was there when there is nothing in it.
    fn take(self, page: Page, opened: Opened, had_report: bool) {
        let mut problems = opened.problems;
        self.passed_over.set(Vec::new());
        match opened.report {
            Some(report) if shows_something(&report) => {
                page.show(Shared::new(report));
                self.is_local.set(true);
                self.set_n_files_read.set(opened.n_files_read);
                self.set_problems.set(problems);
                self.set_stage.set(Stage::Shown);
            }
            other => {
                if let Some(report) = other {
                    problems.extend(report.problems);
                    let mut notices = report.notices;
                    notices.retain(|it| !matches!(it.kind, NoticeKind::ReaderTook { .. }));
                    self.passed_over.set(notices);
                }
                if problems.is_empty() {
                    problems.push(Problem {
                        kind: ProblemKind::NothingFound,
                        place: None,
                        reader: None,
                    });
                }
                self.set_problems.set(problems);
                self.set_stage.set(if had_report {
                    Stage::Shown
                } else {
                    Stage::Empty
                });
            }
        }
    }

    /// Changes between light and dark. What the system prefers anyway is not remembered, so that
    /// the page follows the system again.
    pub fn change_theme(self) {
        let dark = !self.is_dark.get_untracked();
        let theme = if dark { "dark" } else { "light" };
        let is_system = dark == browser::matches_media(DARK);
        browser::store("theme", (!is_system).then_some(theme));
        browser::set_root_attribute("data-theme", (!is_system).then_some(theme));
        self.is_dark.set(dark);
    }

    /// Follows the system's theme as long as the reader chose none.
    pub fn follow_theme(self) {
        if let Some(theme) = stored_theme() {
            browser::set_root_attribute("data-theme", Some(theme));
        }
        browser::on_media_change(DARK, move |dark| {
            if stored_theme().is_none() {
                self.is_dark.set(dark);
            }
        });
    }
}

/// Whether a report has anything to look at but its list of files.
pub(super) fn shows_something(report: &Report) -> bool {
    !report.revisions.is_empty() || !report.prose.is_empty()
}

const DARK: &str = "(prefers-color-scheme: dark)";

fn stored_theme() -> Option<&'static str> {
    match browser::stored("theme").as_deref() {
        Some("dark") => Some("dark"),
        Some("light") => Some("light"),
        _ => None,
    }
}

fn starts_dark() -> bool {
    stored_theme().map_or_else(|| browser::matches_media(DARK), |theme| theme == "dark")
}
