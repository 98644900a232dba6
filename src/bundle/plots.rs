use super::{
    code::{Coded, Codes},
    fields::{Fields, Record},
    numbers::Floats,
};
use crate::model::{Curve, CurveKind, Prose, Series};

const KINDS: &Codes<CurveKind> = &[
    (CurveKind::Roc, "roc"),
    (CurveKind::PrecisionRecall, "precision_recall"),
    (CurveKind::Det, "det"),
    (CurveKind::Calibration, "calibration"),
];

impl Record for Series {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.required("name", &mut self.name);
        fields.required("artifact", &mut self.artifact);
        fields.required("steps", &mut Floats(&mut self.steps));
        fields.required("values", &mut Floats(&mut self.values));
    }
}

impl Record for Curve {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("revision", &mut self.revision);
        fields.required("kind", &mut Coded(&mut self.kind, KINDS));
        fields.required("artifact", &mut self.artifact);
        fields.required("x", &mut Floats(&mut self.x));
        fields.required("y", &mut Floats(&mut self.y));
        fields.optional("thresholds", &mut Floats(&mut self.thresholds));
    }
}

impl Record for Prose {
    fn fields(&mut self, fields: &mut Fields<'_, '_>) {
        fields.required("artifact", &mut self.artifact);
        fields.required("markdown", &mut self.markdown);
    }
}
