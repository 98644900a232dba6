//! What a report is about, and so where it stands: `pr/12`, `branch/main`, `tag/v1.2`.

use super::{name, site::Refusal};
use crate::{
    model::{Origin, PlaceKind},
    publish::ci::{self, Env},
    words::publishing::Publishing,
};

/// What a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub kind: PlaceKind,
    /// As its people write it.
    pub name: String,
    /// Tells several reports on one thing apart; mostly empty.
    pub key: String,
}

impl Place {
    /// The folder with its reports: `pr/12`, `branch/main/fraud`.
    pub fn folder(&self) -> String {
        let mut folder = format!("{}/{}", self.kind.folder(), name::segment(&self.name));
        if !self.key.is_empty() {
            folder.push('/');
            folder.push_str(&name::key_segment(&self.key));
        }
        folder
    }
}

/// Tells what a report is about: `--for`, else the pull request, the tag or the branch that CI (or
/// the checkout) names.
///
/// # Errors
/// `--for` has another form; nobody knows.
pub fn find(
    chosen: Option<&str>,
    key: &str,
    origin: &Origin,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Place, Refusal> {
    let (kind, name) = match chosen {
        Some(text) => parse(text).ok_or_else(|| Publishing::BadPlace {
            found: text.to_owned(),
        })?,
        None => told(origin, get).ok_or(Publishing::NoPlace)?,
    };
    Ok(Place {
        kind,
        name,
        key: key.to_owned(),
    })
}

/// `pr/12`, `branch/main`, `tag/v1.2`; a branch's name may have slashes.
fn parse(text: &str) -> Option<(PlaceKind, String)> {
    let (folder, name) = text.split_once('/')?;
    let kind = PlaceKind::ALL.into_iter();
    let kind = kind.into_iter().find(|kind| kind.folder() == folder)?;
    let is_good = match kind {
        PlaceKind::Pull => is_number(name),
        PlaceKind::Branch | PlaceKind::Tag => !name.is_empty(),
    };
    is_good.then(|| (kind, name.to_owned()))
}

fn told(origin: &Origin, get: &dyn Fn(&str) -> Option<String>) -> Option<(PlaceKind, String)> {
    if let Some(number) = pull_number(origin) {
        return Some((PlaceKind::Pull, number));
    }
    if let Some((tag, _)) = ci::tag(&Env(get)) {
        return Some((PlaceKind::Tag, tag));
    }
    let branch = origin.branch.clone().filter(|it| !it.is_empty())?;
    Some((PlaceKind::Branch, branch))
}

/// The number of the pull request, where its label is one: `#12`, `!12`.
pub fn pull_number(origin: &Origin) -> Option<String> {
    let label = &origin.discussion.as_ref()?.label;
    let number = label.strip_prefix(['#', '!'])?;
    is_number(number).then(|| number.to_owned())
}

fn is_number(text: &str) -> bool {
    text.len() <= 10 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Discussion;

    fn origin(label: &str, branch: &str) -> Origin {
        Origin {
            discussion: (!label.is_empty()).then(|| Discussion {
                url: "https://example.org".to_owned(),
                label: label.to_owned(),
            }),
            branch: (!branch.is_empty()).then(|| branch.to_owned()),
            ..Origin::default()
        }
    }

    #[test]
    fn flag_pull_request_tag_and_branch_in_this_order() {
        let none = |_: &str| None;
        let tagged = |name: &str| match name {
            "GITHUB_ACTIONS" => Some("true".to_owned()),
            "GITHUB_REF" => Some("refs/tags/v1.2".to_owned()),
            _ => None,
        };
        let cases: [(Option<&str>, Origin, bool, &str); 7] = [
            (
                Some("branch/feature/x"),
                origin("#12", "b"),
                true,
                "branch/feature~2fx",
            ),
            (None, origin("#12", "b"), true, "pr/12"),
            (None, origin("!7", ""), false, "pr/7"),
            (None, origin("", "v1.2"), true, "tag/v1.2"),
            (None, origin("", "main"), false, "branch/main"),
            (
                None,
                origin("https://example.org/x", "main"),
                false,
                "branch/main",
            ),
            (
                Some("tag/../../x"),
                origin("", ""),
                false,
                "tag/~2e.~2f..~2fx",
            ),
        ];
        for (chosen, origin, is_tagged, folder) in cases {
            let get: &dyn Fn(&str) -> Option<String> = if is_tagged { &tagged } else { &none };
            let place = find(chosen, "", &origin, get).unwrap();
            assert_eq!(place.folder(), folder);
        }
        let keyed = find(Some("pr/3"), "Fraud 1", &origin("", ""), &none).unwrap();
        assert_eq!(keyed.folder(), "pr/3/~46raud~201");
    }

    #[test]
    fn a_variable_of_another_system_names_no_tag() {
        let on_github = |name: &str| match name {
            "GITHUB_ACTIONS" => Some("true".to_owned()),
            "GITHUB_REF" => Some("refs/heads/main".to_owned()),
            "TAG_NAME" | "CI_COMMIT_TAG" => Some("v9".to_owned()),
            _ => None,
        };
        let nowhere = |name: &str| (name == "TAG_NAME").then(|| "v9".to_owned());
        let on_jenkins = |name: &str| match name {
            "JENKINS_URL" => Some("https://ci.example.org".to_owned()),
            other => nowhere(other),
        };
        let folder = |get: &dyn Fn(&str) -> Option<String>| {
            let place = find(None, "", &origin("", "main"), get).unwrap();
            place.folder().to_owned()
        };
        assert_eq!(folder(&on_github), "branch/main");
        assert_eq!(folder(&nowhere), "branch/main");
        assert_eq!(folder(&on_jenkins), "tag/v9");
    }

    #[test]
    fn what_is_no_place_is_refused() {
        let none = |_: &str| None;
        for text in [
            "pr/x",
            "pr/",
            "pr",
            "12",
            "branch/",
            "pull/12",
            "pr/12/3",
            "/pr/1",
            "pr/12345678901",
        ] {
            assert!(
                find(Some(text), "", &origin("#1", "b"), &none).is_err(),
                "{text}"
            );
        }
        assert!(find(None, "", &origin("", ""), &none).is_err());
    }
}
