//! The Spanish of `src/words` is one person's: it says "tú", and calls a thing by one name.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use regex_lite::Regex;

/// What the page doesn't say, and what it says instead.
const NEVER: &[(&str, &str)] = &[
    // The polite form: where a sentence begins, and in words that can be nothing else. Elsewhere
    // such words may be a subjunctive ("deja que la página use el portapapeles").
    (
        r#"(^|[.;:,!?] |\\n)(abra|arrastre|borre|busque|cierre|compruebe|copie|corrija|cree|dé|defina|deje|descargue|elija|escriba|espere|haga|indique|intente|introduzca|lea|llame|mire|mueva|nómbrelas|ponga|pruebe|publique|pulse|quite|recargue|revise|seleccione|señale|suelte|use|utilice|vea|vuelva|véase)\b"#,
        "tú",
    ),
    (
        r"\busted(es)?\b|corríja|escríba|\bquería\b|\bdesea\b|\bpodría usted\b",
        "tú",
    ),
    (
        r"\b(un|el|al|del|ningún|este) (pull|merge) request",
        "una pull request",
    ),
    (
        r"\b(el|del|al|propio) CI\b|(tiene|publicó|dice) CI\b",
        "la CI",
    ),
    (r"\bgráficas?\b", "gráfico"),
    (r"\bencabezados?\b", "cabecera"),
    (r"\b(Enter|Return)\b", "Intro"),
    (r"\bEscape\b", "Esc"),
    (r"\bShift\b|\btecla mayúsculas\b", "Mayús"),
    (r"\bDelete\b|\btecla suprimir\b", "Supr"),
    (r"\bSpace\b|\bbarra espaciadora\b", "Espacio"),
    (r"\bPg(Up|Dn)\b|\bHome\b", "RePág, AvPág, Inicio"),
    (r"\bworkflows?\b", "flujo de trabajo"),
    (r"\ben marcha\b", "en curso"),
    (r"\bdescart", "quitar"),
    (r"\bfichero|\bcarpetas? de datos\b", "archivo"),
    (r"\bbaseline\b", "referencia"),
    (
        r"\bsólo\b|\béste\b|\bésta\b",
        "solo, este, esta: sin tilde desde 2010",
    ),
];

/// Names of options, keys and files, which stay as they are.
const LITERAL: &str =
    r"`[^`]*`|[a-z_]+ = \\|--[a-z-]+|examples/\S+|\{[^}]*\}|\$\{\{[^}]*\}\}|\S+\.yml";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

/// The string literals of a file's own code, each with its line: escaped line ends joined.
fn literals(code: &str) -> Vec<(usize, String)> {
    let literal = Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap();
    let joined = Regex::new(r"\\\n\s*").unwrap();
    let comment = Regex::new(r"(?m)^\s*//.*$").unwrap();
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let code = comment.replace_all(code, "");
    let found = literal.captures_iter(&code);
    let text = found.map(|it| {
        let line = code[..it.get(0).unwrap().start()].matches('\n').count() + 1;
        (line, joined.replace_all(&it[1], "").into_owned())
    });
    text.collect()
}

#[test]
fn spanish_says_tu_and_has_one_name_for_a_thing() {
    let mut paths = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words"),
        &mut paths,
    );
    paths.sort();
    let never: Vec<(Regex, &str)> = NEVER
        .iter()
        .map(|it| (Regex::new(&format!("(?i){}", it.0)).unwrap(), it.1))
        .collect();
    // What only Spanish has; an English sentence about the CI must not count.
    let spanish = Regex::new(
        r"(?i)[áéíóúñ«¿¡]|\b(el|la|los|las|un|una|de|del|que|en|con|sin|por|para|no se|se)\b",
    )
    .unwrap();
    let english =
        Regex::new(r"(?i)\b(the|is|of|this|that|to|and|by|with|are|not|it|from)\b").unwrap();
    let literal = Regex::new(LITERAL).unwrap();
    let (mut faults, mut n_spanish) = (Vec::new(), 0);
    for path in paths {
        let code = fs::read_to_string(&path).unwrap();
        for (line, text) in literals(&code) {
            let is_spanish = spanish.is_match(&text) && !english.is_match(&text);
            let words = literal.replace_all(&text, "·");
            n_spanish += usize::from(is_spanish);
            let told = never
                .iter()
                .filter(|it| is_spanish && it.0.is_match(&words));
            for (_, instead) in told {
                faults.push(format!("{}:{line}: {text} ({instead})", path.display()));
            }
        }
    }
    assert!(n_spanish > 800, "only {n_spanish} texts are looked at");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_never_said_is_found() {
    let found = |text: &str| {
        let mut never = NEVER.iter();
        never.any(|it| Regex::new(&format!("(?i){}", it.0)).unwrap().is_match(text))
    };
    for text in [
        "Pulse una celda",
        "No se entiende el filtro: corríjalo antes de marcar.",
        "¿Quería decir recall?",
        "es de un pull request",
        "lo publicó CI",
        "Pulsa Enter para fijarla",
    ] {
        assert!(found(text), "{text}");
    }
    assert!(!found("no deja que esta página use el portapapeles"));
    assert!(!found("Pulsa una celda, o deja fuera el archivo"));
}

#[test]
fn keys_are_called_what_stands_on_them() {
    let of = |keys, lang| careo::words::shell::key_names(keys, lang);
    let sheet = "Enter Esc Home End PgUp PgDn Shift Space ← *";
    assert_eq!(of(sheet, careo::model::Lang::En), sheet);
    assert_eq!(
        of(sheet, careo::model::Lang::Es),
        "Intro Esc Inicio Fin RePág AvPág Mayús Espacio ← *"
    );
}
