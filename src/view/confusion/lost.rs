use super::{
    one::asked_level,
    question::{NO_SEPARATOR, NORMALISATIONS, ORDERS, SCALES, name_of},
    shown::Shown,
};
use crate::{
    analysis::one_class::Level,
    route::Address,
    view::gone::{Gone, SWITCH, What, chosen, lose, lose_value},
};

/// What the address asks for and is not here, each with what is nearest.
pub fn lost(address: &Address, shown: &Shown) -> Vec<Gone> {
    let mut gone = Vec::new();
    choices(&mut gone, address, shown);
    let separator = address.get("sep").unwrap_or_default();
    if ![NO_SEPARATOR, ""].contains(&separator.as_str()) && shown.groups.all.is_empty() {
        let first = shown.separators.first().map(|it| (*it).to_owned());
        lose_value(&mut gone, "sep", &separator, first);
    }
    let paths = || shown.groups.all.iter().map(|it| it.path.clone()).collect();
    for path in address.list("groups") {
        if shown.groups.find(&path).is_none() {
            lose(&mut gone, What::Group, "groups", &path, &[&paths]);
        }
    }
    let labels = || shown.matrix().labels().to_vec();
    let mut lose_class = |key: &'static str, label: &str| {
        lose(&mut gone, What::Class, key, label, &[&labels]);
    };
    for label in address.list("only") {
        if shown.named(&label).is_empty() {
            lose_class("only", &label);
        }
    }
    for (label, before) in address.pairs("moves") {
        let ends = [label, before];
        let mut strange = ends.iter().filter(|it| {
            let is_end = it.is_empty();
            !is_end && shown.class(it).is_none()
        });
        if let Some(label) = strange.next() {
            lose_class("moves", label);
        }
    }
    if let Some(label) = address.get("class").filter(|it| !it.is_empty())
        && shown.class_of(&label).is_none()
    {
        lose_class("class", &label);
    }
    for key in ["cell", "moves"] {
        for text in address.unpaired(key) {
            lose_value(&mut gone, key, &text, None);
        }
    }
    gone
}

/// Keys that have one of some values.
fn choices(gone: &mut Vec<Gone>, address: &Address, shown: &Shown) {
    // Each default has a name, too, though no link of ours has it.
    fn names<T>(known: &[(T, &'static str)], first: &'static str) -> Vec<&'static str> {
        let names = known.iter().map(|it| it.1).filter(|it| !it.is_empty());
        std::iter::once(first).chain(names).collect()
    }
    let norms = names(&NORMALISATIONS, "none");
    chosen(gone, address, "norm", &norms, "none");
    let known = ORDERS.iter().filter(|it| shown.knows(it.0));
    let orders: Vec<&str> = known.map(|it| it.1).collect();
    let order = name_of(&ORDERS, shown.order);
    chosen(gone, address, "order", &orders, order);
    let scales = names(&SCALES, "linear");
    chosen(gone, address, "scale", &scales, "linear");
    chosen(gone, address, "transpose", &SWITCH, "0");
    if let Err(text) = asked_level(address) {
        let asked: Option<f64> = text.parse().ok();
        let apart = |level: &Level, asked: f64| (level.percent() as f64 - asked).abs();
        let nearest = asked.and_then(|asked| {
            let levels = Level::ALL.into_iter();
            levels.min_by(|a, b| apart(a, asked).total_cmp(&apart(b, asked)))
        });
        gone.push(Gone {
            key: "level",
            name: text,
            what: What::Choice("95"),
            nearest: nearest.map(|it| it.percent().to_string()),
        });
    }
    let mut number = |key: &'static str, is_one: fn(&str) -> bool| {
        let text = address.get(key).filter(|it| !it.is_empty() && !is_one(it));
        if let Some(text) = text {
            lose_value(gone, key, &text, None);
        }
    };
    number("top", |it| it.parse::<usize>().is_ok_and(|it| it > 0));
    number("min", |it| it.parse::<f64>().is_ok_and(f64::is_finite));
}
