use crate::model::{Revision, RevisionKind, State};

/// Tells each commit without a name under which tip it was listed.
///
/// DVC lists commits newest first: one walk for `-n` or `--all-commits`, one after the other for
/// several `--rev`; a name stands at the tip of a branch and at a tag alone. So a commit is on the
/// branch of the tip before it, as long as its walk has had no other one: behind a second tip it
/// may be on either, and the list doesn't say on which.
pub(super) fn set_tips(revisions: &mut [Revision]) {
    // Where this walk began, and whether it has had another tip since.
    let mut first: Option<usize> = None;
    let mut is_one_of_several = false;
    let mut before: Option<String> = None;
    for (row, it) in revisions.iter_mut().enumerate() {
        if it.kind != RevisionKind::Commit {
            continue;
        }
        // Another walk begins. A commit that can't be read has no time.
        if before.is_some() && it.created > before {
            first = None;
        }
        before = it.created.clone().or(before);
        let is_told = it.created.is_some() || matches!(it.state, State::Failed(_));
        match (first, &it.name) {
            (None, name) => {
                first = Some(row);
                // A tip without a name: DVC gives remote branches none.
                is_one_of_several = name.is_none();
            }
            (Some(_), Some(_)) => is_one_of_several = true,
            (Some(tip), None) if is_told && !is_one_of_several => it.tip = Some(tip),
            (Some(_), None) => {}
        }
    }
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
    }
}
