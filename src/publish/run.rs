use std::{
    env, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{CommandFactory as _, Parser as _};
use serde_json::{Map, Value, json};

use super::{
    check::{self, Check},
    clash,
    cli::{Cli, Command, Common, Input},
    exit::Exit,
    forge::{self, Action, Posted, Target},
    gather::{self, Failure, Gathered, gather},
    history,
    http::SystemClock,
    input,
    origin::Field,
    output::{self, print},
    pack, page,
    serve::{self, Served},
    site, step_summary, verdict_json,
    viewer::Viewer,
};
use crate::{
    bundle,
    model::{Lang, Report, Stored, Verdict},
    summary::{self, CommentOptions, Here},
    words::{
        Say as _,
        forge::{Forge, Trouble},
        formats::FORMATS,
        gate::Gate,
        publish::Publish,
    },
};

/// Runs the command line of this process.
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no mistakes, and go to standard output.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Fine
            };
        }
    };
    let common = cli.common;
    match cli.command {
        Command::Build {
            input,
            output,
            dry_run,
        } => match spare_inputs(&input, Some(&output).filter(|_| !dry_run)) {
            Ok(()) => with_report(
                &input,
                &common,
                "build",
                |session, gathered| match dry_run {
                    true => session.list_public(gathered),
                    false => session.build(gathered, &output),
                },
            ),
            Err(exit) => exit,
        },
        Command::Pack { input, output } => match spare_inputs(&input, Some(&output)) {
            Ok(()) => with_viewer(&input, &common, "pack", |session, gathered, viewer| {
                session.pack(gathered, viewer, &output)
            }),
            Err(exit) => exit,
        },
        Command::Site { input, output } => match keep_apart(&input, &output) {
            Ok(()) => with_viewer(&input, &common, "site", |session, gathered, viewer| {
                session.site(gathered, viewer, &output)
            }),
            Err(exit) => exit,
        },
        Command::Comment { input, post, key } => {
            with_report(&input, &common, "comment", |session, gathered| match post {
                true => session.post(gathered, &key),
                false => session.comment(gathered, &key),
            })
        }
        Command::Publish { mut input, options } => {
            let apart = match &options.target.dir {
                Some(dir) => keep_apart(&input, dir),
                None => Ok(()),
            };
            match apart.and_then(|()| vouch(&mut input)) {
                Ok(()) => history::publish(&input, &common, &options),
                Err(exit) => exit,
            }
        }
        Command::Prune { options } => history::prune(&common, &options),
        Command::Check {
            input,
            gates,
            output,
        } => {
            if let Err(exit) = spare_inputs(&input, output.as_ref()) {
                return exit;
            }
            if common.json && output.as_deref() == Some(Path::new("-")) {
                say_error(&Publish::TwoDocuments, gather::lang(&input));
                return Exit::Usage;
            }
            // The summary shows the gates of the flags too.
            let set_gates = |report: &mut Report| {
                report.settings.gates = check::merged(report, &gates);
            };
            with_changed_report(&input, &common, "check", set_gates, |session, gathered| {
                session.check(gathered, output.as_deref())
            })
        }
        Command::Serve {
            input,
            port,
            host,
            under,
        } => run_server(&input, &common, &under, |lang, served, tell| {
            let listener = serve::listen(host, port).map_err(|error| {
                say_error(
                    &Publish::NotServing {
                        message: error.to_string(),
                    },
                    lang,
                );
                Exit::Bug
            })?;
            let address = listener.local_addr().map_err(|_unknown| Exit::Bug)?;
            let url = format!("http://{address}{}", served.under());
            match common.json {
                true => tell(&url),
                false => print(&Publish::Serving { url }.say(lang)),
            }
            serve::serve(&listener, served);
            Ok(())
        }),
        Command::Schema => print_all(bundle::JSON_SCHEMA),
        Command::Formats => print_all(&formats(common.json)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "careo", &mut script);
            print_all(&String::from_utf8_lossy(&script))
        }
    }
}

/// One run of a command that reads inputs.
struct Session<'a> {
    command: &'static str,
    common: &'a Common,
    lang: Lang,
}

type Ended = Result<(), Exit>;

impl Session<'_> {
    fn build(&self, mut gathered: Gathered, output: &Path) -> Ended {
        gather::keep_inside(&mut gathered.report, gather::MAX_INSIDE_BYTES);
        let bytes = bundle::write(&gathered.report);
        self.write(output, &bytes)?;
        self.tell_written(&gathered, output, bytes.len());
        Ok(())
    }

    fn pack(&self, mut gathered: Gathered, viewer: Viewer, output: &Path) -> Ended {
        gather::keep_inside(&mut gathered.report, gather::MAX_INSIDE_BYTES);
        let html = pack::pack(&gathered.report, viewer);
        let html = html.map_err(|error| self.not_written(output, &error))?;
        self.write(output, html.as_bytes())?;
        self.tell_written(&gathered, output, html.len());
        Ok(())
    }

    fn site(&self, gathered: Gathered, viewer: Viewer, output: &Path) -> Ended {
        let index = output.join("index.html");
        if fs::read(&index).is_ok_and(|html| !page::is_ours(&html)) {
            let path = index.to_string_lossy().into_owned();
            say_error(&Publish::OthersPage { path }, self.lang);
            return Err(Exit::Usage);
        }
        let written = site::write(gathered.report.clone(), viewer, output);
        written.map_err(|error| self.not_written(output, &error))?;
        let path = output.to_string_lossy().into_owned();
        match self.common.json {
            true => self.print_json(&gathered, &[("written", json!([path]))]),
            false => self.say(&Publish::WroteSite { path }),
        }
        Ok(())
    }

    fn comment(&self, gathered: Gathered, key: &str) -> Ended {
        let Some(markdown) = self.markdown(&gathered, key) else {
            return Err(refuse(&Trouble::NoVerdict, self.lang));
        };
        match self.common.json {
            true => self.print_json(&gathered, &[("markdown", json!(markdown))]),
            false => print(markdown.trim_end()),
        }
        Ok(())
    }

    /// The comment's text; `None` without a verdict.
    fn markdown(&self, gathered: &Gathered, key: &str) -> Option<String> {
        let report = &gathered.report;
        let verdict = report.verdict.as_ref()?;
        let options = self.comment_options(report, key);
        Some(summary::comment(report, verdict, options))
    }

    /// `comment --post`.
    fn post(&self, mut gathered: Gathered, key: &str) -> Ended {
        let posted = self.try_post(&mut gathered, key);
        let posted = posted.map_err(|trouble| refuse(&trouble, self.lang))?;
        let url = posted.url;
        if self.common.json {
            let said = [
                ("comment", json!(url)),
                ("action", json!(posted.action.code())),
            ];
            self.print_json(&gathered, &said);
            return Ok(());
        }
        if !self.common.quiet {
            let said = match posted.action {
                Action::Created => Forge::Created { url },
                Action::Updated => Forge::Updated { url },
                Action::Unchanged => Forge::Unchanged { url },
            };
            output::say(&said.say(self.lang));
        }
        Ok(())
    }

    fn try_post(&self, gathered: &mut Gathered, key: &str) -> Result<Posted, Trouble> {
        let env = set_variable;
        let is_said = |field: Field| gathered.said_by.iter().any(|(said, _)| *said == field);
        let (has_discussion, has_base) = (is_said(Field::Discussion), is_said(Field::BaseUrl));
        let report = &mut gathered.report;
        let claimed = report.origin.discussion.as_ref();
        let clock = || Box::new(SystemClock);
        let checked = forge::checked_discussion(claimed, has_discussion, &env, clock())?;
        let discussion = checked.ok_or(Trouble::NoTarget)?;
        let target = Target::new(&discussion.url, &env, clock())?;
        report.origin.discussion = Some(discussion);
        // What nobody vouches for leads nobody anywhere.
        if !has_base && forge::is_of_another_run(&env) {
            report.origin.base_url = None;
        }
        let report = &gathered.report;
        let lang = self.page_lang(report);
        let markdown = self.markdown(gathered, key);
        let (Some(markdown), Some(judged)) = (markdown, &report.verdict) else {
            return Err(Trouble::NoVerdict);
        };
        target.post(&summary::marker(key), &|old| {
            // A run for an older commit may end last, or be started once more.
            let is_of_head = |shown: &str| target.head().is_some_and(|it| it.starts_with(shown));
            let newer = old.filter(|it| {
                let shown = summary::shown_commit(it);
                let is_own = |it: &str| {
                    let own = report.origin.commit.as_deref();
                    own.is_none_or(|own| own.starts_with(it))
                };
                shown.is_some_and(|it| !is_own(&it) && is_of_head(&it))
            });
            match newer {
                Some(newer) => summary::below_newer(newer, report, judged, lang),
                None => summary::with_earlier(&markdown, old, report, judged, lang),
            }
        })
    }

    fn comment_options<'k>(&self, report: &Report, key: &'k str) -> CommentOptions<'k> {
        CommentOptions {
            lang: self.page_lang(report),
            key,
        }
    }

    /// The verdict and the gates: as text, as JSON, as annotations, and as an exit code.
    fn check(&self, gathered: Gathered, output: Option<&Path>) -> Ended {
        let report = &gathered.report;
        // Prose and pictures alone have nothing to judge.
        let judged = report.verdict.clone().unwrap_or_default();
        let check = Check::new(report, &judged, self.lang);
        if let Some(output) = output {
            let document = verdict_json::document(report, &judged, Some(&check.gates));
            self.write(output, format!("{document:#}\n").as_bytes())?;
        }
        let annotations = self.annotations(&gathered, &judged, &check);
        // Judged by another metric than the team named, it is no verdict to go by.
        let mut unmatched = gathered.unmatched.iter();
        let by_another = unmatched.find(|it| it.key == "primary_metric");
        // What it fails by is told to who wants to hear of nothing else, too.
        if let Some(it) = by_another.filter(|_| self.common.quiet) {
            eprint(&it.lines(self.lang));
        }
        if self.common.json {
            let document = verdict_json::document(report, &judged, Some(&check.gates));
            self.print_json(&gathered, &[("verdict", document)]);
            // The runner reads both streams; the one with JSON stays JSON.
            output::command(&annotations);
        } else {
            if !self.common.quiet && output != Some(Path::new("-")) {
                print(&check.lines(report, &judged, by_another.is_some(), self.lang));
            }
            eprint(&check.failures(self.lang).join("\n"));
            if by_another.is_some() && self.common.quiet {
                eprint(&Gate::ByAnother.say(self.lang));
            }
            output::command(&annotations);
        }
        match (check.has_failed(), by_another.is_some()) {
            (true, _) => Err(Exit::Gate),
            (false, true) => Err(Exit::Usage),
            (false, false) => Ok(()),
        }
    }

    /// What GitHub shows beside the run; nothing elsewhere.
    fn annotations(&self, gathered: &Gathered, judged: &Verdict, check: &Check) -> String {
        if !is_on_github() {
            return String::new();
        }
        let report = &gathered.report;
        let lang = self.page_lang(report);
        let here = Here {
            file: &|artifact| gathered.file(artifact),
            help: &|it| gather::help(it, &[], lang),
        };
        summary::github_annotations(report, judged, lang)
            + &summary::problem_annotations(&report.problems, &here, lang)
            + &summary::gate_annotations(&check.gates, &here, lang)
    }

    /// `--summary`: the report in short where GitHub shows it under the run.
    fn add_summary(&self, gathered: &Gathered) -> Ended {
        let report = &gathered.report;
        let Some(judged) = &report.verdict else {
            return Ok(());
        };
        let Some(path) = step_summary::path() else {
            say_error(&Publish::NoSummary, self.lang);
            return Err(Exit::Usage);
        };
        let options = self.comment_options(report, "");
        let markdown = summary::job_summary(report, judged, options);
        let is_written = step_summary::add(&path, &markdown);
        if !is_written.map_err(|error| self.not_written(&path, &error))? {
            say_error(&Publish::SummaryIsFull, self.lang);
        }
        Ok(())
    }

    /// `--dry-run`: what would become public, and what not.
    fn list_public(&self, gathered: Gathered) -> Ended {
        let is_public = |stored: &Stored| *stored != Stored::Nowhere;
        let artifacts = gathered.report.artifacts.iter();
        let public: Vec<&str> = artifacts
            .filter(|it| is_public(&it.stored))
            .map(|it| it.path.as_str())
            .collect();
        if self.common.json {
            let lists = [
                ("public", json!(public)),
                ("kept_back", json!(gathered.kept_back)),
                ("taken_out", json!(gathered.taken)),
            ];
            self.print_json(&gathered, &lists);
            return Ok(());
        }
        let kept_back: Vec<&str> = gathered.kept_back.iter().map(String::as_str).collect();
        let mut taken: Vec<&str> = gathered.taken.iter().map(String::as_str).collect();
        taken.sort_unstable();
        taken.dedup();
        let lists = [
            (Publish::Public, [vec!["report.json"], public].concat()),
            (Publish::KeptBack, kept_back),
            (Publish::TakenOut, taken),
        ];
        for (heading, lines) in lists {
            if !lines.is_empty() {
                print(&format!(
                    "{}\n  {}",
                    heading.say(self.lang),
                    lines.join("\n  ")
                ));
            }
        }
        Ok(())
    }

    /// The language of what is published: the team's, rather than the terminal's.
    fn page_lang(&self, report: &Report) -> Lang {
        report.settings.lang.unwrap_or(self.lang)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Ended {
        output::write_to(path, bytes).map_err(|error| self.not_written(path, &error))
    }

    fn not_written(&self, path: &Path, error: &io::Error) -> Exit {
        let (path, message) = (path.to_string_lossy().into_owned(), error.to_string());
        say_error(&Publish::NotWritten { path, message }, self.lang);
        Exit::Bug
    }

    fn tell_written(&self, gathered: &Gathered, output: &Path, n_bytes: usize) {
        let path = output.to_string_lossy().into_owned();
        if path == "-" {
            return;
        }
        if self.common.json {
            let written = json!([path]);
            self.print_json(gathered, &[("written", written), ("bytes", json!(n_bytes))]);
            return;
        }
        let n_bytes = n_bytes as u64;
        self.say(&Publish::Wrote { path, n_bytes });
    }

    /// On standard error, so that standard output can be the product.
    fn say(&self, message: &Publish) {
        if !self.common.quiet {
            say_error(message, self.lang);
        }
    }

    fn print_json(&self, gathered: &Gathered, more: &[(&str, Value)]) {
        let report = &gathered.report;
        let origin: Map<String, Value> = gathered
            .said_by
            .iter()
            .map(|(field, from)| {
                let value = json!({"value": field.value(&report.origin), "from": from});
                (field.name().to_owned(), value)
            })
            .collect();
        let lang = self.page_lang(report);
        let verdict = report.verdict.as_ref().map(|it| {
            json!({
                "outcome": it.outcome.code(),
                "digest": it.digest,
                "sentence": summary::verdict_sentence(report, it, lang),
            })
        });
        let problems: Vec<String> = report
            .problems
            .iter()
            .map(|it| gather::lines(it, &[], self.lang))
            .collect();
        let artifacts: Vec<Value> = report
            .artifacts
            .iter()
            .map(|it| json!({"path": it.path, "sha256": it.sha256, "reader": it.reader}))
            .collect();
        let config = gathered.config.as_ref().and_then(|path| path.file_name());
        let mut document = json!({
            "command": self.command,
            "config": config.map(|name| name.to_string_lossy()),
            "origin": origin,
            "verdict": verdict,
            "artifacts": artifacts,
            "problems": problems,
        });
        for (key, value) in more {
            document[*key] = value.clone();
        }
        print(&format!("{document:#}"));
    }
}

fn with_report(
    input: &Input,
    common: &Common,
    command: &'static str,
    run: impl FnOnce(&Session<'_>, Gathered) -> Ended,
) -> Exit {
    with_changed_report(input, common, command, |_| {}, run)
}

/// As [`with_report`], where the command has a say in what the report holds.
fn with_changed_report(
    input: &Input,
    common: &Common,
    command: &'static str,
    change: impl FnOnce(&mut Report),
    run: impl FnOnce(&Session<'_>, Gathered) -> Ended,
) -> Exit {
    let lang = gather::lang(input);
    let names = input::named(&input.inputs);
    let mut gathered = match gather(input, common) {
        Ok(gathered) => gathered,
        Err(Failure { problems, exit }) => {
            gather::tell_with(&problems, &names, lang);
            if command == "check" && is_on_github() {
                let here = Here {
                    file: &str::to_owned,
                    help: &|it| gather::help(it, &names, lang),
                };
                output::command(&summary::problem_annotations(&problems, &here, lang));
            }
            return exit;
        }
    };
    gather::tell_with(&gathered.report.problems, &names, lang);
    change(&mut gathered.report);
    let exit = gathered.exit;
    let session = Session {
        command,
        common,
        lang,
    };
    let summary = match input.summary {
        true => session.add_summary(&gathered),
        false => Ok(()),
    };
    match summary.and_then(|()| run(&session, gathered)) {
        Ok(()) => exit,
        Err(exit) => exit,
    }
}

fn with_viewer(
    input: &Input,
    common: &Common,
    command: &'static str,
    run: impl FnOnce(&Session<'_>, Gathered, Viewer) -> Ended,
) -> Exit {
    let Some(viewer) = Viewer::get() else {
        say_error(&Publish::NoViewer, gather::lang(input));
        return Exit::Bug;
    };
    let run = |session: &Session<'_>, gathered: Gathered| run(session, gathered, viewer);
    with_report(input, common, command, run)
}

/// Serves a site as it is, or one that is made of the inputs and is in no folder; without inputs, the
/// viewer.
fn run_server(
    input: &Input,
    common: &Common,
    under: &str,
    run: impl FnOnce(Lang, &Served, &dyn Fn(&str)) -> Ended,
) -> Exit {
    let lang = gather::lang(input);
    // What is served as it is has no report to tell of.
    let tell = |url: &str| print(&format!("{:#}", json!({"command": "serve", "url": url})));
    let is_alone = input.baseline.is_empty() && input.readers.is_empty();
    if input.inputs.is_empty() && is_alone {
        let Some(viewer) = Viewer::get() else {
            say_error(&Publish::NoViewer, lang);
            return Exit::Bug;
        };
        let index = ("index.html", viewer.index().as_bytes());
        let files = viewer.assets().chain([index]);
        let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
        let served = Served::made(files.collect(), under);
        return run(lang, &served, &tell).err().unwrap_or(Exit::Fine);
    }
    if let [only] = input.inputs.as_slice()
        && is_alone
        && Path::new(only).join("index.html").is_file()
    {
        return match Served::folder(Path::new(only), under) {
            Ok(served) => run(lang, &served, &tell).err().unwrap_or(Exit::Fine),
            Err(error) => {
                let message = error.to_string();
                say_error(&Publish::NotServing { message }, lang);
                Exit::Unreadable
            }
        };
    }
    // A packed report is a whole page.
    if let [only] = input.inputs.as_slice()
        && is_alone
        && [".html", ".htm"].iter().any(|end| only.ends_with(end))
        && let Ok(html) = fs::read(only)
        && page::is_ours(&html)
    {
        let files = vec![("index.html".to_owned(), html)];
        let served = Served::made(files, under);
        return run(lang, &served, &tell).err().unwrap_or(Exit::Fine);
    }
    with_viewer(input, common, "serve", |session, gathered, viewer| {
        let files = site::files(gathered.report.clone(), viewer);
        let files = files.map_err(|error| session.not_written(Path::new("-"), &error))?;
        let tell = |url: &str| session.print_json(&gathered, &[("url", json!(url))]);
        run(lang, &Served::made(files, under), &tell)
    })
}

/// Refuses to write a file in the place of an input.
fn spare_inputs(input: &Input, output: Option<&PathBuf>) -> Ended {
    match output.filter(|it| **it != Path::new("-") && clash::replaces_input(it, input)) {
        None => Ok(()),
        Some(output) => {
            let path = output.to_string_lossy().into_owned();
            say_error(&Publish::ReplacesInput { path }, gather::lang(input));
            Err(Exit::Usage)
        }
    }
}

/// Refuses to write a site among its own inputs.
fn keep_apart(input: &Input, folder: &Path) -> Ended {
    if !clash::is_among_inputs(folder, input) {
        return Ok(());
    }
    let path = folder.to_string_lossy().into_owned();
    let better = match path.as_str() {
        "." => "site".to_owned(),
        _ => folder.join("site").to_string_lossy().into_owned(),
    };
    say_error(&Publish::AmongInputs { path, better }, gather::lang(input));
    Err(Exit::Usage)
}

/// All readers, one a line: id, what it reads, what such files are called.
fn formats(is_json: bool) -> String {
    if is_json {
        let object = |it: &(&str, &str, &str)| json!({"id": it.0, "reads": it.1, "names": it.2});
        let list: Vec<Value> = FORMATS.iter().map(object).collect();
        return format!("{:#}", json!(list));
    }
    let widest = |texts: &mut dyn Iterator<Item = &str>| {
        let widths = texts.map(|it| it.chars().count());
        widths.max().unwrap_or_default()
    };
    let id_width = widest(&mut FORMATS.iter().map(|it| it.0));
    let names_width = widest(&mut FORMATS.iter().map(|it| it.2));
    let line = |(id, reads, names): &(&str, &str, &str)| {
        format!("{id:id_width$}  {names:names_width$}  {reads}")
    };
    let lines: Vec<String> = FORMATS.iter().map(line).collect();
    lines.join("\n")
}

/// A product, as it is.
fn print_all(text: &str) -> Exit {
    let _ = writeln!(io::stdout().lock(), "{}", text.trim_end());
    Exit::Fine
}

/// On standard error, where there is something to say.
fn eprint(text: &str) {
    if !text.is_empty() {
        output::say(text.trim_end());
    }
}

/// Where another run's end started this one, only GitHub tells which pull request that run was of.
fn vouch(input: &mut Input) -> Ended {
    let clock = Box::new(SystemClock);
    let pull = forge::pull_of_other_run(input.pr.as_deref(), &set_variable, clock);
    match pull {
        Ok(pull) => {
            input.pr = input.pr.take().or(pull);
            Ok(())
        }
        Err(trouble) => Err(refuse(&trouble, gather::lang(input))),
    }
}

/// Says why nothing was sent.
fn refuse(trouble: &Trouble, lang: Lang) -> Exit {
    output::say(&trouble.say(lang));
    match trouble {
        Trouble::NoVerdict => Exit::NothingFound,
        it if it.is_usage() => Exit::Usage,
        _ => Exit::Refused,
    }
}

/// Whether GitHub's runner reads what is said here.
fn is_on_github() -> bool {
    env::var("GITHUB_ACTIONS").as_deref() == Ok("true")
}

/// A variable of the environment; an empty one counts as missing.
fn set_variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}

fn say_error(message: &Publish, lang: Lang) {
    output::say(&message.say(lang));
}
