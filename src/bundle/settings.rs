use std::mem::take;

use super::{
    code::{Coded, Codes},
    fields::{Fields, Record, Value, fault},
    values::{read_text, read_tuple, write_text, write_tuple},
};
use crate::{
    json::{Error, Pull},
    model::{ClassName, Gates, Lang, LeftOut, Noun, Outcome, Settings, Worth},
};

/// What a gate may require; the first stands for nothing.
const GATES: &Codes<Outcome> = &[
    (Outcome::Unknown, "nothing"),
    (Outcome::Improved, "improved"),
    (Outcome::NoClearChange, "no-clear-change"),
];

impl Record for Settings {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.optional("lang", &mut self.lang);
        fields.optional("primary_metric", &mut self.primary_metric);
        fields.optional("directions", &mut self.directions);
        fields.optional("baseline", &mut self.baseline);
        fields.optional("names", &mut self.names);
        fields.optional("classes", &mut self.classes);
        // The noun's two words stand beside the language.
        let sample = take(&mut self.sample).into_iter();
        let mut sample: Vec<(Lang, String, String)> =
            sample.map(|(lang, it)| (lang, it.one, it.many)).collect();
        fields.optional("sample", &mut sample);
        let sample = sample.into_iter();
        self.sample = sample
            .map(|(lang, one, many)| (lang, Noun { one, many }))
            .collect();
        fields.optional("axes", &mut self.axes);
        fields.optional("class_order", &mut self.class_order);
        fields.optional("groups", &mut self.groups);
        fields.optional("group_separator", &mut self.group_separator);
        fields.optional("explanations", &mut self.explanations);
        fields.optional("guards", &mut self.guards);
        fields.optional("smallest_gain", &mut self.smallest_gain);
        fields.optional("confidence", &mut self.confidence);
        fields.optional("positive_class", &mut self.positive_class);
        fields.optional("data", &mut self.data);
        fields.optional("release", &mut self.release);
        let Worth {
            unit,
            right,
            wrong,
            cells,
            unknown,
        } = &mut self.worth;
        fields.optional("worth_unit", unit);
        fields.optional("worth_right", right);
        fields.optional("worth_wrong", wrong);
        fields.optional("worth_cells", cells);
        fields.optional("worth_unknown", unknown);
        let Gates {
            min,
            max,
            no_worse,
            require,
        } = &mut self.gates;
        fields.optional("gate_min", min);
        fields.optional("gate_max", max);
        fields.optional("gate_no_worse", no_worse);
        let mut require_code = require.take().unwrap_or_default();
        fields.optional("gate_require", &mut Coded(&mut require_code, GATES));
        *require = Some(require_code).filter(|it| *it != Outcome::Unknown);
        let LeftOut {
            drop,
            keep,
            only_changed,
        } = &mut self.left_out;
        fields.optional("drop", drop);
        fields.optional("keep", keep);
        fields.optional("only_changed", only_changed);
    }
}

impl Value for ClassName {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let Noun { one, many } = &mut self.noun;
        read_tuple(&mut [&mut self.label, &mut self.lang, one, many], pull)
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        let Noun { one, many } = &mut self.noun;
        write_tuple(&mut [&mut self.label, &mut self.lang, one, many], out);
    }
}

impl Value for Lang {
    fn read(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let lang = Self::from_tag(&read_text(pull)?);
        *self = lang.ok_or_else(|| fault("unknown language"))?;
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        write_text(out, self.code());
    }
}
