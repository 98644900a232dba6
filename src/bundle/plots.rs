use super::{
    code::{Codes, code_of, value_of},
    fields::{Fields, Record},
    numbers::Numbers,
};
use crate::model::{Curve, CurveKind, ProblemKind, Prose, Series};

const KINDS: &Codes<CurveKind> = &[
    (CurveKind::Roc, "roc"),
    (CurveKind::PrecisionRecall, "precision_recall"),
    (CurveKind::Det, "det"),
    (CurveKind::Calibration, "calibration"),
];

#[derive(Default)]
pub(super) struct SeriesWire {
    revision: usize,
    name: String,
    artifact: String,
    steps: Numbers,
    values: Numbers,
}

impl Record for SeriesWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.required("name", &mut self.name);
        fields.required("artifact", &mut self.artifact);
        fields.required("steps", &mut self.steps);
        fields.required("values", &mut self.values);
    }
}

impl SeriesWire {
    pub fn new(series: &Series) -> Self {
        let Series {
            revision,
            name,
            artifact,
            steps,
            values,
        } = series;
        Self {
            revision: *revision,
            name: name.clone(),
            artifact: artifact.clone(),
            steps: Numbers::of(steps),
            values: Numbers::of(values),
        }
    }

    pub fn read(self) -> Series {
        Series {
            revision: self.revision,
            name: self.name,
            artifact: self.artifact,
            steps: self.steps.into_floats(),
            values: self.values.into_floats(),
        }
    }
}

#[derive(Default)]
pub(super) struct CurveWire {
    revision: usize,
    kind: String,
    artifact: String,
    x: Numbers,
    y: Numbers,
    thresholds: Option<Numbers>,
}

impl Record for CurveWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.required("kind", &mut self.kind);
        fields.required("artifact", &mut self.artifact);
        fields.required("x", &mut self.x);
        fields.required("y", &mut self.y);
        fields.optional("thresholds", &mut self.thresholds);
    }
}

impl CurveWire {
    pub fn new(curve: &Curve) -> Self {
        let Curve {
            revision,
            kind,
            artifact,
            x,
            y,
            thresholds,
        } = curve;
        Self {
            revision: *revision,
            kind: code_of(KINDS, kind),
            artifact: artifact.clone(),
            x: Numbers::of(x),
            y: Numbers::of(y),
            thresholds: (!thresholds.is_empty()).then(|| Numbers::of(thresholds)),
        }
    }

    pub fn read(self) -> Result<Curve, ProblemKind> {
        Ok(Curve {
            revision: self.revision,
            kind: value_of(KINDS, &self.kind)?,
            artifact: self.artifact,
            x: self.x.into_floats(),
            y: self.y.into_floats(),
            thresholds: self
                .thresholds
                .map(Numbers::into_floats)
                .unwrap_or_default(),
        })
    }
}

#[derive(Default)]
pub(super) struct ProseWire {
    artifact: String,
    markdown: String,
}

impl Record for ProseWire {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("artifact", &mut self.artifact);
        fields.required("markdown", &mut self.markdown);
    }
}

impl ProseWire {
    pub fn new(prose: &Prose) -> Self {
        let Prose { artifact, markdown } = prose.clone();
        Self { artifact, markdown }
    }

    pub fn read(self) -> Prose {
        let Self { artifact, markdown } = self;
        Prose { artifact, markdown }
    }
}
