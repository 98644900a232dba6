use std::path::Path;

use crate::{
    model::{ColumnKind, Lang, Notice, NoticeKind, Place, Report, Settings, alike},
    words::{
        metric::COUNTED,
        problem::spot,
        terminal::{Named, Terminal},
    },
};

/// A setting of `careo.toml` that names nothing of the report, and so says nothing.
#[derive(Debug, PartialEq)]
pub struct Unmatched {
    /// The setting.
    pub key: String,
    name: String,
    place: Place,
    what: Terminal,
    help: Terminal,
    nearest: Option<String>,
}

impl Unmatched {
    /// Place, what and help, for the terminal.
    pub fn lines(&self, lang: Lang) -> String {
        Terminal::lines(&spot(&self.place), &self.what, &self.help, lang)
    }

    /// What the report says of it; a folder above the file stays private.
    pub fn notice(&self) -> Notice {
        let mut place = self.place.clone();
        if let Some(name) = Path::new(&place.artifact).file_name() {
            place.artifact = name.to_string_lossy().into_owned();
        }
        Notice {
            kind: NoticeKind::Gone {
                what: format!("{} = {}", self.key, self.name),
                nearest: self.nearest.clone(),
            },
            place: Some(place),
        }
    }
}

/// The settings that name nothing. `is_compared` says that the baseline was found otherwise: its
/// name in the settings has no say then.
pub fn unmatched(
    report: &Report,
    settings: &Settings,
    places: &[(String, Place)],
    is_compared: bool,
) -> Vec<Unmatched> {
    let mut search = Search {
        report,
        places,
        found: Vec::new(),
    };
    if let Some(name) = &settings.primary_metric {
        search.metric("primary_metric", name);
    }
    for (name, _) in &settings.guards {
        search.metric("guards", name);
    }
    if let Some(name) = settings.baseline.as_ref().filter(|_| !is_compared)
        && report.find_revision(name).is_none()
    {
        let known = report.revision_keys();
        search.add("baseline", name, Named::Revision, &known);
    }
    let classes = classes(report);
    let labels = settings.positive_class.iter();
    let labels = labels.map(|it| ("positive_class", it));
    let order = settings.class_order.iter().map(|it| ("class_order", it));
    for (key, label) in labels.chain(order) {
        // Nothing is in any order, where there are no classes.
        if !classes.is_empty() && !classes.contains(label) {
            search.add(key, label, Named::Class, &classes);
        }
    }
    search.release(settings);
    search.directions(settings);
    search.texts("names", &settings.names);
    search.texts("explanations", &settings.explanations);
    if !classes.is_empty() {
        search.classes(settings, &classes);
    }
    let dependencies = report.columns_of(ColumnKind::Dependency);
    let dependencies: Vec<String> = dependencies.map(|(_, it)| it.id.file.clone()).collect();
    for path in &settings.data {
        let lies_in = |it: &String| {
            let rest = it.strip_prefix(path.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !dependencies.iter().any(lies_in) {
            search.add("data", path, Named::Dependency, &dependencies);
        }
    }
    search.found
}

struct Search<'a> {
    report: &'a Report,
    places: &'a [(String, Place)],
    found: Vec<Unmatched>,
}

impl Search<'_> {
    fn release(&mut self, settings: &Settings) {
        if let Some(name) = &settings.release
            && self.report.find_revision(name).is_none()
        {
            let known = self.report.revision_keys();
            self.add("release", name, Named::Revision, &known);
        }
    }

    /// A direction counts for every metric that is called so.
    fn directions(&mut self, settings: &Settings) {
        for (name, _) in &settings.directions {
            if self.report.metrics_called(name).is_empty() {
                self.metric("directions", name);
            }
        }
    }

    /// What columns are called, or mean.
    fn texts(&mut self, key: &str, texts: &[(String, Lang, String)]) {
        let report = self.report;
        let names = report.column_names();
        let has_params = report.columns_of(ColumnKind::Param).next().is_some();
        for (name, lang, _) in texts {
            if report.find_column(name).is_some() {
                continue;
            }
            // The accuracy that is counted has a name, and no column.
            let is_counted = !report.predictions.is_empty() || !report.matrices.is_empty();
            if is_counted && name == COUNTED {
                continue;
            }
            let key = format!("{key}.{}", lang.code());
            if report.metrics_called(name).len() > 1 {
                self.metric(&key, name);
            } else if has_params || !alike(name, &names).is_empty() {
                // Without parameters, it may well be the name of one.
                self.add(&key, name, Named::Column, &names);
            }
        }
    }

    fn classes(&mut self, settings: &Settings, classes: &[String]) {
        let mut labels: Vec<(String, &String)> = Vec::new();
        for class in &settings.classes {
            labels.push(("classes".to_owned(), &class.label));
        }
        for (group, members) in &settings.groups {
            // A group may hold others.
            let is_group = |it: &String| settings.groups.iter().any(|(name, _)| name == it);
            let members = members.iter().filter(|it| !is_group(it));
            labels.extend(members.map(|it| (format!("groups.{group}"), it)));
        }
        let worth = &settings.worth;
        for (actual, predicted, _) in &worth.cells {
            labels.push(("value.cells".to_owned(), actual));
            labels.push((format!("value.cells.{actual}"), predicted));
        }
        if let Some((actual, predicted)) = &worth.unknown {
            labels.push(("value.unknown".to_owned(), actual));
            labels.push(("value.unknown".to_owned(), predicted));
        }
        // An outcome's cell is of the positive class, of which all is said already.
        let positive = settings.positive_class.as_ref();
        let is_told = |it: &String| it.is_empty() || Some(it) == positive || classes.contains(it);
        labels.retain(|(_, label)| !is_told(label));
        for (key, label) in labels {
            let is_same = |it: &Unmatched| it.key == key && it.name == *label;
            if !self.found.iter().any(is_same) {
                self.add(&key, label, Named::Class, classes);
            }
        }
    }

    fn metric(&mut self, key: &str, name: &str) {
        let report = self.report;
        let column = report.find_column(name);
        let column = column.and_then(|it| report.columns.get(it));
        let judged = report.verdict.as_ref();
        // The accuracy that is counted from predictions has no column.
        let is_counted = name == "accuracy"
            && judged.is_some_and(|it| it.metric.is_none() && it.current_value.is_some());
        if column.is_some_and(|it| it.kind == ColumnKind::Metric) || is_counted {
            return;
        }
        let several = report.metrics_called(name);
        if several.len() > 1 {
            let what = Terminal::Several {
                name: name.to_owned(),
                key: key.to_owned(),
            };
            let nearest = several.first().cloned();
            self.push(key, name, what, Terminal::NameOne(several), nearest);
            return;
        }
        let names = report.column_names();
        let metrics = report.columns_of(ColumnKind::Metric);
        let metrics: Vec<String> = metrics
            .filter_map(|(idx, _)| names.get(idx).cloned())
            .collect();
        self.add(key, name, Named::Metric, &metrics);
    }

    fn add(&mut self, key: &str, name: &str, named: Named, known: &[String]) {
        let what = Terminal::NoMatch {
            named,
            name: name.to_owned(),
            key: key.to_owned(),
        };
        let like = alike(name, known);
        let nearest = like.first().cloned();
        let help = match (like.is_empty(), known.is_empty()) {
            (false, _) => Terminal::DidYouMean(like),
            (true, true) => Terminal::NothingThere,
            (true, false) => Terminal::there_are(known),
        };
        self.push(key, name, what, help, nearest);
    }

    fn push(
        &mut self,
        key: &str,
        name: &str,
        what: Terminal,
        help: Terminal,
        nearest: Option<String>,
    ) {
        let of_name = format!("{key}.{name}");
        let place = self.places.iter().find(|(known, _)| *known == of_name);
        let place = place.or_else(|| self.places.iter().find(|(known, _)| known == key));
        let place = place.map(|(_, place)| place.clone()).unwrap_or_default();
        self.found.push(Unmatched {
            key: key.to_owned(),
            name: name.to_owned(),
            place,
            what,
            help,
            nearest,
        });
    }
}

fn classes(report: &Report) -> Vec<String> {
    let matrices = report.matrices.iter().flat_map(|it| it.matrix.labels());
    let predictions = report.predictions.iter();
    let predictions = predictions.flat_map(|it| &it.predictions.labels);
    let mut classes: Vec<String> = matrices.chain(predictions).cloned().collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}
