use std::mem::take;

use super::{
    fields::{Fields, Record, Value, fault},
    values::{read_text, read_tuple, write_text, write_tuple},
};
use crate::{
    json::{Error, Pull},
    model::{ClassName, Lang, Noun, Settings},
};

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
