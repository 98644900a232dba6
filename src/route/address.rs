use std::collections::BTreeMap;

/// A view of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// The verdict and its reasons.
    #[default]
    Overview,
    /// Revisions as columns.
    Compare,
    /// The table of all revisions.
    Experiments,
    /// The confusion matrix.
    Confusion,
    /// Series and curves.
    Plots,
    /// The narrative.
    Report,
    /// Every artifact.
    Files,
    /// The front page of a site with history.
    Site,
}

impl View {
    /// Every view of a report, in the order of the tabs.
    pub const ALL: [Self; 7] = [
        Self::Overview,
        Self::Compare,
        Self::Experiments,
        Self::Confusion,
        Self::Plots,
        Self::Report,
        Self::Files,
    ];

    /// As in the address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Compare => "compare",
            Self::Experiments => "experiments",
            Self::Confusion => "confusion",
            Self::Plots => "plots",
            Self::Report => "report",
            Self::Files => "files",
            Self::Site => "site",
        }
    }

    /// The keys that the view knows, alphabetical.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Overview => &["digest", "metric", "worth"],
            Self::Compare => &["base", "changed", "metric", "q", "run", "runs"],
            Self::Experiments => &[
                "axes", "base", "changed", "cols", "digits", "drop", "files", "folded", "group",
                "keep", "mode", "open", "pin", "row", "sel", "sort", "star", "where", "wide", "x",
                "xlog", "y",
            ],
            Self::Confusion => &[
                "base",
                "cell",
                "class",
                "groups",
                "level",
                "min",
                "moves",
                "norm",
                "only",
                "order",
                "run",
                "scale",
                "sep",
                "split",
                "top",
                "transpose",
            ],
            Self::Plots => &["log", "metric", "runs", "x"],
            Self::Report | Self::Files => &[],
            Self::Site => &["q"],
        }
    }
}

/// A view with its state, as the fragment holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The view.
    pub view: View,
    /// Key and raw value (still percent-encoded, since separators stand raw in it).
    keys: BTreeMap<String, String>,
    /// The name of a view that doesn't exist, when the fragment had one.
    pub unknown_view: Option<String>,
}

impl Address {
    /// A view in its default state.
    pub fn new(view: View) -> Self {
        Self {
            view,
            ..Self::default()
        }
    }

    /// Reads a fragment, with or without `#`. Never fails: what can't be understood is kept as an
    /// unknown key or view.
    pub fn parse(fragment: &str) -> Self {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let text = text.strip_prefix('/').unwrap_or(text);
        let (name, query) = text.split_once('?').unwrap_or((text, ""));
        let mut views = View::ALL.into_iter().chain([View::Site]);
        let known = views.find(|view| view.name() == name);
        let unknown_view = (known.is_none() && !name.is_empty()).then(|| decode(name));
        let mut keys = BTreeMap::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            keys.insert(decode(key), normalise(value));
        }
        Self {
            view: known.unwrap_or_default(),
            keys,
            unknown_view,
        }
    }

    /// One value, decoded.
    pub fn get(&self, key: &str) -> Option<String> {
        self.keys.get(key).map(|value| decode(value))
    }

    /// A list of values, each decoded.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.keys
            .get(key)
            .map(|value| split_list(value))
            .unwrap_or_default()
    }

    /// A list whose places matter, each value decoded: an empty one is a place that is free.
    pub fn places(&self, key: &str) -> Vec<String> {
        let value = self.keys.get(key).map_or("", String::as_str);
        let places = value.split(',').map(decode);
        places
            .take(if value.is_empty() { 0 } else { usize::MAX })
            .collect()
    }

    /// A pair `a~b`, each decoded.
    pub fn pair(&self, key: &str) -> Option<(String, String)> {
        let (a, b) = self.keys.get(key)?.split_once('~')?;
        Some((decode(a), decode(b)))
    }

    /// The same address with one value set; an empty one or `None` takes the key out.
    #[must_use]
    pub fn with(mut self, key: &str, value: Option<&str>) -> Self {
        match value.filter(|value| !value.is_empty()) {
            Some(value) => self.keys.insert(key.to_owned(), encode(value)),
            None => self.keys.remove(key),
        };
        self
    }

    /// The same address with a text set that may be empty.
    #[must_use]
    pub fn with_text(mut self, key: &str, text: &str) -> Self {
        self.keys.insert(key.to_owned(), encode(text));
        self
    }

    /// The same address with a list set; an empty one takes the key out.
    #[must_use]
    pub fn with_list<S: AsRef<str>>(mut self, key: &str, values: &[S]) -> Self {
        if values.is_empty() {
            self.keys.remove(key);
        } else {
            self.keys.insert(key.to_owned(), join_list(values));
        }
        self
    }

    /// The same address with a pair `a~b` set.
    #[must_use]
    pub fn with_pair(mut self, key: &str, pair: Option<(&str, &str)>) -> Self {
        match pair {
            Some((a, b)) => self
                .keys
                .insert(key.to_owned(), format!("{}~{}", encode(a), encode(b))),
            None => self.keys.remove(key),
        };
        self
    }

    /// A list of pairs `a~b,c~d`, each decoded.
    pub fn pairs(&self, key: &str) -> Vec<(String, String)> {
        let pairs = self.keys.get(key).map(String::as_str).unwrap_or_default();
        let pairs = pairs.split(',').filter_map(|pair| pair.split_once('~'));
        pairs.map(|(a, b)| (decode(a), decode(b))).collect()
    }

    /// The items of such a list that are no pairs, decoded.
    pub fn unpaired(&self, key: &str) -> Vec<String> {
        let items = self.keys.get(key).map(String::as_str).unwrap_or_default();
        let items = items.split(',').filter(|it| !it.is_empty());
        items.filter(|it| !it.contains('~')).map(decode).collect()
    }

    /// The same address with a list of pairs set; an empty one takes the key out.
    #[must_use]
    pub fn with_pairs(mut self, key: &str, pairs: &[(String, String)]) -> Self {
        let pair = |(a, b): &(String, String)| format!("{}~{}", encode(a), encode(b));
        let pairs: Vec<String> = pairs.iter().map(pair).collect();
        match pairs.is_empty() {
            true => self.keys.remove(key),
            false => self.keys.insert(key.to_owned(), pairs.join(",")),
        };
        self
    }

    /// The same address with another name in place of one, wherever a value is that name or lists
    /// it, with a `-` before it or with what is said of it behind a `~`.
    #[must_use]
    pub fn renamed(mut self, key: &str, from: &str, to: &str) -> Self {
        let (from, to) = (encode(from), encode(to));
        if let Some(value) = self.keys.get_mut(key) {
            let renamed = |item: &str| {
                let (name, rest) = item.split_at(item.find('~').unwrap_or(item.len()));
                let is_signed = name != from && name.strip_prefix('-') == Some(&from);
                match (name == from, is_signed) {
                    (true, _) => format!("{to}{rest}"),
                    (false, true) => format!("-{to}{rest}"),
                    (false, false) => item.to_owned(),
                }
            };
            *value = value.split(',').map(renamed).collect::<Vec<_>>().join(",");
        }
        self
    }

    /// Keys that the view doesn't know.
    pub fn unknown_keys(&self) -> Vec<String> {
        let known = self.view.keys();
        self.keys
            .keys()
            .filter(|key| !known.contains(&key.as_str()))
            .cloned()
            .collect()
    }

    /// The fragment, with `#`: one state, one text.
    pub fn to_fragment(&self) -> String {
        let name = match &self.unknown_view {
            Some(name) => encode(name),
            None => self.view.name().to_owned(),
        };
        let mut text = format!("#/{name}");
        for (idx, (key, value)) in self.keys.iter().enumerate() {
            text.push(if idx == 0 { '?' } else { '&' });
            text.push_str(&encode(key));
            text.push('=');
            text.push_str(value);
        }
        text
    }
}

/// Percent-encodes everything but `A–Z a–z 0–9 . _ -`.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' => {
                encoded.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

/// The text of a percent-encoded one. A `%` without two hex digits stands for itself, bytes that
/// are not UTF-8 become U+FFFD.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |offset: usize| {
            bytes
                .get(at + offset)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        match (byte, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Encoded values with `,` between them.
pub fn join_list<S: AsRef<str>>(values: &[S]) -> String {
    let encoded: Vec<String> = values.iter().map(|value| encode(value.as_ref())).collect();
    encoded.join(",")
}

/// The values of a list, decoded; empty ones left out.
pub fn split_list(text: &str) -> Vec<String> {
    text.split(',')
        .filter(|part| !part.is_empty())
        .map(decode)
        .collect()
}

/// A stranger's value in our own spelling: separators stay raw, everything else is encoded once.
fn normalise(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for part in value.split_inclusive([',', '~']) {
        let (name, separator) = match part.strip_suffix([',', '~']) {
            Some(name) => (name, &part[name.len()..]),
            None => (part, ""),
        };
        text.push_str(&encode(&decode(name)));
        text.push_str(separator);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever a stranger writes is a state, and that state has one text.
        #[test]
        fn any_text_gives_a_state(text in "\\PC{0,60}", key in "[a-z]{1,6}", value in "\\PC{0,20}") {
            for text in [
                text.clone(),
                format!("#/{text}"),
                format!("#/experiments?{key}={text}&{text}"),
                format!("#/compare?{key}={value},{text}~{value}&{key}=%{value}"),
            ] {
                let address = Address::parse(&text);
                let fragment = address.to_fragment();
                let again = Address::parse(&fragment);
                prop_assert_eq!(again.to_fragment(), fragment.clone());
                prop_assert_eq!(&again, &address, "{}", fragment);
                let _ = (address.list(&key), address.places(&key), address.pair(&key), address.unknown_keys());
            }
        }

        #[test]
        fn values_come_back(values in prop::collection::vec("\\PC{0,12}", 1..5), key in "[a-z]{1,6}") {
            let address = Address::new(View::Experiments).with_list(&key, &values);
            let again = Address::parse(&address.to_fragment());
            let places = again.places(&key);
            match values.iter().all(String::is_empty) && values.len() == 1 {
                true => prop_assert!(places.is_empty()),
                false => prop_assert_eq!(places, values.clone()),
            }
            let one = Address::new(View::Compare).with(&key, values.first().map(String::as_str));
            let one = Address::parse(&one.to_fragment()).get(&key);
            prop_assert_eq!(one, values.into_iter().next().filter(|it| !it.is_empty()));
        }
    }

    #[test]
    fn pairs_come_back() {
        let pairs = [
            ("a~b,".to_owned(), "1".to_owned()),
            ("c".to_owned(), "2".to_owned()),
        ];
        let address = Address::new(View::Experiments).with_pairs("wide", &pairs);
        let text = address.to_fragment();
        assert_eq!(text, "#/experiments?wide=a%7Eb%2C~1,c~2");
        assert_eq!(Address::parse(&text).pairs("wide"), pairs);
        let address = Address::parse("#/experiments?wide=x%7E,,~,y~1");
        assert_eq!(address.pairs("wide").len(), 2);
        assert_eq!(address.unpaired("wide"), ["x~"]);
    }

    #[test]
    fn places_of_a_list_matter() {
        let address = Address::parse("#/plots?runs=a,,c%2C");
        assert_eq!(address.places("runs"), ["a", "", "c,"]);
        assert_eq!(address.list("runs"), ["a", "c,"]);
        assert_eq!(address.places("metric"), [""; 0]);
    }

    #[test]
    fn one_state_has_one_text() {
        let address = Address::new(View::Confusion)
            .with_pair("cell", Some(("C", "P~F,é")))
            .with("base", Some("master"))
            .with("norm", None);
        let text = address.to_fragment();
        assert_eq!(text, "#/confusion?base=master&cell=C~P%7EF%2C%C3%A9");
        assert_eq!(Address::parse(&text), address);
        assert_eq!(address.pair("cell"), Some(("C".into(), "P~F,é".into())));
    }

    #[test]
    fn pairs_stand_in_a_list() {
        let pairs = [
            ("a~b".to_owned(), "c,d".to_owned()),
            ("x".to_owned(), String::new()),
        ];
        let address = Address::new(View::Confusion).with_pairs("moves", &pairs);
        assert_eq!(address.to_fragment(), "#/confusion?moves=a%7Eb~c%2Cd,x~");
        assert_eq!(Address::parse(&address.to_fragment()).pairs("moves"), pairs);
        assert_eq!(
            address.with_pairs("moves", &[]),
            Address::new(View::Confusion)
        );
    }

    #[test]
    fn a_strangers_text_gives_a_state() {
        for text in [
            "",
            "#",
            "#/",
            "#/nowhere?x",
            "#/compare?runs=a,,b&runs",
            "#/files?%zz=%",
            "#?=&&",
        ] {
            let address = Address::parse(text);
            assert_eq!(Address::parse(&address.to_fragment()), address, "{text}");
        }
        assert_eq!(
            Address::parse("#/nowhere").unknown_view.as_deref(),
            Some("nowhere")
        );
        assert_eq!(Address::parse("#/files?zz=1").unknown_keys(), ["zz"]);
    }

    #[test]
    fn a_name_is_replaced_wherever_it_is_listed() {
        let address = Address::parse("#/experiments?sort=-a%3Ab,c,a%3Ab&wide=a%3Ab~9,c~9&x=c");
        let renamed = |key: &str| address.clone().renamed(key, "a:b", "d,").to_fragment();
        assert_eq!(
            renamed("sort"),
            "#/experiments?sort=-d%2C,c,d%2C&wide=a%3Ab~9,c~9&x=c"
        );
        assert_eq!(
            renamed("wide"),
            "#/experiments?sort=-a%3Ab,c,a%3Ab&wide=d%2C~9,c~9&x=c"
        );
        assert_eq!(renamed("x"), address.to_fragment());
    }
}
