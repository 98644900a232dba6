//! What is known of a report beside its artifacts: by flags, by CI, by the checkout, by the site.

use std::fs;

use serde_json::Value;

use super::{
    entry::Facts,
    git::ask_checkout,
    load,
    options::PublishOptions,
    place::{self, Place},
    publish,
    site::{Refusal, Site},
    tell::Teller,
};
use crate::{
    model::{Discussion, Origin, PlaceKind},
    publish::{
        forge,
        gather::{FoundBaseline, Gathered},
        http::SystemClock,
    },
    words::publishing::Publishing,
};

/// What flags and CI say of the origin; in a workflow that another run started, the pull request of
/// that run, once GitHub has told it.
pub fn vouched_origin(
    gathered: &Gathered,
    options: &PublishOptions,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Origin, Refusal> {
    let mut known = gathered.known.clone();
    let env = |name: &str| get(name).filter(|it| !it.is_empty());
    if options.place.is_none() && forge::is_of_another_run(&env) {
        let claimed = gathered.report.origin.discussion.as_ref();
        let is_said = known.discussion.is_some();
        known.discussion = forge::checked_discussion(claimed, is_said, &env, Box::new(SystemClock))
            .map_err(|trouble| Publishing::Forge(Box::new(trouble)))?;
    }
    Ok(known)
}

/// What the report is about, by what flags and CI say; an artifact may agree, and no more.
pub fn vouched_place(
    gathered: &Gathered,
    known: &Origin,
    options: &PublishOptions,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Place, Refusal> {
    let chosen = options.place.as_deref();
    let mut vouched = place::find(chosen, &options.key, known, get);
    for (path, claim) in &gathered.claims {
        let refuse = |named: &str, expected: &str| {
            Err(Publishing::Elsewhere {
                path: path.clone(),
                named: named.to_owned(),
                expected: expected.to_owned(),
            })
        };
        if let Some(number) = place::pull_number(claim) {
            match &vouched {
                Ok(place) if place.kind == PlaceKind::Pull && place.name == number => {}
                Ok(place) if place.kind == PlaceKind::Pull || chosen.is_some() => {
                    return refuse(&format!("pr/{number}"), &place.folder());
                }
                // CI names no pull request: a fork's artifact must not choose one.
                _ if gathered.is_in_ci => {
                    return Err(Publishing::NotVouched {
                        named: format!("pr/{number}"),
                    });
                }
                // On somebody's own machine, it is hers.
                _ => vouched = place::find(None, &options.key, claim, get),
            }
        } else if vouched.is_err() {
            vouched = place::find(None, &options.key, claim, get);
        }
        let others = [
            (&known.repository, &claim.repository),
            (&known.commit, &claim.commit),
        ];
        for (ours, theirs) in others {
            if let (Some(ours), Some(theirs)) = (ours, theirs)
                && !ours.eq_ignore_ascii_case(theirs)
            {
                return refuse(theirs, ours);
            }
        }
    }
    match vouched {
        Err(Publishing::NoPlace) => {
            let mut origin = known.clone();
            complete(&mut origin);
            place::find(chosen, &options.key, &origin, get)
        }
        known => known,
    }
}

/// The report to compare with, where neither inputs nor flags have one: the newest of the target
/// branch, or of the same branch, that is of another commit. Before a row of the inputs
/// (`has_rows`), only that of a target branch comes.
pub fn default_baseline(
    site: &mut dyn Site,
    options: &PublishOptions,
    origin: &Origin,
    has_rows: bool,
    teller: Teller<'_>,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<FoundBaseline>, Refusal> {
    let mut here = origin.clone();
    complete(&mut here);
    let Ok(place) = place::find(options.place.as_deref(), &options.key, &here, get) else {
        return Ok(None);
    };
    let is_pull = place.kind == PlaceKind::Pull;
    let branch = match place.kind {
        PlaceKind::Pull => match &origin.target_branch {
            Some(target) => Some(target.clone()),
            None => load::load(site)?.index.main_branch,
        },
        PlaceKind::Branch => Some(place.name.clone()).filter(|_| !has_rows),
        PlaceKind::Tag => None,
    };
    let Some(branch) = branch else {
        return Ok(None);
    };
    let before = Place {
        kind: PlaceKind::Branch,
        name: branch.clone(),
        key: place.key,
    };
    // The checkout of a pull request may still stand on the very commit of its target branch.
    let commit = if is_pull {
        &origin.commit
    } else {
        &here.commit
    };
    let Some((entry, bytes)) = publish::newest_before(site, &before, commit.as_deref())? else {
        tell_other_keys(site, &before, teller)?;
        return Ok(None);
    };
    let short = entry.commit.as_deref().and_then(|sha| sha.get(..7));
    let name = match is_pull {
        true => branch,
        false => short.map_or(branch, str::to_owned),
    };
    Ok(Some(FoundBaseline {
        name,
        path: format!("{}/report.json", entry.path),
        bytes,
    }))
}

/// Says so, where what would be compared with was published by another key.
fn tell_other_keys(site: &mut dyn Site, before: &Place, teller: Teller<'_>) -> Result<(), Refusal> {
    let mut loaded = load::load(site)?;
    let entries = load::all_entries(site, &mut loaded)?.into_iter();
    let mut keys: Vec<String> = entries
        .filter(|it| it.kind == before.kind && it.name == before.name && it.key != before.key)
        .map(|it| it.key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    if !keys.is_empty() {
        teller.say(&Publishing::OtherKeys {
            branch: before.name.clone(),
            key: before.key.clone(),
            keys,
        });
    }
    Ok(())
}

/// Where a report in this place is discussed: what CI says, unless the place is another pull request.
/// The address of that one differs by its number alone.
pub fn discussion_of(place: &Place, known: Option<&Discussion>) -> Option<Discussion> {
    let known = known?;
    let number = known.label.trim_start_matches(['#', '!']);
    if place.kind != PlaceKind::Pull || number == place.name {
        return Some(known.clone());
    }
    let sign = known.label.strip_suffix(number)?;
    let before = known.url.strip_suffix(number)?;
    Some(Discussion {
        url: format!("{before}{}", place.name),
        label: format!("{sign}{}", place.name),
    })
}

/// What the checkout knows and nobody said: commit and branch.
pub fn complete(origin: &mut Origin) {
    if origin.commit.is_none() {
        origin.commit = ask_checkout(&["rev-parse", "--verify", "HEAD"]);
    }
    if origin.branch.is_none() {
        origin.branch = ask_checkout(&["symbolic-ref", "--short", "--quiet", "HEAD"]);
    }
}

pub fn facts(origin: &Origin, get: &dyn Fn(&str) -> Option<String>) -> Facts {
    let event = get("GITHUB_EVENT_PATH").and_then(|path| fs::read(path).ok());
    let event: Value = event
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let said = |pointer: &str| {
        let text = event.pointer(pointer).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let of_checkout = |commit: &str| {
        // Not an option of git, whatever somebody calls a commit.
        let is_sha = commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_sha.then(|| ask_checkout(&["show", "-s", "--format=%aI", commit]))?
    };
    let is_head = said("/head_commit/id") == origin.commit;
    Facts {
        main_branch: said("/repository/default_branch").or_else(|| get("CI_DEFAULT_BRANCH")),
        author_date: origin
            .commit
            .as_deref()
            .and_then(of_checkout)
            .or_else(|| said("/head_commit/timestamp").filter(|_| is_head))
            .or_else(|| get("CI_COMMIT_TIMESTAMP")),
    }
}

/// The address of the site: `--site-url`; `CNAME` in it; GitLab's own word; GitHub's rule.
pub fn site_url(
    site: &mut dyn Site,
    options: &PublishOptions,
    origin: &Origin,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<String>, Refusal> {
    if let Some(url) = &options.site_url {
        return Ok(Some(url.clone()));
    }
    if options.target.to.is_some() {
        return Ok(None);
    }
    if options.target.branch.is_none() {
        return Ok(get("CI_PAGES_URL"));
    }
    let name = site.read("CNAME")?;
    let name = name.and_then(|bytes| String::from_utf8(bytes).ok());
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let name = name.map(|text| text.trim().to_owned());
    if let Some(name) = name.filter(|it| !it.is_empty() && it.bytes().all(is_host)) {
        return Ok(Some(format!("https://{name}/")));
    }
    let of_github = || {
        let url = origin.repository_url.as_deref()?;
        let (owner, repository) = url.strip_prefix("https://github.com/")?.split_once('/')?;
        let host = format!("{}.github.io", owner.to_ascii_lowercase());
        Some(match repository.eq_ignore_ascii_case(&host) {
            true => format!("https://{host}/"),
            false => format!("https://{host}/{repository}/"),
        })
    };
    Ok(get("CI_PAGES_URL").or_else(of_github))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_another_pull_request_has_its_label() {
        let of = |place: (PlaceKind, &str), url: &str, label: &str| {
            let place = Place {
                kind: place.0,
                name: place.1.to_owned(),
                key: String::new(),
            };
            let known = Discussion {
                url: url.to_owned(),
                label: label.to_owned(),
            };
            discussion_of(&place, Some(&known)).map(|it| (it.label, it.url))
        };
        let told = |label: &str, url: &str| Some((label.to_owned(), url.to_owned()));
        let pull = (PlaceKind::Pull, "13");
        let url = "https://github.com/team/nba/pull/12";
        let other = "https://github.com/team/nba/pull/13";
        assert_eq!(of(pull, url, "#12"), told("#13", other));
        assert_eq!(of(pull, other, "#13"), told("#13", other));
        assert_eq!(
            of((PlaceKind::Branch, "main"), url, "#12"),
            told("#12", url)
        );
        // Of a comment, nobody knows the other address.
        assert_eq!(of(pull, &format!("{url}#issuecomment-1"), "#12"), None);
    }
}
