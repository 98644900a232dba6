//! `careo publish` and `careo prune`.

use std::{
    env, fs,
    io::{self, IsTerminal as _, Write as _},
    path::PathBuf,
    thread,
    time::Duration,
};

use clap::Args;
use serde_json::{Value, json};

use super::{
    branch::Branch,
    entry::Facts,
    folder::Folder,
    git::ask_checkout,
    index,
    load::{self, Loaded},
    place::{self, Place},
    prune::{self, Rules},
    publish::{self, Plan, Publication},
    random,
    site::{Change, Committed, Refusal, Site, check},
    wait::{self, Outside},
};
use crate::{
    bundle,
    model::{Lang, Origin, PlaceKind},
    publish::{
        cli::{Common, Input, key},
        exit::Exit,
        forge,
        gather::{self, FoundBaseline, Gathered},
        http::{Client, Clock as _, Request, SystemClock},
        output, time,
        viewer::Viewer,
    },
    words::{Say as _, publish::Publish, publishing::Publishing},
};

/// How often a push is tried when others are faster.
const MAX_MOVED: u32 = 60;
/// How often it is tried when the remote says no.
const MAX_DECLINED: u32 = 5;
/// How often the remote is asked when it doesn't answer.
const MAX_SILENT: u32 = 3;
/// What GitHub Pages serves; decimal, as hosts count.
const PAGES_BYTES: u64 = 1_000_000_000;

/// Where the site is.
#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub struct Target {
    /// A branch of a git repository, as gh-pages; made where there is none
    #[arg(long, value_name = "BRANCH")]
    branch: Option<String>,
    /// A folder; made where there is none
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Options of `publish` beside the inputs.
#[derive(Args, Clone, Debug)]
pub struct PublishOptions {
    #[command(flatten)]
    target: Target,
    /// Remote of the branch: a name or an address
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    remote: String,
    /// What the report is about: pr/12, branch/main or tag/v1.2 [default: as CI says]
    #[arg(long = "for", value_name = "PLACE")]
    place: Option<String>,
    /// Tells several reports on one thing apart
    #[arg(long, value_name = "KEY", value_parser = key, default_value = "", hide_default_value = true)]
    key: String,
    /// Address of the site [default: that of GitHub or GitLab Pages]
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// Wait until the address answers, for so many seconds at most
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "600", require_equals = true)]
    wait: Option<u64>,
    /// Write the report as it was published, too: a bundle for `careo comment`
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// Build the index anew from the reports' folders; without an input, do nothing else
    #[arg(long)]
    reindex: bool,
}

/// Options of `prune`.
#[derive(Args, Clone, Debug)]
pub struct PruneOptions {
    #[command(flatten)]
    target: Target,
    /// Remote of the branch: a name or an address
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    remote: String,
    /// A pull request that is closed or merged, by number: all of its reports go; repeatable
    #[arg(long, value_name = "NUMBER")]
    closed: Vec<String>,
    /// The pull requests that are open, by number: reports of all others go
    #[arg(long, value_name = "NUMBER,…", value_delimiter = ',', num_args = 0..)]
    open: Option<Vec<String>>,
    /// Reports older than this go: 90d, 12w, 1y
    #[arg(long, value_name = "AGE")]
    older_than: Option<String>,
    /// So many reports of each pull request and branch stay
    #[arg(long, value_name = "COUNT")]
    keep: Option<usize>,
    /// The oldest reports go until the site is no larger: 800MB, 1GB
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
    /// Say what would go, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Language of messages: en or es
    #[arg(long, value_name = "LANG", value_parser = ["en", "es"])]
    lang: Option<String>,
}

/// `careo publish`.
pub fn publish(input: &Input, common: &Common, options: &PublishOptions) -> Exit {
    let lang = gather::lang(input);
    let teller = Teller { common, lang };
    let Some(viewer) = Viewer::get() else {
        teller.error(&Publish::NoViewer.say(lang));
        return Exit::Bug;
    };
    let ended = open(&options.target, &options.remote).and_then(|mut site| {
        if options.reindex {
            reindex(&mut *site, viewer, teller)?;
            if input.inputs.is_empty() && input.readers.is_empty() {
                return Ok(Exit::Fine);
            }
        }
        publish_report(&mut *site, viewer, input, options, teller)
    });
    ended.unwrap_or_else(|refusal| teller.refuse(&refusal))
}

/// `careo prune`.
pub fn prune(common: &Common, options: &PruneOptions) -> Exit {
    let lang = options.lang.as_deref().and_then(Lang::from_tag);
    let teller = Teller {
        common,
        lang: lang.unwrap_or_default(),
    };
    let Some(viewer) = Viewer::get() else {
        teller.error(&Publish::NoViewer.say(teller.lang));
        return Exit::Bug;
    };
    let ended = rules(options).and_then(|rules| {
        let mut site = open(&options.target, &options.remote)?;
        prune_site(&mut *site, viewer, &rules, options.dry_run, teller)
    });
    match ended {
        Ok(()) => Exit::Fine,
        Err(refusal) => teller.refuse(&refusal),
    }
}

fn open(target: &Target, remote: &str) -> Result<Box<dyn Site>, Refusal> {
    match (&target.dir, &target.branch) {
        (Some(dir), _) => Ok(Box::new(Folder::new(dir)?)),
        (None, branch) => {
            let branch = branch.as_deref().unwrap_or_default();
            Ok(Box::new(Branch::new(remote, branch)?))
        }
    }
}

/// Says what happens: on standard error, so that standard output is the product.
#[derive(Clone, Copy)]
struct Teller<'a> {
    common: &'a Common,
    lang: Lang,
}

impl Teller<'_> {
    fn say(self, message: &Publishing) {
        if !self.common.quiet {
            self.error(&message.say(self.lang));
        }
    }

    fn error(self, text: &str) {
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    fn refuse(self, refusal: &Refusal) -> Exit {
        self.error(&refusal.say(self.lang));
        match refusal.is_usage() {
            true => Exit::Usage,
            false => Exit::Refused,
        }
    }

    fn print(self, text: &str) {
        // Whoever reads it may have stopped reading.
        let _ = writeln!(io::stdout().lock(), "{text}");
    }
}

/// What was made for one state of the site.
struct Made<T> {
    /// What the caller wants to know of it.
    told: T,
    /// What changes; `None` is nothing to do.
    change: Option<Change>,
    /// Title of the commit.
    message: Publishing,
}

/// Makes a change for a state of the site.
type Make<'m, T> = dyn FnMut(&mut dyn Site) -> Result<Made<T>, Refusal> + 'm;

/// Makes a change for the newest state and hands it over, anew as long as others are faster.
/// Gives what was told last, and the number of tries.
fn settle<T>(
    site: &mut dyn Site,
    teller: Teller<'_>,
    make: &mut Make<'_, T>,
) -> Result<(T, u32), Refusal> {
    let (mut n_moved, mut n_declined) = (0, 0);
    loop {
        let n_tries = n_moved + n_declined + 1;
        patiently(&mut || site.refresh())?;
        let Made {
            told,
            change,
            message,
        } = make(site)?;
        let Some(change) = change else {
            return Ok((told, n_tries));
        };
        let message = message.say(teller.lang);
        let mut committed = None;
        patiently(&mut || {
            committed = Some(site.commit(&change, &message)?);
            Ok(())
        })?;
        let reason = match committed {
            Some(Committed::Done) | None => return Ok((told, n_tries)),
            Some(Committed::Moved(reason)) => {
                n_moved += 1;
                reason
            }
            Some(Committed::Declined(reason)) => {
                n_declined += 1;
                reason
            }
        };
        if n_moved >= MAX_MOVED || n_declined >= MAX_DECLINED {
            return Err(Publishing::Rejected { n_tries, reason });
        }
        teller.say(&Publishing::TryingAgain { n_tries, reason });
        pause(n_tries);
    }
}

/// Asks a remote that may be away for a moment.
fn patiently(ask: &mut dyn FnMut() -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut n_tries = 0;
    loop {
        n_tries += 1;
        match ask() {
            Err(Publishing::Remote { .. }) if n_tries < MAX_SILENT => pause(n_tries + 1),
            ended => return ended,
        }
    }
}

/// Waits for up to 0.2, 0.4… 3.2 seconds, by chance: who comes at the same time goes apart.
fn pause(n_tries: u32) {
    let most = 100_u64 << n_tries.min(5);
    thread::sleep(Duration::from_millis(random() % most + 10));
}

fn publish_report(
    site: &mut dyn Site,
    viewer: Viewer,
    input: &Input,
    options: &PublishOptions,
    teller: Teller<'_>,
) -> Result<Exit, Refusal> {
    let get = |name: &str| env::var(name).ok();
    patiently(&mut || site.look())?;
    let mut refused = None;
    let mut baseline = |origin: &Origin| {
        let found = default_baseline(site, options, origin, &get);
        found.unwrap_or_else(|refusal| {
            refused = Some(refusal);
            None
        })
    };
    let gathered = match gather::gather_with(input, teller.common, &mut baseline) {
        Ok(gathered) => gathered,
        Err(failure) => {
            gather::tell(&failure.problems, teller.lang);
            return Ok(failure.exit);
        }
    };
    if let Some(refusal) = refused {
        return Err(refusal);
    }
    gather::tell(&gathered.report.problems, teller.lang);
    let exit = gathered.exit;
    let mut report = gathered.report.clone();
    publish::limit_artifacts(&report)?;
    let known = vouched_origin(&gathered, options, &get)?;
    let place = vouched_place(&gathered, &known, options, &get)?;
    // What nobody vouches for leads nobody anywhere.
    report.origin.base_url.clone_from(&known.base_url);
    if known.discussion.is_some() || gathered.is_in_ci {
        report.origin.discussion.clone_from(&known.discussion);
    }
    complete(&mut report.origin);
    let site_url = site_url(site, options, &report.origin, &get)?;
    let page_lang = report.settings.lang.unwrap_or(teller.lang);
    let facts = facts(&report.origin, &get);
    let mut publication = Publication::new(report, place, facts, site_url, page_lang, viewer);
    let (plan, n_tries) = settle(site, teller, &mut |site| {
        let mut plan = publication.plan(site)?;
        let change = plan.change.take();
        let entry = change.as_ref();
        let entry = entry.and_then(|it| it.put.get(&format!("{}/{}", plan.path, load::ENTRY)));
        let entry = entry.cloned();
        let path = plan.path.clone();
        Ok(Made {
            told: (plan, entry),
            change,
            message: Publishing::CommitReport { path },
        })
    })?;
    let (plan, entry) = plan;
    for remark in &plan.remarks {
        teller.say(remark);
    }
    if let Some(path) = &options.bundle {
        let written = output::write_to(path, &bundle::write(&plan.report));
        written.map_err(|error| Publishing::Failed {
            what: path.to_string_lossy().into_owned(),
            message: error.to_string(),
        })?;
    }
    tell_published(&plan, n_tries, teller);
    if options.target.branch.is_some() && plan.n_bytes > PAGES_BYTES / 10 * 8 {
        teller.say(&Publishing::NearLimit {
            n_bytes: plan.n_bytes,
            limit: PAGES_BYTES,
        });
    }
    if let Some(max_secs) = options.wait {
        let url = plan.report.origin.base_url.clone();
        let url = url.ok_or(Publishing::NoAddress)?;
        let mut outside = World::new(teller, &get)?;
        wait::wait(&mut outside, &url, entry.as_deref(), max_secs)?;
    }
    Ok(exit)
}

/// What flags and CI say of the origin; in a workflow that another run started, the pull request of
/// that run, once GitHub has told it.
fn vouched_origin(
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
fn vouched_place(
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
/// branch, or of the same branch.
fn default_baseline(
    site: &mut dyn Site,
    options: &PublishOptions,
    origin: &Origin,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<FoundBaseline>, Refusal> {
    let Ok(place) = place::find(options.place.as_deref(), &options.key, origin, get) else {
        return Ok(None);
    };
    let is_pull = place.kind == PlaceKind::Pull;
    let branch = match place.kind {
        PlaceKind::Pull => match &origin.target_branch {
            Some(target) => Some(target.clone()),
            None => load::load(site)?.index.main_branch,
        },
        PlaceKind::Branch => Some(place.name.clone()),
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
    let Some((entry, bytes)) = publish::newest_of(site, &before)? else {
        return Ok(None);
    };
    if entry.commit.is_some() && entry.commit == origin.commit {
        return Ok(None);
    }
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

/// What the checkout knows and nobody said: commit and branch.
fn complete(origin: &mut Origin) {
    if origin.commit.is_none() {
        origin.commit = ask_checkout(&["rev-parse", "--verify", "HEAD"]);
    }
    if origin.branch.is_none() {
        origin.branch = ask_checkout(&["symbolic-ref", "--short", "--quiet", "HEAD"]);
    }
}

fn facts(origin: &Origin, get: &dyn Fn(&str) -> Option<String>) -> Facts {
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
fn site_url(
    site: &mut dyn Site,
    options: &PublishOptions,
    origin: &Origin,
    get: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<String>, Refusal> {
    if let Some(url) = &options.site_url {
        return Ok(Some(url.clone()));
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

fn tell_published(plan: &Plan, n_tries: u32, teller: Teller<'_>) {
    let origin = &plan.report.origin;
    let at = origin.base_url.clone().unwrap_or_else(|| plan.path.clone());
    let message = match plan.is_new {
        true => Publishing::Published {
            at: at.clone(),
            n_tries,
        },
        false => Publishing::AlreadyThere { at: at.clone() },
    };
    if !teller.common.json {
        teller.say(&message);
        teller.print(&at);
        return;
    }
    let verdict = plan.report.verdict.as_ref();
    let document = json!({
        "command": "publish",
        "path": plan.path,
        "url": origin.base_url,
        "is_new": plan.is_new,
        "tries": n_tries,
        "site_bytes": plan.n_bytes,
        "verdict": verdict.map(|it| json!({"outcome": it.outcome.code(), "digest": it.digest})),
        "remarks": plan.remarks.iter().map(|it| it.say(teller.lang)).collect::<Vec<_>>(),
    });
    teller.print(&format!("{document:#}"));
}

/// `--reindex`.
fn reindex(site: &mut dyn Site, viewer: Viewer, teller: Teller<'_>) -> Result<(), Refusal> {
    let (loaded, _) = settle(site, teller, &mut |site| {
        let mut loaded = load::rebuild(site)?;
        let mut change = Change::default();
        publish::put_index(site, &mut loaded, None, &mut change)?;
        put_front(site, &mut loaded, viewer, teller.lang, &mut change)?;
        check(site, &change)?;
        Ok(Made {
            told: loaded,
            change: Some(change),
            message: Publishing::CommitReindex,
        })
    })?;
    for remark in &loaded.remarks {
        teller.say(remark);
    }
    teller.say(&Publishing::Reindexed {
        n_reports: loaded.index.n_reports,
    });
    Ok(())
}

/// Writes the front page for an index that has no new report.
fn put_front(
    site: &mut dyn Site,
    loaded: &mut Loaded,
    viewer: Viewer,
    lang: Lang,
    change: &mut Change,
) -> Result<(), Refusal> {
    loaded.index.front = publish::front_folder(site)?;
    let (about, files) = super::viewer::files(viewer);
    if !loaded.index.viewers.iter().any(|it| it.hash == about.hash) {
        let folder = super::viewer::folder(&about.hash);
        for (name, bytes) in files {
            change.put.insert(format!("{folder}/{name}"), bytes);
        }
        loaded.index.viewers.push(about.clone());
    }
    let own = (about.hash.as_str(), viewer.index());
    publish::put_front(site, &mut loaded.index, own, lang, change)
}

fn rules(options: &PruneOptions) -> Result<Rules, Refusal> {
    let rules = Rules {
        closed: options.closed.iter().map(|it| number(it)).collect(),
        open: options
            .open
            .as_ref()
            .map(|open| open.iter().map(|it| number(it)).collect()),
        older_than: options.older_than.as_deref().map(prune::days).transpose()?,
        keep: options.keep,
        max_bytes: options.max_size.as_deref().map(prune::bytes).transpose()?,
    };
    let has_one = !rules.closed.is_empty()
        || rules.open.is_some()
        || rules.older_than.is_some()
        || rules.keep.is_some()
        || rules.max_bytes.is_some();
    match has_one {
        true => Ok(rules),
        false => Err(Publishing::NoRule),
    }
}

/// `#12` is 12.
fn number(text: &str) -> String {
    text.trim().trim_start_matches(['#', '!']).to_owned()
}

fn prune_site(
    site: &mut dyn Site,
    viewer: Viewer,
    rules: &Rules,
    is_dry: bool,
    teller: Teller<'_>,
) -> Result<(), Refusal> {
    let get = |name: &str| env::var(name).ok();
    let today = time::day_of(&time::now(&get)).unwrap_or_default();
    let ((going, n_bytes, remarks), _) = settle(site, teller, &mut |site| {
        let mut loaded = load::load(site)?;
        let entries = load::all_entries(site, &mut loaded)?;
        let going = prune::choose(&entries, &loaded.index, rules, today);
        let message = Publishing::CommitPrune {
            n_reports: going.len(),
        };
        let mut change = None;
        if !going.is_empty() && !is_dry {
            let mut made = prune::take_out(site, &mut loaded, entries, &going)?;
            put_front(site, &mut loaded, viewer, teller.lang, &mut made)?;
            check(site, &made)?;
            change = Some(made);
        } else {
            let left = entries.into_iter().filter(|entry| {
                let is_going = |it: &prune::Going| it.path == entry.path;
                !going.iter().any(is_going)
            });
            loaded.index = index::build(left.collect(), &loaded.index).0;
        }
        let n_bytes = publish::total_bytes(&loaded.index);
        Ok(Made {
            told: (going, n_bytes, loaded.remarks),
            change,
            message,
        })
    })?;
    for remark in &remarks {
        teller.say(remark);
    }
    tell_pruned(&going, n_bytes, is_dry, teller);
    if let Some(limit) = rules.max_bytes.filter(|limit| n_bytes > *limit) {
        teller.say(&Publishing::StillLarge { n_bytes, limit });
    }
    Ok(())
}

fn tell_pruned(going: &[prune::Going], n_bytes: u64, is_dry: bool, teller: Teller<'_>) {
    if teller.common.json {
        let reports: Vec<Value> = going
            .iter()
            .map(|it| json!({"path": it.path, "bytes": it.n_bytes, "why": it.why.code()}))
            .collect();
        let document = json!({
            "command": "prune",
            "dry_run": is_dry,
            "reports": reports,
            "site_bytes": n_bytes,
        });
        return teller.print(&format!("{document:#}"));
    }
    for it in going {
        let line = Publishing::Goes {
            path: it.path.clone(),
            n_bytes: it.n_bytes,
            why: it.why,
        };
        teller.print(&line.say(teller.lang));
    }
    teller.say(&match going.len() {
        0 => Publishing::NothingGoes,
        n_reports => Publishing::Pruned {
            n_reports,
            n_bytes: going.iter().map(|it| it.n_bytes).sum(),
            is_dry,
        },
    });
}

/// The world, as waiting for an address needs it.
struct World<'a> {
    teller: Teller<'a>,
    client: Client,
    /// When something was last said; a terminal's line is written over, a log's isn't.
    told_at: Option<u64>,
    is_terminal: bool,
}

impl<'a> World<'a> {
    fn new(teller: Teller<'a>, get: &dyn Fn(&str) -> Option<String>) -> Result<Self, Refusal> {
        let client = Client::new(get).map_err(|error| Publishing::Failed {
            what: "--wait".to_owned(),
            message: error.to_string(),
        })?;
        Ok(Self {
            teller,
            client,
            told_at: None,
            is_terminal: io::stderr().is_terminal(),
        })
    }
}

impl Outside for World<'_> {
    fn ask(&mut self, url: &str) -> Result<(u16, Vec<u8>), String> {
        let answer = self.client.send(Request {
            method: "GET",
            url,
            headers: &[],
            body: None,
            follows: true,
        });
        let answer = answer.map_err(|error| error.to_string())?;
        Ok((answer.status, answer.body))
    }

    fn sleep_millis(&mut self, millis: u64) {
        SystemClock.sleep(Duration::from_millis(millis));
    }

    fn now_secs(&mut self) -> u64 {
        SystemClock.now_secs()
    }

    fn tell(&mut self, message: &Publishing) {
        let is_end = !matches!(message, Publishing::Waiting { .. });
        let now = self.now_secs();
        // A line each half minute is enough for a log.
        let is_due = self.told_at.is_none_or(|at| now.saturating_sub(at) >= 30);
        if self.teller.common.quiet || !(is_end || is_due || self.is_terminal) {
            return;
        }
        self.told_at = Some(now);
        if self.is_terminal {
            let end = if is_end { "\n" } else { "" };
            let text = message.say(self.teller.lang);
            // Nobody is left to be told when standard error is closed.
            let _ = write!(io::stderr().lock(), "\r\x1b[K{text}{end}");
        } else {
            self.teller.say(message);
        }
    }
}
