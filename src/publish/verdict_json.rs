//! `verdict.json`: the verdict for other programs, with names instead of indices.

use serde_json::{Map, Value, json};

use crate::{
    analysis::numbers,
    bundle,
    model::{Lang, Report, Verdict},
    summary::{self, GateText},
};

/// The schema of the document.
const SCHEMA: u32 = 1;

/// The document. `evidence`, `cautions` and the like are those of the bundle's verdict.
pub fn document(report: &Report, judged: &Verdict, gates: Option<&[GateText]>) -> Value {
    let keys = report.revision_keys();
    let revision =
        |idx: usize, value: Option<f64>| json!({"revision": keys.get(idx), "value": value});
    let column = |idx: Option<usize>| {
        let column = report.columns.get(idx?)?;
        Some(column.id.full())
    };
    let by_lang = |say: &dyn Fn(Lang) -> Option<String>| {
        let texts = Lang::ALL.into_iter();
        let texts = texts.filter_map(|lang| Some((lang.code().to_owned(), json!(say(lang)?))));
        Value::Object(texts.collect::<Map<_, _>>())
    };
    let numbers = numbers::numbers(report, judged).into_iter().map(|row| {
        json!({
            "metric": column(row.column),
            "is_primary": row.is_primary,
            "baseline": row.baseline,
            "current": row.current,
            "runs": row.n_runs.map(|(before, now)| [before, now]),
            "difference": row.change().map(|it| it.difference()),
            "interval": row.interval.map(|(low, high)| [low, high]),
            "is_better": row.is_better,
            "is_clear": row.is_clear,
        })
    });
    let mut document = json!({
        "careo": {
            "schema": SCHEMA,
            "kind": "verdict",
            "made_by": concat!("careo ", env!("CARGO_PKG_VERSION")),
        },
        "outcome": judged.outcome.code(),
        "digest": judged.digest,
        "sentence": by_lang(&|lang| Some(summary::verdict_sentence(report, judged, lang))),
        "judged_by": by_lang(&|lang| {
            summary::judged_by(report, judged, lang)
        }),
        "metric": column(judged.metric),
        "current": revision(judged.current, judged.current_value),
        "baseline": judged.baseline.map(|it| revision(it, judged.baseline_value)),
        "numbers": numbers.collect::<Vec<_>>(),
    });
    for (name, value) in stored(report, judged) {
        // Indices into the bundle mean nothing here, and names stand for them.
        if document.get(&name).is_none()
            && !matches!(
                name.as_str(),
                "current_value" | "baseline_value" | "guards" | "others"
            )
        {
            document[name] = value;
        }
    }
    if let Some(gates) = gates {
        let gates = gates.iter();
        let gates = gates.map(|it| {
            json!({"gate": it.gate, "holds": it.holds, "what": it.what, "artifact": it.artifact})
        });
        document["gates"] = gates.collect();
    }
    document
}

/// The verdict as the bundle has it.
fn stored(report: &Report, judged: &Verdict) -> Map<String, Value> {
    let only = Report {
        revisions: report.revisions.clone(),
        verdict: Some(judged.clone()),
        ..Report::default()
    };
    let bundle: Value = serde_json::from_slice(&bundle::write(&only)).unwrap_or_default();
    match bundle.get("verdict") {
        Some(Value::Object(verdict)) => verdict.clone(),
        _ => Map::new(),
    }
}
