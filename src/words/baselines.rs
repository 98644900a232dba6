//! The baselines beside the one that the verdict used.

use super::Say;
use crate::model::Lang;

/// A message about other baselines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baselines {
    /// Heading.
    Title,
    /// The branch that the pull request would merge into.
    Target,
    /// The last release.
    Release,
    /// The best result so far.
    Best,
    /// The verdict is against the target branch.
    UsedTarget,
    /// The verdict is against the last release.
    UsedRelease,
    /// The verdict is against the best result so far.
    UsedBest,
}

impl Say for Baselines {
    fn say(&self, lang: Lang) -> String {
        let text = match (lang, self) {
            (Lang::En, Self::Title) => "Against other baselines",
            (Lang::En, Self::Target) => "The target branch",
            (Lang::En, Self::Release) => "The last release",
            (Lang::En, Self::Best) => "The best so far",
            (Lang::En, Self::UsedTarget) => "Compared with the target branch.",
            (Lang::En, Self::UsedRelease) => "Compared with the last release.",
            (Lang::En, Self::UsedBest) => "Compared with the best so far.",
            (Lang::Es, Self::Title) => "Frente a otras referencias",
            (Lang::Es, Self::Target) => "La rama de destino",
            (Lang::Es, Self::Release) => "La última versión",
            (Lang::Es, Self::Best) => "Lo mejor hasta ahora",
            (Lang::Es, Self::UsedTarget) => "Se compara con la rama de destino.",
            (Lang::Es, Self::UsedRelease) => "Se compara con la última versión.",
            (Lang::Es, Self::UsedBest) => "Se compara con lo mejor hasta ahora.",
        };
        text.to_owned()
    }
}
