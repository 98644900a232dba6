use super::{
    Document, Paths, Pull, structure,
    tree::{Data, Tree, number_offsets},
};
use crate::model::{Found, Place, Problem, ProblemKind, TextKind, Thing, Value};

/// A value of a [`Document`], cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document<'d>,
    at: At<'d>,
}

#[derive(Clone, Copy, Debug)]
enum At<'d> {
    Tree(&'d Tree),
    /// A number of a list of numbers, and which one it is.
    Number(f64, &'d Tree, usize),
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind<'d> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; may be `NaN` or infinite.
    Number(f64),
    /// An integer beyond 2^53, in decimal.
    BigInteger(&'d str),
    /// A string.
    Text(&'d str),
    /// A list.
    List,
    /// An object.
    Object,
}

impl<'d> Node<'d> {
    pub(super) fn new(document: &'d Document<'d>, tree: &'d Tree) -> Self {
        let at = At::Tree(tree);
        Self { document, at }
    }

    /// Nothing of a number in a list of numbers.
    fn data(self) -> Option<&'d Data> {
        match self.at {
            At::Tree(tree) => Some(&tree.data),
            At::Number(..) => None,
        }
    }

    /// Where it begins.
    fn offset(self) -> usize {
        match self.at {
            At::Tree(tree) => tree.offset as usize,
            At::Number(_, list, idx) => {
                let mut offsets = number_offsets(self.document.text(), list.offset);
                offsets.nth(idx).unwrap_or(list.offset as usize)
            }
        }
    }

    /// What it is.
    pub fn kind(self) -> Kind<'d> {
        let text = self.document.text();
        let tree = match self.at {
            At::Tree(tree) => tree,
            At::Number(value, ..) => return Kind::Number(value),
        };
        match &tree.data {
            Data::Null => Kind::Null,
            Data::Bool(value) => Kind::Bool(*value),
            Data::Number(value) => Kind::Number(*value),
            Data::BigInteger(digits) => Kind::BigInteger(digits.get(text)),
            Data::Text(value) => Kind::Text(value.get(text)),
            Data::List(_) | Data::Numbers(_) => Kind::List,
            Data::Object(_) => Kind::Object,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        matches!(self.data(), Some(Data::Null))
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        matches!(self.data(), Some(Data::Object(_)))
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.data(), Some(Data::List(_) | Data::Numbers(_)))
    }

    /// The number of items or entries; 0 for everything else.
    pub fn len(self) -> usize {
        match self.data() {
            Some(Data::List(items)) => items.len(),
            Some(Data::Numbers(numbers)) => numbers.len(),
            Some(Data::Object(entries)) => entries.len(),
            _ => 0,
        }
    }

    /// Whether there are no items or entries.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The value of a key; `None` where it is missing or this is no object.
    pub fn get(self, key: &str) -> Option<Node<'d>> {
        let text = self.document.text();
        let Some(Data::Object(entries)) = self.data() else {
            return None;
        };
        let found = entries.iter().find(|(it, _)| it.get(text) == key);
        found.map(|(_, value)| Node::new(self.document, value))
    }

    /// The value of a key; `None` where it is missing or `null`, or this is no object.
    pub fn given(self, key: &str) -> Option<Node<'d>> {
        self.get(key).filter(|value| !value.is_null())
    }

    /// An item of the list; `None` beyond its end, or where this is no list.
    pub fn at(self, idx: usize) -> Option<Node<'d>> {
        let At::Tree(tree) = self.at else {
            return None;
        };
        match &tree.data {
            Data::List(items) => items.get(idx).map(|it| Node::new(self.document, it)),
            Data::Numbers(numbers) => numbers.get(idx).map(|value| Node {
                document: self.document,
                at: At::Number(*value, tree, idx),
            }),
            _ => None,
        }
    }

    /// The items of the list; none where this is no list.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'d>> + Clone {
        let n_items = if self.is_list() { self.len() } else { 0 };
        // There is one at each of these places.
        (0..n_items).map(move |idx| self.at(idx).unwrap_or(self))
    }

    /// The numbers of the list as they lie in memory, where it is one of nothing but numbers up to
    /// 2^53.
    pub fn plain_numbers(self) -> Option<&'d [f64]> {
        match self.data() {
            Some(Data::Numbers(numbers)) => Some(numbers),
            _ => None,
        }
    }

    /// Keys and values of the object, in file order; none where this is no object.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (&'d str, Node<'d>)> + Clone {
        let entries = match self.data() {
            Some(Data::Object(entries)) => entries.as_slice(),
            _ => &[],
        };
        let text = self.document.text();
        entries
            .iter()
            .map(move |(key, value)| (key.get(text), Node::new(self.document, value)))
    }

    /// The number, if it is one; integers beyond 2^53 rounded.
    pub fn as_number(self) -> Option<f64> {
        match self.kind() {
            Kind::Number(value) => Some(value),
            Kind::BigInteger(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(self) -> Option<&'d str> {
        match self.kind() {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number; integers beyond 2^53 rounded.
    ///
    /// # Errors
    /// It is something else.
    pub fn number(self) -> Result<f64, Box<Problem>> {
        self.as_number().ok_or_else(|| self.expected(Thing::Number))
    }

    /// The text.
    ///
    /// # Errors
    /// It is something else.
    pub fn text(self) -> Result<&'d str, Box<Problem>> {
        self.as_text().ok_or_else(|| self.expected(Thing::Text))
    }

    /// The items of the list.
    ///
    /// # Errors
    /// It is something else.
    pub fn list(self) -> Result<impl ExactSizeIterator<Item = Node<'d>> + Clone, Box<Problem>> {
        if self.is_list() {
            Ok(self.items())
        } else {
            Err(self.expected(Thing::List))
        }
    }

    /// Keys and values of the object, in file order.
    ///
    /// # Errors
    /// It is something else.
    pub fn object(
        self,
    ) -> Result<impl ExactSizeIterator<Item = (&'d str, Node<'d>)> + Clone, Box<Problem>> {
        if self.is_object() {
            Ok(self.entries())
        } else {
            Err(self.expected(Thing::Object))
        }
    }

    /// The value of a key.
    ///
    /// # Errors
    /// This is no object, or has no such key: `expected` something there.
    pub fn require(self, key: &str, expected: Thing) -> Result<Node<'d>, Box<Problem>> {
        if !self.is_object() {
            return Err(self.expected(Thing::Object));
        }
        self.get(key).ok_or_else(|| {
            let mut place = self.place();
            place.key = Some(match place.key {
                Some(path) => format!("{path}.{key}"),
                None => key.to_owned(),
            });
            Box::new(Problem {
                kind: ProblemKind::Expected {
                    expected,
                    found: Found::Nothing,
                },
                place: Some(place),
                reader: None,
            })
        })
    }

    /// The numbers of the list; integers beyond 2^53 rounded.
    ///
    /// # Errors
    /// It is no list, or an item is no number.
    pub fn numbers(self) -> Result<Vec<f64>, Box<Problem>> {
        self.list()?.map(Node::number).collect()
    }

    /// Line, column and key path.
    pub fn place(self) -> Place {
        self.document.place(self.offset())
    }

    /// The problem that something else is expected here.
    pub fn expected(self, expected: Thing) -> Box<Problem> {
        let found = match self.kind() {
            Kind::Null => Found::Literal("null".to_owned()),
            Kind::Bool(value) => Found::Literal(value.to_string()),
            Kind::Number(_) | Kind::BigInteger(_) => Found::Literal(shorten(self.raw())),
            Kind::Text(text) => Found::Text(shorten(text)),
            Kind::List => Found::Thing(Thing::List),
            Kind::Object => Found::Thing(Thing::Object),
        };
        self.problem(ProblemKind::Expected { expected, found })
    }

    /// A problem in this place.
    pub fn problem(self, kind: ProblemKind) -> Box<Problem> {
        Box::new(Problem {
            kind,
            place: Some(self.place()),
            reader: None,
        })
    }

    /// The value for the model: lists and objects as one compact JSON text.
    pub fn value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Missing,
            Kind::Bool(value) => Value::Text(TextKind::Bool, value.to_string()),
            Kind::Number(value) => Value::Number(value),
            Kind::BigInteger(digits) => Value::Text(TextKind::BigInteger, digits.to_owned()),
            Kind::Text(text) => Value::Text(TextKind::Plain, text.to_owned()),
            Kind::List | Kind::Object => Value::Text(TextKind::Structure, self.compact()),
        }
    }

    /// Key path and value of each leaf of a tree of metrics or parameters, in file order: lists are
    /// leaves, empty objects are none.
    ///
    /// # Errors
    /// Their paths take too much memory.
    pub fn leaves(self) -> Result<Vec<(Vec<String>, Value)>, Box<Problem>> {
        let mut leaves = Leaves::of(self.document);
        self.push_leaves(&mut Vec::new(), &mut leaves)?;
        Ok(leaves.found)
    }

    /// As [`Node::leaves`], without what stands at a key of this object.
    ///
    /// # Errors
    /// Their paths take too much memory.
    pub fn leaves_beside(self, key: &str) -> Result<Vec<(Vec<String>, Value)>, Box<Problem>> {
        let mut leaves = Leaves::of(self.document);
        for (other, value) in self.entries().filter(|(it, _)| *it != key) {
            value.push_leaves(&mut vec![other.to_owned()], &mut leaves)?;
        }
        Ok(leaves.found)
    }

    /// Compact JSON, as numbers and texts are written everywhere: two texts are equal where the
    /// values are.
    pub fn compact(self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn push_leaves(self, path: &mut Vec<String>, leaves: &mut Leaves) -> Result<(), Box<Problem>> {
        if !self.is_object() {
            let counted = leaves.paths.count(path);
            counted.map_err(|kind| self.problem(kind))?;
            leaves.found.push((path.clone(), self.value()));
            return Ok(());
        }
        for (key, value) in self.entries() {
            path.push(key.to_owned());
            value.push_leaves(path, leaves)?;
            path.pop();
        }
        Ok(())
    }

    fn write(self, out: &mut String) {
        match self.kind() {
            Kind::Null => out.push_str("null"),
            Kind::Bool(value) => out.push_str(if value { "true" } else { "false" }),
            Kind::Number(value) => structure::write_number(out, value),
            Kind::BigInteger(digits) => out.push_str(digits),
            Kind::Text(text) => structure::write_text(out, text),
            Kind::List => {
                out.push('[');
                for (idx, item) in self.items().enumerate() {
                    if idx > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Kind::Object => {
                out.push('{');
                // In one order: objects are equal whatever the order of their keys.
                let mut entries: Vec<_> = self.entries().collect();
                entries.sort_by(|a, b| a.0.cmp(b.0));
                for (idx, (key, value)) in entries.into_iter().enumerate() {
                    if idx > 0 {
                        out.push(',');
                    }
                    structure::write_text(out, key);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// As it was written.
    pub fn raw(self) -> &'d str {
        let mut pull = Pull::new(self.document.text(), self.offset());
        pull.skip().unwrap_or_default()
    }
}

/// Key path and value of each leaf that was found so far.
struct Leaves {
    found: Vec<(Vec<String>, Value)>,
    paths: Paths,
}

impl Leaves {
    fn of(document: &Document<'_>) -> Self {
        Self {
            found: Vec::new(),
            paths: document.paths(),
        }
    }
}

/// At most 40 characters of a text, with an ellipsis where it was cut.
pub fn shorten(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
