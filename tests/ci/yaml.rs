//! YAML as a tree, as far as workflows need it: no anchors, no tags.

use saphyr_parser::{Event, Parser};

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml {
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Yaml {
    /// The one document of a text.
    pub fn parse(text: &str) -> Self {
        let mut events = Vec::new();
        for event in Parser::new_from_str(text) {
            let (event, _) = event.unwrap();
            let is_content = !matches!(
                event,
                Event::StreamStart
                    | Event::StreamEnd
                    | Event::DocumentStart(..)
                    | Event::DocumentEnd
                    | Event::Nothing
            );
            if is_content {
                events.push(event);
            }
        }
        let mut events = events.into_iter();
        let first = events.next().unwrap();
        Self::node(first, &mut events)
    }

    fn node<'a>(event: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>) -> Self {
        match event {
            Event::Scalar(text, ..) => Self::Text(text.into_owned()),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match events.next().unwrap() {
                        Event::SequenceEnd => return Self::List(list),
                        event => list.push(Self::node(event, events)),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut map = Vec::new();
                loop {
                    match events.next().unwrap() {
                        Event::MappingEnd => return Self::Map(map),
                        event => {
                            let Self::Text(key) = Self::node(event, events) else {
                                panic!("a key that is no text")
                            };
                            let event = events.next().unwrap();
                            map.push((key, Self::node(event, events)));
                        }
                    }
                }
            }
            other => panic!("{other:?} in a workflow"),
        }
    }

    pub fn get(&self, key: &str) -> Option<&Self> {
        let found = self.pairs().iter().find(|(it, _)| it == key);
        found.map(|(_, value)| value)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn pairs(&self) -> &[(String, Self)] {
        match self {
            Self::Map(map) => map,
            _ => &[],
        }
    }

    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }
}
