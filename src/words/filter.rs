//! The filter of the Experiments view as chips, and the names that it completes.

use super::{Say, number::count};
use crate::model::Lang;

/// The filter of the Experiments view as chips, and the names that it completes.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Label of the list of conditions.
    Conditions,
    /// Adds a condition.
    Add,
    /// Changes a condition.
    Change(String),
    /// Takes a condition away.
    Remove(String),
    /// Label of the form for a new condition.
    NewCondition,
    /// Label of the field.
    Field,
    /// Label of the comparison.
    How,
    /// Label of the value.
    Value,
    /// The difference to the baseline is compared.
    Difference,
    /// Contains a text.
    Contains,
    /// Doesn't contain a text.
    ContainsNot,
    /// Is one of several values.
    In,
    /// Has no value.
    Missing,
    /// Has a value.
    NotMissing,
    /// Differs from the baseline.
    Changed,
    /// What several values look like.
    SeveralHint,
    /// Puts the form's condition into the filter.
    Apply,
    /// Closes the form.
    Cancel,
    /// Label of the list of names.
    Names,
    /// How many names are offered.
    NNames(usize),
}

impl Say for Filter {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Filter {
    fn en(&self) -> String {
        match self {
            Self::Conditions => "Conditions of the filter".to_owned(),
            Self::Add => "+ condition".to_owned(),
            Self::Change(text) => format!("Change {text}"),
            Self::Remove(text) => format!("Remove {text}"),
            Self::NewCondition => "New condition".to_owned(),
            Self::Field => "Column".to_owned(),
            Self::How => "Comparison".to_owned(),
            Self::Value => "Value".to_owned(),
            Self::Difference => "difference to the baseline".to_owned(),
            Self::Contains => "contains".to_owned(),
            Self::ContainsNot => "does not contain".to_owned(),
            Self::In => "is one of".to_owned(),
            Self::Missing => "is missing".to_owned(),
            Self::NotMissing => "is not missing".to_owned(),
            Self::Changed => "changed".to_owned(),
            Self::SeveralHint => "5, 30, 60".to_owned(),
            Self::Apply => "Apply".to_owned(),
            Self::Cancel => "Cancel".to_owned(),
            Self::Names => "Names of columns".to_owned(),
            Self::NNames(1) => "One name fits; arrow down to choose it.".to_owned(),
            Self::NNames(n) => format!(
                "{} names fit; arrow down to choose one.",
                count(*n, Lang::En)
            ),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Conditions => "Condiciones del filtro".to_owned(),
            Self::Add => "+ condición".to_owned(),
            Self::Change(text) => format!("Cambiar {text}"),
            Self::Remove(text) => format!("Quitar {text}"),
            Self::NewCondition => "Nueva condición".to_owned(),
            Self::Field => "Columna".to_owned(),
            Self::How => "Comparación".to_owned(),
            Self::Value => "Valor".to_owned(),
            Self::Difference => "diferencia con la referencia".to_owned(),
            Self::Contains => "contiene".to_owned(),
            Self::ContainsNot => "no contiene".to_owned(),
            Self::In => "es uno de".to_owned(),
            Self::Missing => "no tiene valor".to_owned(),
            Self::NotMissing => "tiene valor".to_owned(),
            Self::Changed => "ha cambiado".to_owned(),
            Self::SeveralHint => "5, 30, 60".to_owned(),
            Self::Apply => "Aplicar".to_owned(),
            Self::Cancel => "Cancelar".to_owned(),
            Self::Names => "Nombres de columnas".to_owned(),
            Self::NNames(1) => "Un nombre encaja; flecha abajo para elegirlo.".to_owned(),
            Self::NNames(n) => format!(
                "Encajan {} nombres; flecha abajo para elegir uno.",
                count(*n, Lang::Es)
            ),
        }
    }
}
