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
    /// The revision.
    pub run: Option<String>,
    /// The revision to subtract.
    pub base: Option<String>,
    /// The split, or the artifact where a split has several.
    pub split: Option<String>,
    /// What each cell is divided by.
    pub normalisation: Normalisation,
    /// The order of classes.
    pub order: Order,
    /// How a value becomes a colour.
    pub scale: Scale,
    /// Whether rows are what the model said.
    pub is_transposed: bool,
    /// Labels of the only classes to show; empty shows all.
    pub only: Vec<String>,
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
pub const ORDERS: [(Order, &str); 5] = [
    (Order::File, ""),
    (Order::Name, "name"),
    (Order::Support, "support"),
    (Order::Error, "error"),
    (Order::Similarity, "similarity"),
];

/// Scales with their names in the address.
pub const SCALES: [(Scale, &str); 3] = [
    (Scale::Linear, ""),
    (Scale::Sqrt, "sqrt"),
    (Scale::Log, "log"),
];

impl Question {
    /// Reads an address. A value that has no meaning is as good as none.
    pub fn of(address: &Address) -> Self {
        let min = address.get("min").and_then(|text| text.parse().ok());
        Self {
            run: address.get("run"),
            base: address.get("base"),
            split: address.get("split"),
            normalisation: named(&NORMALISATIONS, address.get("norm")),
            order: named(&ORDERS, address.get("order")),
            scale: named(&SCALES, address.get("scale")),
            is_transposed: address.get("transpose").is_some(),
            only: address.list("only"),
            min: min.filter(|min: &f64| min.is_finite()),
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
