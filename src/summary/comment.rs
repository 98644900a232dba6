use std::fmt::Write as _;

use super::{
    markdown::{self, escape, escape_short, folded, row},
    mixups, reasons, sentence,
    tried::value_text,
    written::row_texts,
};
use crate::{
    analysis::{
        self, business,
        changed::{self, Selection},
        class_order::own_order,
        ledger, matrix_source, numbers,
        values::Ranked,
    },
    model::{
        Cell, ColumnKind, ConfusionMatrix, Lang, MatrixKind, Origin, Outcome, Report, RevisionKind,
        State, Verdict,
    },
    route::{Address, View},
    words::{
        Say as _, comment::Comment, confusion::clipped, gate::Gate, judged::Around, ledger::Ledger,
        mixups::MixUps, number, overview::Overview, worth::Worth,
    },
};

/// The longest comment in bytes; GitHub takes 65,536 characters.
pub const MAX_COMMENT_BYTES: usize = 60_000;

/// Metrics in the table at most.
const MOST_METRICS: usize = 8;
/// Experiments in the table at most, beside the baseline and this change.
const MOST_EXPERIMENTS: usize = 10;
/// Columns of the table of experiments at most.
const MOST_COLUMNS: usize = 12;
/// Classes of a matrix at most.
const MOST_CLASSES: usize = 20;

/// What a comment leaves out, and in which language it speaks.
#[derive(Clone, Copy)]
pub struct CommentOptions<'a> {
    /// The language.
    pub lang: Lang,
    /// The key that tells several reports of one pull request apart.
    pub key: &'a str,
}

/// The pull request's comment: a hidden marker by which it is found again, then [`job_summary`].
pub fn comment(report: &Report, judged: &Verdict, options: CommentOptions<'_>) -> String {
    let digest: String = judged
        .digest
        .chars()
        .filter(char::is_ascii_hexdigit)
        .collect();
    let marker = marker(options.key);
    let head = format!("{marker}digest={digest} -->\n");
    head + &job_summary(report, judged, options)
}

/// How the hidden first line of a comment begins, by which it is found again. Keys of letters,
/// digits, `.` and `_`, single hyphens between them, stand in it as they are.
pub fn marker(key: &str) -> String {
    let mut plain = String::new();
    for letter in key.chars().take(60) {
        // Two hyphens could end the hidden part.
        let is_fine = letter.is_ascii_alphanumeric()
            || matches!(letter, '.' | '_')
            || (letter == '-' && !plain.ends_with('-'));
        if is_fine {
            plain.push(letter);
        }
    }
    format!("<!-- careo key={plain} ")
}

/// The report as Markdown: the verdict, its numbers, gates and worth, what was tried; folded below,
/// the reasons, the best experiments and the confusions; links.
///
/// Shorter than [`MAX_COMMENT_BYTES`] by rule: first the experiments that rank lowest are left to
/// the page, then whole parts from the end; the text says so.
pub fn job_summary(report: &Report, judged: &Verdict, options: CommentOptions<'_>) -> String {
    let lang = options.lang;
    let end = footer(report, judged, lang);
    let no_room = format!("\n{}\n", Comment::NoRoom.say(lang));
    // The marker of a comment needs its place too.
    let room = MAX_COMMENT_BYTES - 200 - end.len() - no_room.len();
    let before = [
        verdict(report, judged, options),
        metrics(report, judged, lang),
        gates(report, judged, lang),
        others(report, judged, lang),
        value(report, judged, lang),
        tried(report, judged, lang),
        why(report, judged, lang),
    ];
    let after = matrix(report, judged, lang);
    let mut text = String::new();
    let mut is_full = false;
    let mut add =
        |text: &mut String, part: &str, reserved: usize| match text.len() + part.len() + reserved
            < room
        {
            true => text.push_str(part),
            false => is_full = true,
        };
    for part in &before {
        add(&mut text, part, 0);
    }
    let reserved = after.len();
    let table = (0..=MOST_EXPERIMENTS)
        .rev()
        .map(|most| experiments(report, judged, options, most))
        .find(|part| text.len() + part.len() + reserved < room);
    // Else the parts behind it are what is too long.
    let table = table.unwrap_or_else(|| experiments(report, judged, options, 0));
    add(&mut text, &table, 0);
    add(&mut text, &after, 0);
    if is_full {
        text.push_str(&no_room);
    }
    text + &end
}

fn verdict(report: &Report, judged: &Verdict, options: CommentOptions<'_>) -> String {
    let lang = options.lang;
    let sign = match judged.outcome {
        Outcome::Improved => "▲",
        Outcome::Worse => "▼",
        Outcome::NoClearChange => "≈",
        Outcome::Mixed => "▲▼",
        Outcome::NotComparable => "≠",
        Outcome::Unknown => "?",
    };
    let pill = Around::Pill(judged.outcome).say(lang);
    let sentence = sentence::verdict_sentence(report, judged, lang);
    let sentence = escape(&markdown::shortened(&sentence, 1000));
    // Which one it is, where a pull request has several.
    let key = match options.key {
        "" => String::new(),
        key => format!(" · {}", escape_short(key)),
    };
    let mut text = format!("### {sign} {}{key}\n\n**{sentence}**\n", escape(&pill));
    if let Some(judged_by) = super::judged_by(report, judged, lang) {
        let _ = write!(text, "\n{}\n", escape_long(&judged_by));
    }
    if let Some(changed) = super::changed_params(report, judged, lang) {
        let _ = write!(text, "\n{}\n", escape_long(&changed));
    }
    text
}

/// Why the verdict is what it is, one reason after the other, and how the intervals were found.
fn why(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let mut text = String::new();
    for reason in reasons::reasons(report, judged, lang) {
        let title = escape(&reason.title);
        let _ = write!(text, "- **{title}** {}", escape_long(&reason.text));
        let (code, more) = reason.listed(lang);
        for (before, code) in code {
            let _ = write!(text, "{before}{}", markdown::code(&code));
        }
        let _ = writeln!(text, "{more}");
    }
    let rows = numbers::numbers(report, judged);
    let shown = rows.get(..MOST_METRICS).unwrap_or(&rows);
    let notes = super::interval_notes(report, judged, shown, lang);
    if !notes.is_empty() {
        let _ = write!(text, "\n{}\n", escape_long(&notes));
    }
    match text.is_empty() {
        true => text,
        false => folded(&Comment::Reasons.say(lang), &text),
    }
}

fn metrics(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let rows = numbers::numbers(report, judged);
    if rows.is_empty() {
        return String::new();
    }
    let baseline = sentence::baseline_name(report, judged).name(lang);
    let heads = [
        Overview::Metric.say(lang),
        baseline,
        Overview::ThisChange.say(lang),
        Overview::Difference.say(lang),
        Overview::Interval(judged.confidence).say(lang),
    ];
    let mut text = format!("\n{}", row(&heads.map(|it| escape_short(&it))));
    text.push_str("| :-- | --: | --: | --: | --: |\n");
    for told in row_texts(report, &rows, lang)
        .into_iter()
        .take(MOST_METRICS)
    {
        let with = |value: &str, right: &Option<String>| match right {
            Some(right) => format!("{value} ({right})"),
            None => value.to_owned(),
        };
        let difference = told.difference.map_or_else(String::new, |it| {
            format!("{} {} ({})", it.arrow, it.number, it.word)
        });
        let title = match told.section {
            Some(section) => format!("{} ({section})", told.title),
            None => told.title,
        };
        let cells = [
            title,
            with(&told.baseline, &told.baseline_right),
            with(&told.current, &told.current_right),
            difference,
            told.interval.unwrap_or_else(|| "–".to_owned()),
        ];
        text.push_str(&row(&cells.map(|it| escape_short(&it))));
    }
    if rows.len() > MOST_METRICS {
        let more = Overview::MoreMetrics(rows.len() - MOST_METRICS).say(lang);
        let link = address(report, &Address::new(View::Compare));
        let _ = write!(text, "\n{}\n", markdown::link(&more, link.as_deref()));
    }
    text
}

/// What the team insists on, and whether it is met.
fn gates(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let rows = super::gates::gate_rows(report, judged, lang);
    if rows.is_empty() {
        return String::new();
    }
    let mut text = format!("\n#### {}\n\n", Gate::Title.say(lang));
    for it in &rows {
        let sign = if it.holds { "✓" } else { "✗" };
        let met = escape(&Gate::Met(it.holds).say(lang));
        let [name, required, found] =
            [&it.name, &it.required, &it.found].map(|it| escape_short(it));
        let needed = escape(&Gate::Needed.say(lang));
        let _ = writeln!(
            text,
            "- {sign} **{name}**: {found}; {needed}: {required} ({met})"
        );
    }
    text
}

/// The verdict against the other baselines.
fn others(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let others = super::baselines::other_baselines(report, judged, lang);
    let mut text = String::new();
    for it in &others {
        let pill = escape(&Around::Pill(it.outcome).say(lang));
        let (label, sentence) = (escape(&it.label), escape_long(&it.sentence));
        let _ = write!(text, "\n- **{label}** · {pill}. {sentence}");
    }
    match text.is_empty() {
        true => text,
        false => text + "\n",
    }
}

/// What the answers are worth, where the team said it.
fn value(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let Some(business) = business::business(report, judged) else {
        return String::new();
    };
    let title = escape(&Worth::Title.say(lang));
    let mut lines = super::worth::worth_text(report, judged, &business, business.set, lang);
    if business.unknown.is_some() && business.baseline.is_some() {
        lines.push(super::worth::break_even_of_cell(
            report, judged, &business, lang,
        ));
    }
    format!("\n**{title}** {}\n", escape_long(&lines.join(" ")))
}

/// Every parameter that was varied, and runs that should agree and don't.
fn tried(report: &Report, judged: &Verdict, lang: Lang) -> String {
    /// More parameters are on the page.
    const MOST: usize = 6;
    /// More groups of runs are on the page.
    const MOST_GROUPS: usize = 3;
    let ledger = ledger::ledger(report, judged);
    let lines = super::ledger::ledger_lines(report, &ledger, judged, lang);
    let differing = super::ledger::differing_runs(report, &ledger.duplicates, lang);
    let seen = analysis::tried::tried(report, judged);
    let never = super::tried::never_varied(report, judged, &seen, lang);
    if lines.is_empty() && differing.is_empty() {
        return String::new();
    }
    let mut text = format!("\n#### {}\n\n", Ledger::Title.say(lang));
    for (name, line) in lines.iter().take(MOST) {
        let _ = writeln!(text, "- **{}**: {}", escape_short(name), escape_long(line));
    }
    if lines.len() > MOST {
        let more = Ledger::MoreParams(lines.len() - MOST).say(lang);
        let _ = writeln!(text, "- {}", escape(&more));
    }
    if let Some(it) = never {
        let label = escape(&it.label);
        let _ = writeln!(text, "- **{label}** {}", escape_long(&it.text));
    }
    for it in differing.iter().take(MOST_GROUPS) {
        let _ = writeln!(text, "- ⚠ {}", escape_long(it));
    }
    if differing.len() > MOST_GROUPS {
        let more = Ledger::MoreGroups(differing.len() - MOST_GROUPS).say(lang);
        let _ = writeln!(text, "- {}", escape(&more));
    }
    text
}

/// The rows of the table: this change, the baseline, then the best experiments, those without a
/// result last.
fn best_rows(report: &Report, judged: &Verdict, most: usize) -> Vec<usize> {
    let mut rows = vec![judged.current];
    rows.extend(judged.baseline);
    let others = (0..report.revisions.len()).filter(|it| !rows.contains(it));
    let mut others: Vec<(Option<f64>, usize)> = others
        .map(|it| {
            let score = analysis::tried::score(report, judged, it);
            (score.map(|it| it.value), it)
        })
        .collect();
    // A stable sort: where nobody knows which way is better, they stay as listed.
    others.sort_by(|a, b| match (a.0, b.0) {
        (Some(a), Some(b)) => analysis::tried::better_first(a, b, judged.direction),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    rows.extend(others.into_iter().take(most).map(|it| it.1));
    rows
}

/// What `dvc exp show --only-changed` tells, with the states of runs that have no results; the best
/// experiments only.
fn experiments(
    report: &Report,
    judged: &Verdict,
    options: CommentOptions<'_>,
    most: usize,
) -> String {
    let lang = options.lang;
    let rows: Vec<usize> = (0..report.revisions.len()).collect();
    let is_experiment = |revision: &usize| {
        let kind = report.revisions.get(*revision).map(|it| it.kind);
        kind == Some(RevisionKind::Experiment)
    };
    if !rows.iter().any(is_experiment) {
        return String::new();
    }
    // Outputs and files without a value in the rows shown would only be empty columns.
    let headings = changed::headings(report);
    // A comment has no room for what is the same in all rows; the page shows it.
    let mut selection = Selection::of(&report.settings.left_out);
    selection.only_changed = true;
    let mut columns = changed::columns(report, &rows, &selection);
    if let Some(metric) = judged.metric.filter(|it| !columns.contains(it)) {
        columns.insert(0, metric);
    }
    // What no experiment states, such as the classes of the current report, would be empty in all
    // of their rows.
    let runs: Vec<usize> = rows.iter().copied().filter(is_experiment).collect();
    columns.retain(|&column| changed::n_known(report, column, &runs) > 0);
    // A baseline of bare results states no parameters: that is no change of them.
    let ranked = Ranked::new(report);
    columns.retain(|&column| {
        let heading = headings.get(column).map_or("", String::as_str);
        selection.keeps(heading) || changed::differs(report, &ranked, column, &rows)
    });
    let mut repeated = changed::repeated(report, &columns, &rows, judged.metric);
    repeated.retain(|it| {
        let heading = headings.get(it.0).map_or("", String::as_str);
        !selection.keeps(heading)
    });
    columns.retain(|column| repeated.iter().all(|it| it.0 != *column));
    let shown: Vec<usize> = columns.iter().copied().take(MOST_COLUMNS).collect();
    let is_listed = |kind| kind != ColumnKind::Output;
    let n_all = report
        .columns
        .iter()
        .filter(|it| is_listed(it.kind))
        .count();
    let mut heads = vec![Comment::Experiment.say(lang)];
    heads.extend(shown.iter().filter_map(|it| headings.get(*it).cloned()));
    let heads: Vec<String> = heads.iter().map(|it| escape_short(it)).collect();
    let mut text = row(&heads);
    text.push_str("| :-- |");
    text.push_str(&" --: |".repeat(shown.len()));
    text.push('\n');
    let keys = report.revision_keys();
    let listed = best_rows(report, judged, most);
    for &revision in &listed {
        let key = keys.get(revision).map_or("", String::as_str);
        text.push_str(&experiment(report, judged, revision, key, &shown, lang));
    }
    let mut notes = Vec::new();
    if rows.len() > listed.len() {
        notes.push(Comment::MoreRows(rows.len() - listed.len()).say(lang));
    }
    if columns.len() > shown.len() {
        notes.push(Comment::MoreColumns(columns.len() - shown.len()).say(lang));
    }
    for of in &columns {
        let name = |column: usize| headings.get(column).cloned().unwrap_or_default();
        let same = repeated.iter().filter(|it| it.1 == *of);
        let same: Vec<String> = same.map(|it| name(it.0)).collect();
        if !same.is_empty() {
            notes.push(Comment::Repeated(same, name(*of)).say(lang));
        }
    }
    let n_left_out = n_all.saturating_sub(columns.len() + repeated.len());
    if n_left_out > 0 {
        notes.push(Comment::LeftOut(n_left_out).say(lang));
    }
    let notes: Vec<String> = notes.iter().map(|it| escape_long(it)).collect();
    let link = address(report, &Address::new(View::Experiments));
    let open = Comment::OpenExperiments.say(lang);
    let link = link.map(|url| markdown::link(&open, Some(&url)));
    let last: Vec<String> = notes.into_iter().chain(link).collect();
    if !last.is_empty() {
        let _ = write!(text, "\n{}\n", last.join(" "));
    }
    folded(&Comment::Experiments.say(lang), &text)
}

fn experiment(
    report: &Report,
    judged: &Verdict,
    revision: usize,
    key: &str,
    columns: &[usize],
    lang: Lang,
) -> String {
    let Some(found) = report.revisions.get(revision) else {
        return String::new();
    };
    let sign = match revision {
        it if it == judged.current => "● ",
        it if Some(it) == judged.baseline => "○ ",
        _ => "",
    };
    let state = match found.state {
        State::Ok => None,
        State::Failed(_) => Some(Comment::Failed),
        State::Queued => Some(Comment::Queued),
        State::Running => Some(Comment::Running),
    };
    let state_text = state.as_ref().map(|it| format!(" ({})", it.say(lang)));
    let link = Address::new(View::Experiments).with("row", Some(key));
    let name = markdown::shortened(key, 60);
    let name = markdown::link(&name, address(report, &link).as_deref());
    let mut cells = vec![format!("{sign}{name}{}", state_text.unwrap_or_default())];
    for &column in columns {
        let is_metric = report.columns.get(column).map(|it| it.kind) == Some(ColumnKind::Metric);
        // Metrics of a run that has none of its own are its parent's.
        let text = match is_metric && state.is_some() {
            true => "–".to_owned(),
            false => cell(report, column, revision, is_metric, lang),
        };
        cells.push(escape(&markdown::shortened(&text, 40)));
    }
    row(&cells)
}

fn cell(report: &Report, column: usize, revision: usize, is_metric: bool, lang: Lang) -> String {
    let found = report.columns.get(column).map(|it| it.cells.get(revision));
    match found {
        // As many digits as DVC prints.
        Some(Cell::Number(value)) if is_metric => number::value(value, 5, lang),
        Some(Cell::Text(crate::model::TextKind::Hash, hash)) => hash.chars().take(7).collect(),
        _ => value_text(report, column, revision, lang),
    }
}

fn matrix(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let is_ranked = |it: &crate::model::Revision| it.is_ranked();
    if !report.revisions.get(judged.current).is_some_and(is_ranked) {
        return String::new();
    }
    let sources = matrix_source::sources(report, judged.current);
    let Some(source) = sources.first() else {
        return String::new();
    };
    let matrix: &ConfusionMatrix = &source.matrix;
    let mut text = String::new();
    let mixed = mixups::mix_ups(report, judged, 3, lang);
    if mixed.is_empty() {
        let _ = writeln!(text, "{}", escape(&MixUps::Nothing.say(lang)));
    }
    for it in mixed {
        let cell = (it.actual.as_str(), it.predicted.as_str());
        let link = Address::new(View::Confusion).with_pair("cell", Some(cell));
        let title = markdown::shortened(&it.title, 120);
        let title = markdown::link(&title, address(report, &link).as_deref());
        let _ = writeln!(text, "- **{title}** {}", escape_long(&it.text));
    }
    if matrix.n_classes() > MOST_CLASSES {
        let many = Comment::TooManyClasses(matrix.n_classes()).say(lang);
        let _ = write!(text, "\n{many}\n");
    } else {
        // In the team's own order, as on the page.
        let classes = own_order(matrix, &report.settings.class_order);
        let table = text_table(matrix, &classes, lang);
        let orientation = escape(&Comment::Orientation.say(lang));
        let _ = write!(text, "\n{orientation}\n\n```text\n{table}```\n");
    }
    let link = address(report, &Address::new(View::Confusion));
    if let Some(url) = link {
        let open = Comment::OpenConfusion.say(lang);
        let _ = write!(text, "\n{}\n", markdown::link(&open, Some(&url)));
    }
    folded(&MixUps::Title.say(lang), &text)
}

/// The matrix in columns of one width, for a code block.
fn text_table(matrix: &ConfusionMatrix, classes: &[usize], lang: Lang) -> String {
    let label = |label: &String| -> String {
        let plain = |it: char| {
            if it.is_control() || it == '`' {
                ' '
            } else {
                it
            }
        };
        clipped(label, 12).chars().map(plain).collect()
    };
    let labels = classes
        .iter()
        .filter_map(|&class| matrix.labels().get(class));
    let labels: Vec<String> = labels.map(label).collect();
    let is_count = matrix.kind() == MatrixKind::Counts;
    let write_cell = |value: f64| match is_count {
        true => number::integer(value, lang),
        false => number::decimal(value, 3, lang),
    };
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(labels.iter().cloned());
    for (&actual, label) in classes.iter().zip(&labels) {
        let mut line = vec![label.clone()];
        let cells = classes
            .iter()
            .map(|&predicted| matrix.get(actual, predicted));
        line.extend(cells.map(write_cell));
        lines.push(line);
    }
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|it| it.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..=labels.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:>width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn footer(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let mut parts = Vec::new();
    // The page says whether it is the one that the comment speaks of.
    let digest = Some(judged.digest.as_str());
    let links = [
        (
            Comment::OpenReport,
            Address::new(View::Overview).with("digest", digest),
        ),
        (Comment::OpenCompare, Address::new(View::Compare)),
    ];
    for (text, link) in links {
        if let Some(url) = address(report, &link) {
            parts.push(markdown::link(&text.say(lang), Some(&url)));
        }
    }
    if let Some(sha) = report.origin.commit.as_deref() {
        let short: String = sha.chars().take(7).collect();
        let url = commit_address(&report.origin, sha);
        let link = markdown::link(&short, url.as_deref());
        parts.push(format!("{} {link}", Comment::Commit.say(lang)));
    }
    if !judged.digest.is_empty() {
        let digest = markdown::code(&judged.digest);
        parts.push(format!("{} {digest}", escape(&Comment::Digest.say(lang))));
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!("\n{}\n", parts.join(" · ")),
    }
}

/// A commit's page on its forge.
pub fn commit_address(origin: &Origin, sha: &str) -> Option<String> {
    let repository = origin.repository_url.as_deref()?;
    let host = repository.split('/').nth(2).unwrap_or_default();
    let folder = match host {
        it if it.contains("gitlab") => "-/commit",
        it if it.contains("bitbucket") => "commits",
        _ => "commit",
    };
    Some(format!("{repository}/{folder}/{sha}"))
}

/// The deep link to a view of the published report; `None` where it isn't published anywhere.
pub fn address(report: &Report, address: &Address) -> Option<String> {
    let base = report.origin.base_url.as_deref()?;
    Some(format!("{base}{}", address.to_fragment()))
}

fn escape_long(text: &str) -> String {
    escape(&markdown::shortened(text, 2000))
}
