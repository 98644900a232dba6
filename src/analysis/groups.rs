//! Groups of classes: by a separator in their labels (`fruit/citrus/lemon`), or as the team lists
//! them. A closed group is one class of a smaller matrix; no sample is lost or counted twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ConfusionMatrix;

/// Separators that labels are looked through for, the most telling first.
pub const SEPARATORS: [&str; 7] = ["/", "::", ".", ":", "|", "__", "-"];

/// Groups around a class; what a label has beyond these is the class's name.
const MAX_DEPTH: usize = 16;

/// A group of classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What the address calls it: the labels' common beginning (`fruit/citrus`), or its name.
    pub path: String,
    /// Its name without those of the groups around it.
    pub name: String,
    /// The number of groups around it.
    pub depth: usize,
    /// Index of the group around it; it stands before this one.
    pub parent: Option<usize>,
    /// Its classes, those of the groups in it included, as in the artifact.
    pub classes: Vec<usize>,
}

/// The groups of some labels, each after the one around it, in the order of their first classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Every group with more than one class.
    pub all: Vec<Group>,
    /// What the labels are split by; empty where the team lists the groups.
    pub separator: String,
}

impl Groups {
    /// By a separator.
    pub fn by_separator(labels: &[String], separator: &str) -> Self {
        let mut found = Found::default();
        if !separator.is_empty() {
            for (class, label) in labels.iter().enumerate() {
                let mut parent = None;
                for (end, _) in label.match_indices(separator).take(MAX_DEPTH) {
                    let path = label.get(..end).unwrap_or_default();
                    let start = parent.map_or(0, |it: usize| {
                        found
                            .all
                            .get(it)
                            .map_or(0, |group| group.path.len() + separator.len())
                    });
                    // `a//b` and `/a` have no group without a name.
                    let name = label.get(start..end).unwrap_or_default();
                    if name.is_empty() {
                        break;
                    }
                    parent = Some(found.add(path, name, parent, class));
                }
            }
        }
        Self {
            all: found.groups(),
            separator: separator.to_owned(),
        }
    }

    /// As the team lists them: the name of each group with its labels, or with names of groups
    /// listed before it.
    pub fn by_lists(labels: &[String], lists: &[(String, Vec<String>)]) -> Self {
        // Which list each class or group stands in: the first that names it.
        let mut list_of: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, members) in lists {
            for member in members {
                list_of.entry(member).or_insert(name);
            }
        }
        let names: BTreeSet<&str> = lists.iter().map(|it| it.0.as_str()).collect();
        let mut found = Found::default();
        for (class, label) in labels.iter().enumerate() {
            let mut around = Vec::new();
            let mut at = label.as_str();
            while let Some(list) = list_of.get(at).filter(|it| !around.contains(*it)) {
                around.push(*list);
                // A class may be called as a group is.
                at = list;
            }
            let mut parent = None;
            for name in around.into_iter().rev().filter(|it| names.contains(it)) {
                parent = Some(found.add(name, name, parent, class));
            }
        }
        Self {
            all: found.groups(),
            separator: String::new(),
        }
    }

    /// A group by its path.
    pub fn find(&self, path: &str) -> Option<&Group> {
        self.all.iter().find(|group| group.path == path)
    }

    /// What a closed group is called among classes: its path with a separator behind it, so that it
    /// is never taken for a class of that name.
    fn label(&self, group: &Group, labels: &[String]) -> String {
        let end = match self.separator.as_str() {
            "" => "/",
            separator => separator,
        };
        let mut label = group.path.clone() + end;
        while labels.contains(&label) {
            label.push_str(end);
        }
        label
    }
}

/// The separators that make groups of some labels.
pub fn separators(labels: &[String]) -> Vec<&'static str> {
    let makes_groups = |separator: &&str| {
        let mut starts: Vec<&str> = labels
            .iter()
            .filter_map(|label| label.split_once(*separator))
            .map(|(start, _)| start)
            .filter(|start| !start.is_empty())
            .collect();
        starts.sort_unstable();
        starts.windows(2).any(|pair| pair[0] == pair[1])
    };
    SEPARATORS.into_iter().filter(makes_groups).collect()
}

/// Groups in the making.
#[derive(Default)]
struct Found {
    all: Vec<Group>,
    places: BTreeMap<String, usize>,
}

impl Found {
    fn add(&mut self, path: &str, name: &str, parent: Option<usize>, class: usize) -> usize {
        let place = match self.places.get(path) {
            Some(place) => *place,
            None => {
                let place = self.all.len();
                self.places.insert(path.to_owned(), place);
                self.all.push(Group {
                    path: path.to_owned(),
                    name: name.to_owned(),
                    depth: parent
                        .and_then(|it| self.all.get(it))
                        .map_or(0, |it| it.depth + 1),
                    parent,
                    classes: Vec::new(),
                });
                place
            }
        };
        if let Some(group) = self.all.get_mut(place) {
            group.classes.push(class);
        }
        place
    }

    /// Those with more than one class, each after the one around it.
    fn groups(mut self) -> Vec<Group> {
        for group in &mut self.all {
            group.classes.sort_unstable();
            group.classes.dedup();
        }
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        let key = |idx: usize| {
            let mut around = Vec::new();
            let mut at = Some(idx);
            while let Some(group) = at.and_then(|it| self.all.get(it)) {
                around.push((group.classes.first().copied(), at));
                at = group.parent;
            }
            around.reverse();
            around
        };
        order.retain(|idx| self.all.get(*idx).is_some_and(|it| it.classes.len() > 1));
        order.sort_by_cached_key(|idx| key(*idx));
        let mut places = vec![None; self.all.len()];
        for (place, idx) in order.iter().enumerate() {
            if let Some(of) = places.get_mut(*idx) {
                *of = Some(place);
            }
        }
        let place = |idx: usize| places.get(idx).copied().flatten();
        let groups = order.iter().filter_map(|idx| self.all.get(*idx));
        groups
            .map(|group| Group {
                parent: group.parent.and_then(place),
                ..group.clone()
            })
            .collect()
    }
}

/// A matrix with some of its groups closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The matrix that is left.
    pub matrix: ConfusionMatrix,
    /// The class of it that each class of the whole matrix is part of.
    pub class_of: Vec<usize>,
    /// The path of the group that each of its classes is; `None` of a class that is one.
    pub group_of: Vec<Option<String>>,
}

/// Closes groups by their paths; each takes the place of its first class. `None` where there is
/// nothing to close.
pub fn merged(matrix: &ConfusionMatrix, groups: &Groups, closed: &[String]) -> Option<Merged> {
    let labels = matrix.labels();
    let mut group_of_class: Vec<Option<&Group>> = vec![None; labels.len()];
    // The outermost group that is closed is what is seen.
    for group in &groups.all {
        if closed.contains(&group.path) {
            for class in &group.classes {
                if let Some(slot) = group_of_class.get_mut(*class) {
                    slot.get_or_insert(group);
                }
            }
        }
    }
    if group_of_class.iter().all(Option::is_none) {
        return None;
    }
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut new_labels, mut group_of, mut class_of) = (Vec::new(), Vec::new(), Vec::new());
    for (label, group) in labels.iter().zip(&group_of_class) {
        let known = group.and_then(|group| places.get(group.path.as_str()).copied());
        class_of.push(known.unwrap_or(new_labels.len()));
        if known.is_none() {
            if let Some(group) = group {
                places.insert(&group.path, new_labels.len());
            }
            new_labels.push(group.map_or_else(|| label.clone(), |it| groups.label(it, labels)));
            group_of.push(group.map(|it| it.path.clone()));
        }
    }
    let matrix = matrix.merged(new_labels, &class_of).ok()?;
    Some(Merged {
        matrix,
        class_of,
        group_of,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::nba, model::MatrixKind};

    fn labels(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn told(groups: &Groups) -> Vec<(&str, &str, usize, Vec<usize>)> {
        groups
            .all
            .iter()
            .map(|it| {
                (
                    it.path.as_str(),
                    it.name.as_str(),
                    it.depth,
                    it.classes.clone(),
                )
            })
            .collect()
    }

    #[test]
    fn labels_make_a_tree() {
        let labels = labels(
            "fruit/citrus/lemon veg/leek fruit/apple fruit/citrus/lime nut veg/kale a//b a//c /x /y one/class",
        );
        let groups = Groups::by_separator(&labels, "/");
        assert_eq!(
            told(&groups),
            [
                ("fruit", "fruit", 0, vec![0, 2, 3]),
                ("fruit/citrus", "citrus", 1, vec![0, 3]),
                ("veg", "veg", 0, vec![1, 5]),
                ("a", "a", 0, vec![6, 7]),
            ]
        );
        assert_eq!(groups.all[1].parent, Some(0));
        assert_eq!(separators(&labels), ["/"]);
        assert_eq!(Groups::by_separator(&labels, "").all, []);
    }

    #[test]
    fn a_label_has_so_many_groups_at_most() {
        let deep = "a/".repeat(15_000);
        let groups = Groups::by_separator(&[deep.clone(), deep + "b"], "/");
        assert_eq!(groups.all.len(), MAX_DEPTH);
        assert_eq!(groups.all[MAX_DEPTH - 1].path, ["a"; MAX_DEPTH].join("/"));
    }

    #[test]
    fn teams_list_groups_and_groups_of_groups() {
        let lists = [
            ("big", vec!["C", "PF", "nobody"]),
            ("small", vec!["SF", "SG"]),
            ("all but guards", vec!["big", "small"]),
            ("circle", vec!["circle", "PG"]),
            ("again", vec!["C", "PG"]),
        ];
        let lists =
            lists.map(|(name, of)| (name.to_owned(), of.into_iter().map(str::to_owned).collect()));
        let groups = Groups::by_lists(nba::now().labels(), &lists);
        assert_eq!(
            told(&groups),
            [
                ("all but guards", "all but guards", 0, vec![0, 1, 3, 4]),
                ("big", "big", 1, vec![0, 1]),
                ("small", "small", 1, vec![3, 4]),
            ]
        );
    }

    #[test]
    fn a_closed_group_is_one_class() {
        let labels = labels("x/a x y x/b x/ z");
        let values = (0..36).map(f64::from).collect();
        let matrix = ConfusionMatrix::from_dense(labels, values, MatrixKind::Counts).unwrap();
        let groups = Groups::by_separator(matrix.labels(), "/");
        let closed = merged(&matrix, &groups, &["x".to_owned(), "gone".to_owned()]).unwrap();
        // `x` and `x/` are classes of their own.
        assert_eq!(closed.matrix.labels(), ["x//", "x", "y", "z"]);
        assert_eq!(closed.class_of, [0, 1, 2, 0, 0, 3]);
        assert_eq!(closed.group_of[0].as_deref(), Some("x"));
        assert_eq!(closed.matrix.total(), matrix.total());
        let sum: f64 = [0, 3, 4]
            .iter()
            .flat_map(|a| [0, 3, 4].map(|p| matrix.get(*a, p)))
            .sum();
        assert_eq!(closed.matrix.get(0, 0), sum);
        assert_eq!(merged(&matrix, &groups, &[]), None);
    }
}
