use std::collections::HashMap;

use crate::{
    json::{self, Key},
    model::{ColumnId, ColumnKind},
};

/// Objects with fewer keys are searched, larger ones are hashed.
const FEW_KEYS: usize = 16;

/// The keys of the trees of all revisions: below each root the files, then their keys.
pub(super) struct Keys<'a> {
    nodes: Vec<Node<'a>>,
}

/// A key in some place of the trees of all revisions.
struct Node<'a> {
    /// As it was first written; compared before anything else.
    raw: &'a str,
    /// Without escapes, where there were any.
    text: Option<Box<str>>,
    parent: u32,
    kind: ColumnKind,
    children: Vec<u32>,
    /// Index into `children` by unescaped key, filled where there are many.
    child_by_text: HashMap<Box<str>, usize>,
    /// The column of its leaf values, once there was one.
    column: Option<u32>,
    /// The last list that stood here and its compact form: lists repeat from row to row.
    last_list: (&'a str, Box<str>),
}

/// The tree of a kind of column.
pub(super) fn root_of(kind: ColumnKind) -> u32 {
    match kind {
        ColumnKind::Param => 0,
        ColumnKind::Metric => 1,
        ColumnKind::Dependency => 2,
        ColumnKind::Output => 3,
    }
}

impl<'a> Keys<'a> {
    /// The four roots.
    pub fn new() -> Self {
        let kinds = [
            ColumnKind::Param,
            ColumnKind::Metric,
            ColumnKind::Dependency,
            ColumnKind::Output,
        ];
        Self {
            nodes: kinds.map(|kind| Node::new("", None, 0, kind)).into(),
        }
    }

    /// What the column of a node is.
    pub fn id(&self, node: u32) -> (ColumnKind, ColumnId) {
        let mut path = Vec::new();
        let mut at = node;
        // Up to the node of the file, whose parent is the root of its kind.
        while let Some(known) = self.nodes.get(at as usize)
            && known.parent >= ROOTS
        {
            path.push(self.text(at).to_owned());
            at = known.parent;
        }
        path.reverse();
        let file = self.text(at).to_owned();
        (self.kind(node), ColumnId { file, path })
    }

    /// The column of a node's leaf values, once there was one.
    pub fn column(&self, node: u32) -> Option<usize> {
        let column = self.nodes.get(node as usize)?.column?;
        Some(column as usize)
    }

    /// Sets the column of a node's leaf values.
    pub fn set_column(&mut self, node: u32, column_idx: usize) {
        if let Some(known) = self.nodes.get_mut(node as usize) {
            known.column = u32::try_from(column_idx).ok();
        }
    }

    /// A list as compact JSON: lists repeat from revision to revision.
    pub fn compact_list(&mut self, node: u32, raw: &'a str) -> Box<str> {
        let Some(known) = self.nodes.get_mut(node as usize) else {
            return json::compact(raw).into();
        };
        if known.last_list.0 != raw {
            known.last_list = (raw, json::compact(raw).into());
        }
        known.last_list.1.clone()
    }

    /// The child of that key, made where there is none. `at` is where it is expected among the
    /// children; then behind it.
    pub fn child(&mut self, node: u32, at: &mut usize, key: Key<'a>) -> u32 {
        let children = self.nodes.get(node as usize).map(|it| &it.children);
        let guess = children.and_then(|it| it.get(*at)).copied();
        if let Some(guess) = guess
            && self
                .nodes
                .get(guess as usize)
                .is_some_and(|it| it.raw == key.raw())
        {
            *at += 1;
            return guess;
        }
        self.find_child(node, at, key)
    }

    #[cold]
    fn find_child(&mut self, node: u32, at: &mut usize, key: Key<'a>) -> u32 {
        let text = key.text();
        let Some(parent) = self.nodes.get(node as usize) else {
            return node;
        };
        let found = if parent.children.len() < FEW_KEYS {
            let mut children = parent.children.iter();
            children.position(|child| self.text(*child) == text)
        } else {
            parent.child_by_text.get(&*text).copied()
        };
        if let Some(idx) = found
            && let Some(child) = parent.children.get(idx)
        {
            *at = idx + 1;
            return *child;
        }
        let child = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let kind = self.kind(node);
        let unescaped = key.plain().is_none().then(|| text.clone().into());
        self.nodes.push(Node::new(key.raw(), unescaped, node, kind));
        let Some(parent) = self.nodes.get_mut(node as usize) else {
            return child;
        };
        parent.children.push(child);
        *at = parent.children.len();
        if parent.children.len() >= FEW_KEYS {
            let mut by_text = std::mem::take(&mut parent.child_by_text);
            let siblings = parent.children.iter().enumerate().skip(by_text.len());
            let siblings: Vec<(usize, u32)> = siblings.map(|(idx, it)| (idx, *it)).collect();
            for (idx, sibling) in siblings {
                by_text.insert(self.text(sibling).into(), idx);
            }
            if let Some(parent) = self.nodes.get_mut(node as usize) {
                parent.child_by_text = by_text;
            }
        }
        child
    }

    pub fn kind(&self, node: u32) -> ColumnKind {
        let known = self.nodes.get(node as usize);
        known.map_or(ColumnKind::Metric, |it| it.kind)
    }

    pub fn text(&self, node: u32) -> &str {
        match self.nodes.get(node as usize) {
            Some(known) => known.text.as_deref().unwrap_or(known.raw),
            None => "",
        }
    }
}

/// The roots of the four trees are the first nodes.
const ROOTS: u32 = 4;

impl<'a> Node<'a> {
    fn new(raw: &'a str, text: Option<Box<str>>, parent: u32, kind: ColumnKind) -> Self {
        Self {
            raw,
            text,
            parent,
            kind,
            children: Vec::new(),
            child_by_text: HashMap::new(),
            column: None,
            last_list: ("", Box::default()),
        }
    }
}
