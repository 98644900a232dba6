use super::{
    code::{code_of, value_of},
    columns::DIRECTIONS,
    fields::{Fields, Record, fault},
};
use crate::model::{ClassName, Lang, Noun, ProblemKind, Settings};

#[derive(Default)]
pub(super) struct SettingsWire {
    lang: Option<String>,
    primary_metric: Option<String>,
    /// Metric and direction.
    directions: Vec<(String, String)>,
    baseline: Option<String>,
    /// Column, language and text.
    names: Vec<(String, String, String)>,
    /// Label, language, one and many.
    classes: Vec<(String, String, String, String)>,
    /// Language, one and many.
    sample: Vec<(String, String, String)>,
    /// Language, title of the actual and of the predicted axis.
    axes: Vec<(String, String, String)>,
}

impl Record for SettingsWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("lang", &mut self.lang);
        fields.optional("primary_metric", &mut self.primary_metric);
        fields.optional("directions", &mut self.directions);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("names", &mut self.names);
        fields.optional("classes", &mut self.classes);
        fields.optional("sample", &mut self.sample);
        fields.optional("axes", &mut self.axes);
    }
}

impl SettingsWire {
    pub fn new(settings: &Settings) -> Self {
        let Settings {
            lang,
            primary_metric,
            directions,
            baseline,
            names,
            classes,
            sample,
            axes,
        } = settings.clone();
        let code = |lang: Lang| lang.code().to_owned();
        let directions = directions.into_iter();
        let classes = classes.into_iter();
        Self {
            lang: lang.map(code),
            primary_metric,
            directions: directions
                .map(|(metric, direction)| (metric, code_of(DIRECTIONS, &direction)))
                .collect(),
            baseline,
            names: names
                .into_iter()
                .map(|(it, lang, text)| (it, code(lang), text))
                .collect(),
            classes: classes
                .map(|it| (it.label, code(it.lang), it.noun.one, it.noun.many))
                .collect(),
            sample: sample
                .into_iter()
                .map(|(lang, it)| (code(lang), it.one, it.many))
                .collect(),
            axes: axes
                .into_iter()
                .map(|(lang, a, p)| (code(lang), a, p))
                .collect(),
        }
    }

    pub fn read(self) -> Result<Settings, ProblemKind> {
        let mut settings = Settings {
            lang: self.lang.as_deref().map(lang).transpose()?,
            primary_metric: self.primary_metric,
            baseline: self.baseline,
            ..Settings::default()
        };
        for (metric, direction) in self.directions {
            settings
                .directions
                .push((metric, value_of(DIRECTIONS, &direction)?));
        }
        for (column, code, text) in self.names {
            settings.names.push((column, lang(&code)?, text));
        }
        for (label, code, one, many) in self.classes {
            let (lang, noun) = (lang(&code)?, Noun { one, many });
            settings.classes.push(ClassName { label, lang, noun });
        }
        for (code, one, many) in self.sample {
            settings.sample.push((lang(&code)?, Noun { one, many }));
        }
        for (code, actual, predicted) in self.axes {
            settings.axes.push((lang(&code)?, actual, predicted));
        }
        Ok(settings)
    }
}

fn lang(code: &str) -> Result<Lang, ProblemKind> {
    Lang::from_tag(code).ok_or_else(|| fault("unknown language"))
}
