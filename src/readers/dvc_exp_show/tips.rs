use crate::model::{Revision, RevisionKind, State};

/// Tells each commit on the way back from a tip under which tip it was listed.
///
/// DVC lists commits newest first: one walk for `-n` or `--all-commits`, one after the other for
/// several `--rev`; a name stands at the tip of a branch and at a tag alone. So a commit is on the
/// branch of the tip before it, as long as its walk has had no other one: behind a second tip it
/// may be on either, and the list doesn't say on which. A tag is no tip: a branch goes on behind
/// it. It is on the branch where commits without a name say that this is a walk; `--all-tags` lists
/// tags of all branches.
pub(super) fn set_tips(revisions: &mut [Revision]) {
    let mut walk = Walk::default();
    let mut before: Option<String> = None;
    let mut tips: Vec<(usize, usize)> = Vec::new();
    for (row, it) in revisions.iter().enumerate() {
        if it.kind != RevisionKind::Commit {
            continue;
        }
        // Another walk begins. A commit that can't be read has no time.
        if before.is_some() && it.created > before {
            tips.extend(walk.end());
        }
        before = it.created.clone().or(before);
        walk.add(row, it);
    }
    tips.extend(walk.end());
    for (row, tip) in tips {
        if let Some(revision) = revisions.get_mut(row) {
            revision.tip = Some(tip);
        }
    }
}

/// Commits from the newest one back.
#[derive(Default)]
struct Walk {
    /// Where it began.
    first: Option<usize>,
    /// Whether it has had another tip since, or began at one without a name.
    is_one_of_several: bool,
    /// Whether any commit has no name.
    has_nameless: bool,
    /// The commits that are on the branch of the first.
    inside: Vec<usize>,
}

impl Walk {
    fn add(&mut self, row: usize, it: &Revision) {
        let is_told = it.created.is_some() || matches!(it.state, State::Failed(_));
        let is_tip = it.name.as_deref().is_some_and(|name| !is_tag(name));
        if self.first.is_none() {
            self.first = Some(row);
            // A tip without a name: DVC gives remote branches none.
            self.is_one_of_several = it.name.is_none();
        } else if is_tip {
            self.is_one_of_several = true;
        } else if is_told && !self.is_one_of_several {
            self.has_nameless |= it.name.is_none();
            self.inside.push(row);
        }
    }

    /// Ends it: its commits, each with its tip.
    fn end(&mut self) -> Vec<(usize, usize)> {
        let walk = std::mem::take(self);
        let first = walk.first.filter(|_| walk.has_nameless);
        let inside = walk.inside.into_iter();
        inside.filter_map(|row| Some((row, first?))).collect()
    }
}

/// Whether a name reads as a tag: a version (`v1`, `1.2.0-rc.1`, `2024.05.01`), or one of an
/// artifact as GTO writes it (`model@v1.2.0`). DVC names branches and tags alike.
fn is_tag(name: &str) -> bool {
    let version = name.rsplit_once('@').map_or(name, |it| it.1);
    let (has_v, version) = match version.strip_prefix('v') {
        Some(version) => (true, version),
        None => (false, version),
    };
    // What stands behind the numbers, as Semantic Versioning has it.
    let numbers = version.split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let n_parts = numbers.split('.').filter(|it| is_number(it)).count();
    // `12-fix` is a branch, and so is `v1.x`.
    n_parts == numbers.split('.').count() && (has_v || n_parts > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commits as `name` or nothing, with a day; what each is listed under.
    fn tips(commits: &[(&str, &str)]) -> Vec<Option<usize>> {
        let commit = |(name, day): &(&str, &str)| Revision {
            name: (!name.is_empty()).then(|| (*name).to_owned()),
            created: (!day.is_empty()).then(|| format!("2024-01-{day}T10:00:00")),
            state: match day.is_empty() {
                true => State::Failed("broken".to_owned()),
                false => State::Ok,
            },
            ..Revision::new(RevisionKind::Commit)
        };
        let mut revisions: Vec<Revision> = commits.iter().map(commit).collect();
        set_tips(&mut revisions);
        revisions.iter().map(|it| it.tip).collect()
    }

    #[test]
    fn commits_are_on_the_branch_of_the_only_tip_before_them() {
        let one = tips(&[("main", "05"), ("", "04"), ("", ""), ("", "04")]);
        assert_eq!(one, [None, Some(0), Some(0), Some(0)], "`-n 4`");
        let two = tips(&[("main", "05"), ("", "04"), ("topic", "06"), ("", "03")]);
        assert_eq!(two, [None, Some(0), None, Some(2)], "two `--rev`");
        let walk = tips(&[("main", "05"), ("", "04"), ("topic", "03"), ("", "02")]);
        assert_eq!(
            walk,
            [None, Some(0), None, None],
            "the last may be on either"
        );
        let remote = tips(&[("", "06"), ("main", "05"), ("", "04")]);
        assert_eq!(
            remote,
            [None, None, None],
            "the first is a tip without a name"
        );
        let tag = tips(&[("main", "05"), ("", "04"), ("v1.0", "03"), ("", "02")]);
        assert_eq!(tag, [None, Some(0), Some(0), Some(0)], "a tag is no tip");
        let detached = tips(&[("v2", "05"), ("", "04"), ("v1", "03"), ("", "02")]);
        assert_eq!(detached, [None, Some(0), Some(0), Some(0)], "HEAD at a tag");
        let tags = tips(&[("main", "05"), ("v2", "04"), ("v1", "03")]);
        assert_eq!(tags, [None; 3], "`--all-branches --all-tags`");
        let merged = tips(&[("main", "05"), ("topic", "04"), ("v1", "03"), ("", "02")]);
        assert_eq!(merged, [None; 4], "the tag may be on either");
    }

    #[test]
    fn versions_are_tags() {
        for tag in [
            "v1",
            "v1.2.0",
            "1.2",
            "2024.05.01",
            "v1.0-rc.1",
            "nba@v1.2.0",
        ] {
            assert!(is_tag(tag), "{tag}");
        }
        for branch in [
            "main",
            "v1.x",
            "12",
            "12-fix",
            "release-1.2",
            "version",
            "a/v1",
            "v",
            "1.",
            "",
        ] {
            assert!(!is_tag(branch), "{branch}");
        }
    }
}
