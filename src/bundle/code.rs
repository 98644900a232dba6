use super::fields::fault;
use crate::model::ProblemKind;

/// What each value of an enum is called in the document.
pub(super) type Codes<T> = [(T, &'static str)];

/// The code of a value.
pub(super) fn code_of<T: PartialEq>(codes: &Codes<T>, value: &T) -> String {
    let known = codes.iter().find(|(known, _)| known == value);
    known.map_or("?", |(_, code)| code).to_owned()
}

/// The value of a code.
pub(super) fn value_of<T: Clone>(codes: &Codes<T>, code: &str) -> Result<T, ProblemKind> {
    match codes.iter().find(|(_, known)| *known == code) {
        Some((value, _)) => Ok(value.clone()),
        None => Err(fault(&format!("unknown code {code:?}"))),
    }
}
