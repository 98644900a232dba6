use crate::{
    model::{Normalisation, Order, Scale},
    route::Address,
};

/// What the address asks of the view, but for the pinned cell: pinning one changes nothing else.
///
/// `base` present means the difference to that revision; without it the matrix itself is shown,
/// and sentences compare with the report's own baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Which matrix.
    pub basis: BasisQuestion,
    /// Which of its classes.
    pub filter: Filter,
    /// What each cell is divided by.
    pub normalisation: Normalisation,
    /// The order of classes; the team's own, or else the artifact's, where none is asked.
    pub order: Option<Order>,
    /// Classes that were moved by hand: what, before what.
    pub moves: Vec<(String, String)>,
    /// How a value becomes a colour.
    pub scale: Scale,
    /// Whether rows are what the model said.
    pub is_transposed: bool,
}

/// Which matrix the address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BasisQuestion {
    /// The revision.
    pub run: Option<String>,
    /// The revision to subtract.
    pub base: Option<String>,
    /// The split, or the artifact where a split has several.
    pub split: Option<String>,
    /// Paths of the groups of classes that are closed.
    pub closed: Vec<String>,
    /// What labels are split by into groups; empty: by nothing.
    pub separator: Option<String>,
}

/// Which classes the address asks for, and how frequent confusions are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Labels of the only classes to show; empty shows all.
    pub only: Vec<String>,
    /// Of these, so many with most errors.
    pub top: Option<usize>,
    /// The smallest count that is listed as a confusion.
    pub min: Option<f64>,
}

/// Normalisations with their names in the address; the default has none.
pub const NORMALISATIONS: [(Normalisation, &str); 4] = [
    (Normalisation::None, ""),
    (Normalisation::Row, "row"),
    (Normalisation::Column, "col"),
    (Normalisation::All, "all"),
];

/// Orders with their names in the address.
pub const ORDERS: [(Order, &str); 10] = [
    (Order::File, "file"),
    (Order::Own, "own"),
    (Order::Name, "name"),
    (Order::Support, "support"),
    (Order::Predicted, "predicted"),
    (Order::Recall, "recall"),
    (Order::Precision, "precision"),
    (Order::F1, "f1"),
    (Order::Error, "error"),
    (Order::Similarity, "similarity"),
];

/// Scales with their names in the address.
pub const SCALES: [(Scale, &str); 4] = [
    (Scale::Linear, ""),
    (Scale::Sqrt, "sqrt"),
    (Scale::Log, "log"),
    (Scale::Quantile, "quantile"),
];

/// What stands in the address for "labels are not split".
pub const NO_SEPARATOR: &str = "none";

impl Question {
    /// Reads an address. A value that has no meaning is as good as none.
    pub fn of(address: &Address) -> Self {
        let min = address.get("min").and_then(|text| text.parse().ok());
        let order = address.get("order");
        let order = order.and_then(|name| ORDERS.iter().find(|it| it.1 == name));
        let top = address.get("top").and_then(|text| text.parse().ok());
        Self {
            basis: BasisQuestion {
                run: address.get("run"),
                base: address.get("base"),
                split: address.get("split"),
                closed: address.list("groups"),
                separator: address.get("sep").map(|it| match it.as_str() {
                    NO_SEPARATOR => String::new(),
                    _ => it,
                }),
            },
            filter: Filter {
                only: address.list("only"),
                top: top.filter(|top| *top > 0),
                min: min.filter(|min: &f64| min.is_finite()),
            },
            normalisation: named(&NORMALISATIONS, address.get("norm")),
            order: order.map(|it| it.0),
            moves: address.pairs("moves"),
            scale: named(&SCALES, address.get("scale")),
            is_transposed: address.get("transpose").as_deref() == Some("1"),
        }
    }
}

/// The value of a name in the address, else the default.
pub fn named<T: Copy + Default>(known: &[(T, &str)], name: Option<String>) -> T {
    let name = name.unwrap_or_default();
    let found = known.iter().find(|(_, known)| *known == name);
    found.map(|(value, _)| *value).unwrap_or_default()
}

/// The name of a value in the address.
pub fn name_of<T: Copy + PartialEq>(known: &[(T, &'static str)], value: T) -> &'static str {
    let found = known.iter().find(|(it, _)| *it == value);
    found.map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Lang,
        words::{Say as _, confusion::ConfusionWords},
    };

    #[test]
    fn each_order_of_the_menu_is_documented() {
        let docs = include_str!("../../../docs/confusion.md");
        let rows: Vec<&str> = docs.lines().filter(|it| it.starts_with("| ")).collect();
        for (order, name) in ORDERS {
            let label = ConfusionWords::Order(order).say(Lang::En);
            let is_it = |row: &&&str| row.contains(&label) && row.contains(&format!("`{name}`"));
            assert_eq!(
                rows.iter().filter(is_it).count(),
                1,
                "{label}, order={name}"
            );
        }
    }
}
