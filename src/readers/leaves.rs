//! What JSON files of metrics and of parameters have in common: objects of objects and leaves.

use crate::json::{self, Kind, Node};

/// Whether it is an object of objects and leaves: no list of objects or lists, no schema of
/// something else.
pub(super) fn is_tree(root: Node<'_>) -> bool {
    let is_leaf_or_tree = |(_, node): (&str, Node<'_>)| match node.kind() {
        Kind::Object => is_tree(node),
        Kind::List => node
            .items()
            .take(5)
            .all(|it| !it.is_object() && !it.is_list()),
        _ => true,
    };
    root.is_object() && root.get("$schema").is_none() && root.entries().all(is_leaf_or_tree)
}

/// Whether a number is among the leaves.
pub(super) fn has_number(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Number(_) | Kind::BigInteger(_) => true,
        Kind::Text(text) => json::non_finite(text).is_some(),
        Kind::Object => node.entries().any(|(_, it)| has_number(it)),
        _ => false,
    }
}
