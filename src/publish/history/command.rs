//! `careo publish` and `careo prune`.

use std::{
    env, io,
    path::{Path, PathBuf},
};

use super::{
    index,
    known::{
        complete, default_baseline, discussion_of, facts, site_url, vouched_origin, vouched_place,
    },
    load::{self, Loaded},
    options::{PruneOptions, PublishOptions, Target, open, rules},
    pause,
    prune::{self, Rules},
    publish::{self, Publication},
    site::{Change, Committed, Kind, Refusal, Site, check},
    tell::{Teller, World, tell_pruned, tell_published, tell_reindexed},
    wait,
};
use crate::{
    bundle,
    model::{Lang, Origin},
    publish::{
        cli::{Common, Input},
        exit::Exit,
        gather, output, step_summary, time,
        viewer::Viewer,
    },
    summary::{self, CommentOptions},
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
            patiently(&mut || site.look())?;
            require_site(&mut *site, &options.target)?;
            let n_reports = reindex(&mut *site, viewer, teller)?;
            if input.inputs.is_empty() && input.readers.is_empty() {
                if common.json {
                    tell_reindexed(n_reports, teller);
                }
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
        if !is_site(&mut *site, options, teller)? {
            // It was said that there is no branch: that nothing has to go would sound as if there were.
            if common.json {
                tell_pruned(&[], 0, options.dry_run, teller);
            }
            return Ok(());
        }
        prune_site(&mut *site, viewer, &rules, options.dry_run, teller)
    });
    match ended {
        Ok(()) => Exit::Fine,
        Err(refusal) => teller.refuse(&refusal),
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
    let mut baseline = |origin: &Origin, has_rows: bool| {
        let found = default_baseline(site, options, origin, has_rows, teller, &get);
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
        report.origin.discussion = discussion_of(&place, known.discussion.as_ref());
    }
    complete(&mut report.origin);
    let site_url = site_url(site, options, &report.origin, &get)?;
    let page_lang = report.settings.lang.unwrap_or(teller.lang);
    // What can't be done afterwards is no surprise to be had once the report is there.
    if options.wait.is_some() && report.origin.base_url.is_none() && site_url.is_none() {
        return Err(Publishing::NoAddress);
    }
    let outside = options.wait.map(|_| World::new(teller, &get)).transpose()?;
    // Where this runs in the site's folder, another folder takes its place.
    let copy = options.bundle.as_deref().map(writable).transpose()?;
    let summary = step_summary::path().filter(|_| input.summary);
    if input.summary && summary.is_none() {
        teller.error(&Publish::NoSummary.say(teller.lang));
        return Ok(Exit::Usage);
    }
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
    tell_published(&plan, options.target.dir.as_deref(), n_tries, teller);
    if let Some(path) = copy {
        let written = output::write_to(&path, &bundle::write(&publication.bundle(&plan.path)));
        written.map_err(|error| not_written(&path, &error))?;
    }
    if let (Some(path), Some(judged)) = (summary, &plan.report.verdict) {
        let options = CommentOptions {
            lang: page_lang,
            key: &options.key,
        };
        let markdown = summary::job_summary(&plan.report, judged, options);
        let is_written = step_summary::add(&path, &markdown);
        if !is_written.map_err(|error| not_written(&path, &error))? {
            teller.error(&Publish::SummaryIsFull.say(teller.lang));
        }
    }
    if options.target.branch.is_some() && plan.n_bytes > PAGES_BYTES / 10 * 8 {
        teller.say(&Publishing::NearLimit {
            n_bytes: plan.n_bytes,
            limit: PAGES_BYTES,
        });
    }
    if let (Some(max_secs), Some(mut outside)) = (options.wait, outside) {
        let url = plan.report.origin.base_url.clone();
        let url = url.ok_or(Publishing::NoAddress)?;
        wait::wait(&mut outside, &url, entry.as_deref(), max_secs)?;
    }
    Ok(exit)
}

/// The absolute path of a file, into which something can be written; `-` is standard output.
fn writable(path: &Path) -> Result<PathBuf, Refusal> {
    if path == Path::new("-") {
        return Ok(path.to_owned());
    }
    let absolute = std::path::absolute(path).map_err(|error| not_written(path, &error))?;
    output::try_write(&absolute).map_err(|error| not_written(path, &error))?;
    Ok(absolute)
}

fn not_written(path: &Path, error: &io::Error) -> Refusal {
    Publishing::Failed {
        what: path.to_string_lossy().into_owned(),
        message: error.to_string(),
    }
}

/// `--reindex`.
fn reindex(site: &mut dyn Site, viewer: Viewer, teller: Teller<'_>) -> Result<u64, Refusal> {
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
    let n_reports = loaded.index.n_reports;
    teller.say(&Publishing::Reindexed { n_reports });
    Ok(n_reports)
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

/// Whether there is a site to prune. A branch that is not there yet is none, which is no mistake: a
/// workflow may clean up before the first report is published.
///
/// # Errors
/// What is there is no site of careo.
fn is_site(
    site: &mut dyn Site,
    options: &PruneOptions,
    teller: Teller<'_>,
) -> Result<bool, Refusal> {
    patiently(&mut || site.look())?;
    let target = &options.target;
    if let Some(branch) = &target.branch
        && site.kind("")? == Kind::Missing
    {
        let (branch, remote) = (branch.clone(), options.remote.clone());
        teller.say(&Publishing::NoBranchYet { branch, remote });
        return Ok(false);
    }
    require_site(site, target).map(|()| true)
}

/// Refuses what is no site of careo.
fn require_site(site: &mut dyn Site, target: &Target) -> Result<(), Refusal> {
    // Without its index, a site is told by its reports.
    if site.read(index::INDEX)?.is_some() || load::rebuild(site)?.index.n_reports > 0 {
        return Ok(());
    }
    let dir = target.dir.as_ref();
    let dir = dir.map(|it| it.to_string_lossy().into_owned());
    let names = [dir, target.to.clone(), target.branch.clone()];
    Err(Publishing::NoSite {
        path: names.into_iter().flatten().next().unwrap_or_default(),
    })
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
