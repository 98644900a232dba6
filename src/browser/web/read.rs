use super::{
    document::yield_to_browser,
    files::Files,
    hash::Sums,
    input::Input,
    worker::{self, Failure},
};
use crate::{
    analysis::{digest::judge, evidence::takes_long},
    browser::{
        Opened,
        pipeline::{WORKER_BYTES, problem, sum_up},
    },
    bundle,
    model::{Artifact, Notice, NoticeKind, Problem, ProblemKind, Report},
    readers::{Job, assemble::Context},
};

/// Reads files that were dropped or picked.
pub async fn open_files(files: Files) -> Opened {
    open_inputs(files.walk().await).await
}

/// Reads artifacts: large ones, and those whose verdict needs resampling, in a worker, so that the
/// page stays alive.
pub(super) async fn open_inputs(inputs: Vec<Input>) -> Opened {
    if inputs.is_empty() {
        return Opened {
            problems: vec![problem(ProblemKind::NothingFound)],
            ..Opened::default()
        };
    }
    // No page has room for these; the others are shown.
    let (inputs, too_large): (Vec<_>, Vec<_>) = inputs
        .into_iter()
        .partition(|it| it.n_bytes() <= Artifact::MAX_BYTES);
    let too_large = too_large.iter().map(Input::too_large);
    if inputs.is_empty() {
        return Opened {
            problems: too_large.collect(),
            ..Opened::default()
        };
    }
    let mut opened = open_all(inputs).await;
    opened.problems.extend(too_large);
    opened
}

async fn open_all(inputs: Vec<Input>) -> Opened {
    let n_bytes: u64 = inputs.iter().map(Input::n_bytes).sum();
    if n_bytes <= WORKER_BYTES
        && let Some(opened) = read_in_slices(&inputs, false).await
    {
        return opened;
    }
    match worker::read(&inputs).await {
        Ok(answer) => match bundle::from_parts(answer.parts) {
            Ok(mut report) => {
                sum_up(&mut report, &answer.sums, answer.is_computed);
                Opened {
                    report: Some(report),
                    problems: answer.problems,
                    n_files_read: answer.is_computed.then_some(inputs.len()),
                    ..Opened::default()
                }
            }
            Err(problem) => failed(problem),
        },
        Err(Failure::Broke(message)) => failed(problem(ProblemKind::Bug { message })),
        Err(Failure::DidNotStart) => {
            let opened = read_in_slices(&inputs, true).await;
            let mut opened = opened.unwrap_or_default();
            if let Some(report) = &mut opened.report {
                report.notices.push(Notice {
                    kind: NoticeKind::NoWorker,
                    place: None,
                });
            }
            opened
        }
    }
}

/// Reads a bundle of ours as it is, a large one in a worker.
pub(super) async fn open_bundle(input: Input) -> Result<Report, Problem> {
    if input.n_bytes() > Artifact::MAX_BYTES {
        return Err(input.too_large());
    }
    if input.n_bytes() > WORKER_BYTES
        && let Ok(answer) = worker::read_bundle(&input).await
    {
        return bundle::from_parts(answer.parts);
    }
    // What is wrong with it is told here.
    let artifact = input.read(&mut Sums::default()).await?;
    bundle::read(&artifact.bytes)
}

/// Reads one artifact after the other and lets the browser breathe between them. `None` where the
/// verdict takes long, and may not.
async fn read_in_slices(inputs: &[Input], may_take_long: bool) -> Option<Opened> {
    let mut problems = Vec::new();
    let mut artifacts = Vec::with_capacity(inputs.len());
    let mut sums = Sums::default();
    for input in inputs {
        match input.read(&mut sums).await {
            Ok(artifact) => artifacts.push(artifact),
            Err(problem) => problems.push(problem),
        }
    }
    let mut job = Job::new(artifacts, Context::default());
    yield_to_browser().await;
    while job.step() {
        yield_to_browser().await;
    }
    let mut report = sums.report(job).await;
    if !may_take_long && report.verdict.is_none() && takes_long(&report) {
        return None;
    }
    let is_computed = judge(&mut report);
    Some(Opened {
        report: Some(report),
        problems,
        n_files_read: is_computed.then_some(inputs.len()),
        ..Opened::default()
    })
}

fn failed(problem: Problem) -> Opened {
    Opened {
        problems: vec![problem],
        ..Opened::default()
    }
}
