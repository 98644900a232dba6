//! What failed, where, and what to do: one text for the terminal, annotations and cards.

use super::{
    Say,
    confusion::shown_label,
    number::{self, bytes, count},
};
use crate::model::{Found, Lang, Limit, MatrixError, Place, Problem, ProblemKind, Thing};

/// The column that a series needs.
const STEP: &str = "step";

/// A problem as the terminal shows it: place first, then what, then help.
///
/// ```text
/// metrics/eval.json:14:9: expected a number at `test.f1`, found the string "n/a"
///   help: write `null` or leave the key out (reader dvc-metrics)
/// ```
pub fn lines(problem: &Problem, lang: Lang) -> String {
    lines_with(problem, help(problem, lang), lang)
}

/// The same with another help.
pub fn lines_with(problem: &Problem, help: Option<String>, lang: Lang) -> String {
    let place = problem.place.as_ref().map(spot).unwrap_or_default();
    let separator = if place.is_empty() { "" } else { ": " };
    let what = what(problem, lang);
    let help_word = match lang {
        Lang::En => "help",
        Lang::Es => "ayuda",
    };
    match help {
        Some(help) => format!("{place}{separator}{what}\n  {help_word}: {help}"),
        None => format!("{place}{separator}{what}"),
    }
}

/// A place as editors and terminals write it: `metrics/eval.json:14:9`.
pub fn spot(place: &Place) -> String {
    let mut text = place.artifact.clone();
    for number in [place.line, place.line.and(place.column)]
        .into_iter()
        .flatten()
    {
        text.push_str(&format!(":{number}"));
    }
    text
}

/// What failed: a fragment in lower case, without a final stop.
pub fn what(problem: &Problem, lang: Lang) -> String {
    let what = problem.kind.say(lang);
    let key = problem.place.as_ref().and_then(|place| place.key.as_ref());
    match (key, &problem.kind, lang) {
        (None, ..) => what,
        // The key stands in the middle of these sentences.
        (Some(key), ProblemKind::Expected { expected, found }, Lang::En) => format!(
            "expected {} at `{key}`, found {}",
            en_thing(*expected),
            en_found(found)
        ),
        (Some(key), ProblemKind::Expected { expected, found }, Lang::Es) => format!(
            "en `{key}` se esperaba {} y hay {}",
            es_thing(*expected),
            es_found(found)
        ),
        (Some(key), _, Lang::En) => format!("{what} at `{key}`"),
        (Some(key), _, Lang::Es) => format!("{what} en `{key}`"),
    }
}

/// What to do about it, where there is something to do, and which reader met it.
pub fn help(problem: &Problem, lang: Lang) -> Option<String> {
    let of_place = settings_help(problem, lang).or_else(|| character_help(problem, lang));
    let help = of_place.map(str::to_owned);
    let help = help.or_else(|| baseline_help(problem, lang));
    let help = help.unwrap_or_else(|| match lang {
        Lang::En => en_help(&problem.kind),
        Lang::Es => es_help(&problem.kind),
    });
    let reader = problem.reader.as_ref().map(|reader| match lang {
        Lang::En => format!("reader {reader}"),
        Lang::Es => format!("lector {reader}"),
    });
    match (help.is_empty(), reader) {
        (true, reader) => reader,
        (false, None) => Some(help),
        (false, Some(reader)) => Some(format!("{help} ({reader})")),
    }
}

/// No reader reads TOML: a `.toml` with a problem is the team's settings, where what helps an
/// artifact would lead astray.
fn settings_help(problem: &Problem, lang: Lang) -> Option<&'static str> {
    let path = &problem.place.as_ref()?.artifact;
    let is_newer = match &problem.kind {
        _ if !path.ends_with(".toml") => return None,
        ProblemKind::NewerSchema { .. } => true,
        ProblemKind::Expected { .. } => false,
        _ => return None,
    };
    Some(match (lang, is_newer) {
        (Lang::En, true) => "update careo, or take out what only the newer one knows",
        (Lang::En, false) => "docs/careo-toml.md has an example of each key",
        (Lang::Es, true) => "actualiza careo, o quita lo que solo conoce el más nuevo",
        (Lang::Es, false) => "docs/careo-toml.md tiene un ejemplo de cada clave",
    })
}

/// `--baseline` takes files: a name that is none may be that of a revision.
fn baseline_help(problem: &Problem, lang: Lang) -> Option<String> {
    let place = problem.place.as_ref()?;
    let is_baseline = place.key.as_deref() == Some("--baseline");
    if problem.kind != ProblemKind::NotFound || !is_baseline {
        return None;
    }
    let name = &place.artifact;
    Some(match lang {
        Lang::En => format!(
            "check the path; one that isn’t absolute starts in the current folder. A revision of the \
             report is named in careo.toml: baseline = \"{name}\""
        ),
        Lang::Es => format!(
            "comprueba la ruta; si no es absoluta, empieza en la carpeta actual. Una revisión del \
             informe se indica en careo.toml: baseline = \"{name}\""
        ),
    })
}

/// Within a file, an odd character is no message of a program that got into it: somebody wrote a
/// value that JSON doesn't have.
fn character_help(problem: &Problem, lang: Lang) -> Option<&'static str> {
    let place = problem.place.as_ref()?;
    let is_first = place.line == Some(1) && place.column == Some(1);
    match (&problem.kind, is_first) {
        (ProblemKind::UnexpectedCharacter(_), false) => Some(match lang {
            Lang::En => {
                "let a JSON library write it: of what JSON itself lacks, careo reads NaN, \
                 Infinity and -Infinity only"
            }
            Lang::Es => {
                "deja que lo escriba una biblioteca de JSON: de lo que JSON no tiene, careo solo \
                 lee NaN, Infinity y -Infinity"
            }
        }),
        _ => None,
    }
}

/// What kind of problem it is, in one word for programs: `data-problem`, annotations.
pub fn code(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Expected { .. } => "expected",
        ProblemKind::UnexpectedEnd => "unexpected-end",
        ProblemKind::UnexpectedCharacter(_) => "unexpected-character",
        ProblemKind::TooDeep { .. } => "too-deep",
        ProblemKind::Empty => "empty",
        ProblemKind::TooLarge { .. } => "too-large",
        ProblemKind::Matrix(_) => "matrix",
        ProblemKind::NewerSchema { .. } => "newer-schema",
        ProblemKind::NoColumn { .. } => "no-column",
        ProblemKind::DuplicateColumn { .. } => "duplicate-column",
        ProblemKind::UnclosedQuote => "unclosed-quote",
        ProblemKind::NoSuchOption { .. } => "no-such-option",
        ProblemKind::UnknownKey { .. } => "unknown-key",
        ProblemKind::UnknownChoice { .. } => "unknown-choice",
        ProblemKind::OutOfRange { .. } => "out-of-range",
        ProblemKind::Twice { .. } => "twice",
        ProblemKind::NeedsKey { .. } => "needs-key",
        ProblemKind::Syntax { .. } => "syntax",
        ProblemKind::Container { .. } => "container",
        ProblemKind::NoSuchReader { .. } => "no-such-reader",
        ProblemKind::Unreadable { .. } => "unreadable",
        ProblemKind::NotFound => "not-found",
        ProblemKind::Http { .. } => "http",
        ProblemKind::OtherOrigin => "other-origin",
        ProblemKind::NothingFound => "nothing-found",
        ProblemKind::Bug { .. } => "bug",
    }
}

impl Say for ProblemKind {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => en(self),
            Lang::Es => es(self),
        }
    }
}

fn en(kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Expected { expected, found } => {
            format!(
                "expected {}, found {}",
                en_thing(*expected),
                en_found(found)
            )
        }
        ProblemKind::UnexpectedEnd => "the document ends before it is complete".to_owned(),
        ProblemKind::UnexpectedCharacter(char) => format!("unexpected {}", visible(*char)),
        ProblemKind::TooDeep { limit } => {
            format!("nested deeper than {} levels", count(*limit, Lang::En))
        }
        ProblemKind::Empty => "the file has no data".to_owned(),
        ProblemKind::TooLarge { what, limit } => {
            format!("larger than {}", en_limit(*what, *limit))
        }
        ProblemKind::Matrix(error) => format!("not a confusion matrix: {}", en_matrix(error)),
        ProblemKind::NewerSchema { found, supported } => {
            format!("made by a newer careo (schema {found}, this one reads up to {supported})")
        }
        ProblemKind::NoColumn { expected, found } => {
            format!("no column is called {expected}; the header has {found}")
        }
        ProblemKind::DuplicateColumn { name } => format!("two columns are called “{name}”"),
        ProblemKind::UnclosedQuote => "a quote is never closed".to_owned(),
        ProblemKind::NoSuchOption { option, .. } => format!("there is no option “{option}”"),
        ProblemKind::UnknownKey { key, .. } => format!("there is no setting “{key}”"),
        ProblemKind::UnknownChoice { found, .. } => format!("“{found}” is not a choice"),
        ProblemKind::OutOfRange { found, .. } => format!("`{found}` is out of range"),
        ProblemKind::Twice { name } => format!("“{name}” stands here twice"),
        ProblemKind::NeedsKey { key } => format!("this needs `{key}`, which is not set,"),
        ProblemKind::Syntax { message } => format!("can't be parsed: {message}"),
        ProblemKind::Container { message } => format!("can't be unpacked: {message}"),
        ProblemKind::NoSuchReader { name, .. } => format!("there is no reader “{name}”"),
        ProblemKind::Unreadable { message } => format!("can't be read: {message}"),
        ProblemKind::NotFound => "there is no such file".to_owned(),
        ProblemKind::Http { status } => format!("the server answered with status {status}"),
        ProblemKind::OtherOrigin => "the address leads to another site".to_owned(),
        ProblemKind::NothingFound => "no results found".to_owned(),
        ProblemKind::Bug { message } => format!("a bug in careo: {message}"),
    }
}

fn es(kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Expected { expected, found } => {
            format!(
                "se esperaba {} y hay {}",
                es_thing(*expected),
                es_found(found)
            )
        }
        ProblemKind::UnexpectedEnd => "el documento acaba antes de estar completo".to_owned(),
        ProblemKind::UnexpectedCharacter(char) => {
            format!("carácter inesperado: {}", visible(*char))
        }
        ProblemKind::TooDeep { limit } => {
            format!("anidado a más de {} niveles", count(*limit, Lang::Es))
        }
        ProblemKind::Empty => "el archivo no tiene datos".to_owned(),
        ProblemKind::TooLarge { what, limit } => {
            format!("pasa de {}", es_limit(*what, *limit))
        }
        ProblemKind::Matrix(error) => {
            format!("no es una matriz de confusión: {}", es_matrix(error))
        }
        ProblemKind::NewerSchema { found, supported } => {
            format!("hecho por un careo más nuevo (esquema {found}; este lee hasta el {supported})")
        }
        ProblemKind::NoColumn { expected, found } => {
            format!("ninguna columna se llama {expected}; la cabecera tiene {found}")
        }
        ProblemKind::DuplicateColumn { name } => format!("dos columnas se llaman «{name}»"),
        ProblemKind::UnclosedQuote => "hay una comilla que no se cierra".to_owned(),
        ProblemKind::NoSuchOption { option, .. } => format!("no existe la opción «{option}»"),
        ProblemKind::UnknownKey { key, .. } => format!("no existe el ajuste «{key}»"),
        ProblemKind::UnknownChoice { found, .. } => format!("«{found}» no es una opción"),
        ProblemKind::OutOfRange { found, .. } => format!("`{found}` está fuera de rango"),
        ProblemKind::Twice { name } => format!("«{name}» aparece dos veces"),
        ProblemKind::NeedsKey { key } => format!("hace falta `{key}`, que no figura,"),
        ProblemKind::Syntax { message } => format!("no se puede interpretar: {message}"),
        ProblemKind::Container { message } => format!("no se puede descomprimir: {message}"),
        ProblemKind::NoSuchReader { name, .. } => format!("no existe el lector «{name}»"),
        ProblemKind::Unreadable { message } => format!("no se puede leer: {message}"),
        ProblemKind::NotFound => "no existe ese archivo".to_owned(),
        ProblemKind::Http { status } => format!("el servidor respondió con el estado {status}"),
        ProblemKind::OtherOrigin => "la dirección lleva a otro sitio".to_owned(),
        ProblemKind::NothingFound => "no se han encontrado resultados".to_owned(),
        ProblemKind::Bug { message } => format!("un error de careo: {message}"),
    }
}

fn en_help(kind: &ProblemKind) -> String {
    let help = match kind {
        ProblemKind::Expected {
            expected: Thing::Number,
            found: Found::Literal(found),
        } if found == "null" => "write a number there",
        ProblemKind::Expected {
            expected: Thing::Number,
            ..
        } => "write `null` or leave the key out",
        ProblemKind::Expected {
            expected: Thing::Count,
            ..
        } => "cells hold counts, sums of weights or shares; write 0 where there is none",
        ProblemKind::Expected { .. } => "compare it with the format in docs/FORMATS.md",
        ProblemKind::UnexpectedEnd => "the file was cut off: let the job write it again",
        ProblemKind::UnexpectedCharacter(_) => {
            "redirect only the command's standard output into the file"
        }
        ProblemKind::TooLarge {
            what: Limit::KeyPaths,
            ..
        } => "shorten the keys that many values have above them, or nest them less deeply",
        ProblemKind::TooLarge {
            what: Limit::Label, ..
        } => "give the classes short names",
        ProblemKind::TooDeep { .. } | ProblemKind::TooLarge { .. } => {
            "leave the file out, or split it"
        }
        ProblemKind::Empty => "look in the job's log for why nothing was written",
        ProblemKind::Matrix(error) => match error {
            MatrixError::NotSquare { .. } | MatrixError::Labels { .. } => {
                "give as many labels as classes: in scikit-learn, `labels=` of `confusion_matrix`"
            }
            MatrixError::Ragged { .. } => "write a row for each class, each as long as the first",
            MatrixError::DuplicateLabel(_) => "give each class a name of its own",
            MatrixError::Negative { .. } | MatrixError::NotFinite { .. } => {
                "write counts, sums of weights or shares: numbers from 0 up"
            }
            MatrixError::Empty => "look in the job's log for why nothing was written",
            MatrixError::TooManyClasses(_) => "leave the file out, or put rare classes together",
        },
        ProblemKind::NewerSchema { .. } => "reload the page, or publish the report again",
        ProblemKind::NoColumn { expected, .. } if expected == STEP => {
            "write the column `step` as well, as DVCLive does"
        }
        ProblemKind::NoColumn { .. } => {
            "rename its two columns to `actual` and `predicted`, or name them where careo is called: \
             `--as 'predictions-csv(actual=NAME,predicted=NAME):PATH'`"
        }
        ProblemKind::DuplicateColumn { .. } => "give each a name of its own",
        ProblemKind::UnclosedQuote => "close it, or write the file with a CSV library",
        ProblemKind::NoSuchOption { known, .. } if known.is_empty() => "this reader has no options",
        ProblemKind::NoSuchOption { known, .. } => return format!("it has {known}"),
        ProblemKind::UnknownKey {
            nearest: Some(nearest),
            ..
        } => return format!("did you mean {nearest}?"),
        ProblemKind::UnknownKey { known, .. } => return format!("the settings are {known}"),
        ProblemKind::UnknownChoice { known, .. } => return format!("choose one of {known}"),
        ProblemKind::OutOfRange { low, high, .. } => {
            return match high.as_str() {
                "" => format!("give a number above `{low}`"),
                "∞" => format!("give `{low}` or a number above it"),
                high => format!("give a number above `{low}`, `{high}` at most"),
            };
        }
        ProblemKind::Twice { .. } => "leave one of them out",
        ProblemKind::NeedsKey { key } => return format!("set `{key}` as well"),
        ProblemKind::Syntax { .. } => "",
        ProblemKind::Container { .. } => "download or pack it again",
        ProblemKind::NoSuchReader {
            nearest: Some(nearest),
            ..
        } => return format!("did you mean {nearest}? `careo formats` lists all"),
        ProblemKind::NoSuchReader { nearest: None, .. } => "`careo formats` lists all",
        ProblemKind::Unreadable { .. } => "check the path and the permissions",
        ProblemKind::NotFound => "check the path; publish again if part of the site is missing",
        ProblemKind::Http { .. } => "try again later, or drop the files on this page",
        ProblemKind::OtherOrigin => {
            "download the file and drop it here: this page asks no other site"
        }
        ProblemKind::NothingFound => {
            "give what DVC, DVCLive, CML or scikit-learn wrote; docs/FORMATS.md lists all formats"
        }
        ProblemKind::Bug { .. } => "please report it, with the file if you may share it",
    };
    help.to_owned()
}

fn es_help(kind: &ProblemKind) -> String {
    let help = match kind {
        ProblemKind::Expected {
            expected: Thing::Number,
            found: Found::Literal(found),
        } if found == "null" => "escribe ahí un número",
        ProblemKind::Expected {
            expected: Thing::Number,
            ..
        } => "escribe `null` o quita la clave",
        ProblemKind::Expected {
            expected: Thing::Count,
            ..
        } => {
            "las celdas llevan recuentos, sumas de pesos o proporciones; escribe 0 donde no haya \
             ninguno"
        }
        ProblemKind::Expected { .. } => "compáralo con el formato en docs/FORMATS.md",
        ProblemKind::UnexpectedEnd => {
            "el archivo está cortado: haz que el trabajo lo vuelva a escribir"
        }
        ProblemKind::UnexpectedCharacter(_) => {
            "lleva al archivo solo la salida estándar de la orden"
        }
        ProblemKind::TooLarge {
            what: Limit::KeyPaths,
            ..
        } => "acorta las claves que tienen muchos valores debajo o usa menos niveles",
        ProblemKind::TooLarge {
            what: Limit::Label, ..
        } => "da nombres cortos a las clases",
        ProblemKind::TooDeep { .. } | ProblemKind::TooLarge { .. } => {
            "deja fuera el archivo o divídelo"
        }
        ProblemKind::Empty => "mira en el registro del trabajo por qué no se escribió nada",
        ProblemKind::Matrix(error) => match error {
            MatrixError::NotSquare { .. } | MatrixError::Labels { .. } => {
                "da tantas etiquetas como clases: en scikit-learn, `labels=` de `confusion_matrix`"
            }
            MatrixError::Ragged { .. } => {
                "escribe una fila para cada clase, todas igual de largas que la primera"
            }
            MatrixError::DuplicateLabel(_) => "da a cada clase un nombre propio",
            MatrixError::Negative { .. } | MatrixError::NotFinite { .. } => {
                "escribe recuentos, sumas de pesos o proporciones: números de 0 en adelante"
            }
            MatrixError::Empty => "mira en el registro del trabajo por qué no se escribió nada",
            MatrixError::TooManyClasses(_) => "deja fuera el archivo o junta las clases raras",
        },
        ProblemKind::NewerSchema { .. } => "recarga la página o vuelve a publicar el informe",
        ProblemKind::NoColumn { expected, .. } if expected == STEP => {
            "escribe también la columna `step`, como hace DVCLive"
        }
        ProblemKind::NoColumn { .. } => {
            "cambia el nombre de sus dos columnas a `actual` y `predicted`, o indícalas al llamar a \
             careo: `--as 'predictions-csv(actual=NOMBRE,predicted=NOMBRE):RUTA'`"
        }
        ProblemKind::DuplicateColumn { .. } => "da a cada una un nombre propio",
        ProblemKind::UnclosedQuote => "ciérrala, o escribe el archivo con una biblioteca de CSV",
        ProblemKind::NoSuchOption { known, .. } if known.is_empty() => {
            "este lector no tiene opciones"
        }
        ProblemKind::NoSuchOption { known, .. } => return format!("tiene {known}"),
        ProblemKind::UnknownKey {
            nearest: Some(nearest),
            ..
        } => return format!("¿querías decir {nearest}?"),
        ProblemKind::UnknownKey { known, .. } => return format!("los ajustes son {known}"),
        ProblemKind::UnknownChoice { known, .. } => return format!("elige entre {known}"),
        ProblemKind::OutOfRange { low, high, .. } => {
            return match high.as_str() {
                "" => format!("pon un número mayor que `{low}`"),
                "∞" => format!("pon `{low}` o un número mayor"),
                high => format!("pon un número mayor que `{low}`, hasta `{high}`"),
            };
        }
        ProblemKind::Twice { .. } => "quita uno de los dos",
        ProblemKind::NeedsKey { key } => return format!("indica también `{key}`"),
        ProblemKind::Syntax { .. } => "",
        ProblemKind::Container { .. } => "descárgalo o empaquétalo de nuevo",
        ProblemKind::NoSuchReader {
            nearest: Some(nearest),
            ..
        } => return format!("¿querías decir {nearest}? `careo formats` los enumera todos"),
        ProblemKind::NoSuchReader { nearest: None, .. } => "`careo formats` los enumera todos",
        ProblemKind::Unreadable { .. } => "comprueba la ruta y los permisos",
        ProblemKind::NotFound => {
            "comprueba la ruta; si falta una parte del sitio, vuelve a publicarlo"
        }
        ProblemKind::Http { .. } => "inténtalo más tarde, o suelta los archivos en esta página",
        ProblemKind::OtherOrigin => {
            "descarga el archivo y suéltalo aquí: esta página no pregunta a ningún otro sitio"
        }
        ProblemKind::NothingFound => {
            "da lo que escribieron DVC, DVCLive, CML o scikit-learn; docs/FORMATS.md enumera \
             todos los formatos"
        }
        ProblemKind::Bug { .. } => "comunícalo, con el archivo si lo puedes compartir",
    };
    help.to_owned()
}

fn en_thing(thing: Thing) -> &'static str {
    match thing {
        Thing::Number | Thing::Count => "a number",
        Thing::Text => "a string",
        Thing::Bool => "`true` or `false`",
        Thing::List => "a list",
        Thing::TwoTexts => "a list of two strings, for one and for many",
        Thing::Object => "an object",
        Thing::Matrix => "a list of lists of numbers",
        Thing::Value => "a JSON value",
        Thing::Key => "a key in double quotes",
    }
}

fn es_thing(thing: Thing) -> &'static str {
    match thing {
        Thing::Number | Thing::Count => "un número",
        Thing::Text => "un texto",
        Thing::Bool => "`true` o `false`",
        Thing::List => "una lista",
        Thing::TwoTexts => "una lista de dos textos, singular y plural",
        Thing::Object => "un objeto",
        Thing::Matrix => "una lista de listas de números",
        Thing::Value => "un valor JSON",
        Thing::Key => "una clave entre comillas dobles",
    }
}

fn en_found(found: &Found) -> String {
    match found {
        Found::Text(text) => format!("the string \"{text}\""),
        Found::Literal(text) => format!("`{text}`"),
        Found::Thing(thing) => en_thing(*thing).to_owned(),
        Found::Nothing => "nothing".to_owned(),
    }
}

fn es_found(found: &Found) -> String {
    match found {
        Found::Text(text) => format!("el texto «{text}»"),
        Found::Literal(text) => format!("`{text}`"),
        Found::Thing(thing) => es_thing(*thing).to_owned(),
        Found::Nothing => "nada".to_owned(),
    }
}

fn en_limit(what: Limit, limit: u64) -> String {
    let n = count(usize::try_from(limit).unwrap_or(usize::MAX), Lang::En);
    match what {
        Limit::Bytes => bytes(limit, Lang::En),
        Limit::UnpackedBytes => format!("{} unpacked", bytes(limit, Lang::En)),
        Limit::Entries => format!("{n} files"),
        Limit::Rows => format!("{n} rows"),
        Limit::Columns => format!("{n} columns"),
        Limit::Classes => format!("{n} classes"),
        Limit::Values => format!("{n} values"),
        Limit::KeyPaths => format!("{} of key paths", bytes(limit, Lang::En)),
        Limit::Label => format!("{} in one label", bytes(limit, Lang::En)),
    }
}

fn es_limit(what: Limit, limit: u64) -> String {
    let n = count(usize::try_from(limit).unwrap_or(usize::MAX), Lang::Es);
    match what {
        Limit::Bytes => bytes(limit, Lang::Es),
        Limit::UnpackedBytes => format!("{} sin comprimir", bytes(limit, Lang::Es)),
        Limit::Entries => format!("{n} archivos"),
        Limit::Rows => format!("{n} filas"),
        Limit::Columns => format!("{n} columnas"),
        Limit::Classes => format!("{n} clases"),
        Limit::Values => format!("{n} valores"),
        Limit::KeyPaths => format!("{} de rutas de claves", bytes(limit, Lang::Es)),
        Limit::Label => format!("{} en una etiqueta", bytes(limit, Lang::Es)),
    }
}

/// "1 row", "2 rows".
fn counted(n: usize, [one, many]: [&str; 2], lang: Lang) -> String {
    let noun = if n == 1 { one } else { many };
    format!("{} {noun}", count(n, lang))
}

fn en_matrix(error: &MatrixError) -> String {
    match error {
        MatrixError::NotSquare { rows, columns } => {
            let (rows, columns) = (
                counted(*rows, ["row", "rows"], Lang::En),
                counted(*columns, ["column", "columns"], Lang::En),
            );
            format!("{rows} but {columns}")
        }
        MatrixError::Ragged {
            row,
            found,
            expected,
        } => match found {
            1 => format!("row {row} has 1 value, not {expected}"),
            found => format!("row {row} has {found} values, not {expected}"),
        },
        MatrixError::Labels { labels, classes } => {
            let (labels, classes) = (
                counted(*labels, ["label", "labels"], Lang::En),
                counted(*classes, ["class", "classes"], Lang::En),
            );
            format!("{labels} for {classes}")
        }
        MatrixError::DuplicateLabel(label) => {
            format!(
                "the label \"{}\" stands for two classes",
                shown_label(label)
            )
        }
        MatrixError::Negative { row, column, value } => {
            let value = number::value(*value, 5, Lang::En);
            format!("the value in row {row}, column {column} is {value}")
        }
        MatrixError::NotFinite { row, column } => {
            format!("the value in row {row}, column {column} is not a finite number")
        }
        MatrixError::Empty => "it has no classes".to_owned(),
        MatrixError::TooManyClasses(n) => {
            format!("{} classes are more than careo takes", count(*n, Lang::En))
        }
    }
}

fn es_matrix(error: &MatrixError) -> String {
    match error {
        MatrixError::NotSquare { rows, columns } => {
            let (rows, columns) = (
                counted(*rows, ["fila", "filas"], Lang::Es),
                counted(*columns, ["columna", "columnas"], Lang::Es),
            );
            format!("{rows} pero {columns}")
        }
        MatrixError::Ragged {
            row,
            found,
            expected,
        } => match found {
            1 => format!("la fila {row} tiene 1 valor, no {expected}"),
            found => format!("la fila {row} tiene {found} valores, no {expected}"),
        },
        MatrixError::Labels { labels, classes } => {
            let (labels, classes) = (
                counted(*labels, ["etiqueta", "etiquetas"], Lang::Es),
                counted(*classes, ["clase", "clases"], Lang::Es),
            );
            format!("{labels} para {classes}")
        }
        MatrixError::DuplicateLabel(label) => {
            format!("la etiqueta «{}» es la de dos clases", shown_label(label))
        }
        MatrixError::Negative { row, column, value } => {
            let value = number::value(*value, 5, Lang::Es);
            format!("el valor de la fila {row}, columna {column} es {value}")
        }
        MatrixError::NotFinite { row, column } => {
            format!("el valor de la fila {row}, columna {column} no es un número finito")
        }
        MatrixError::Empty => "no tiene clases".to_owned(),
        MatrixError::TooManyClasses(n) => {
            format!(
                "{} clases son más de las que admite careo",
                count(*n, Lang::Es)
            )
        }
    }
}

/// A character that can be seen, else its number.
fn visible(char: char) -> String {
    match char.is_control() || char.is_whitespace() {
        true => format!("U+{:04X}", u32::from(char)),
        false => format!("`{char}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_an_artifact_have_the_decimal_sign_of_the_language() {
        let error = MatrixError::Negative {
            row: 1,
            column: 2,
            value: -0.5,
        };
        let [en, es] = Lang::ALL.map(|lang| ProblemKind::Matrix(error.clone()).say(lang));
        assert!(en.ends_with("row 1, column 2 is −0.5"), "{en}");
        assert!(es.ends_with("fila 1, columna 2 es −0,5"), "{es}");
        let error = MatrixError::DuplicateLabel("x".repeat(10_000));
        let twice = ProblemKind::Matrix(error).say(Lang::En);
        assert!(twice.contains("\"…x") && twice.len() < 200, "{twice}");
        let conflict = crate::model::NoticeKind::Conflict {
            column: "m.json:f1".to_owned(),
            revision: "main".to_owned(),
            shown: "0.5".to_owned(),
            other: "none".to_owned(),
            artifact: "n.json".to_owned(),
        };
        let es = conflict.say(Lang::Es);
        assert!(
            es.starts_with("m.json:f1 de main es 0,5; n.json dice none."),
            "{es}"
        );
    }

    #[test]
    fn a_range_says_which_of_its_ends_is_in_it() {
        let range = ProblemKind::OutOfRange {
            found: "0.5".to_owned(),
            low: "0.5".to_owned(),
            high: "0.999".to_owned(),
        };
        assert_eq!(
            en_help(&range),
            "give a number above `0.5`, `0.999` at most"
        );
        assert_eq!(
            es_help(&range),
            "pon un número mayor que `0.5`, hasta `0.999`"
        );
    }

    #[test]
    fn an_odd_character_within_a_file_is_no_programs_message() {
        let found = |line: u32, column: u32| Problem {
            kind: ProblemKind::UnexpectedCharacter('N'),
            place: Some(crate::model::Place::artifact("m.json").at(line, column)),
            reader: None,
        };
        let of = |problem: &Problem, lang| help(problem, lang).unwrap();
        assert!(of(&found(1, 1), Lang::En).contains("standard output"));
        assert!(of(&found(1, 8), Lang::En).contains("-Infinity only"));
        assert!(of(&found(3, 1), Lang::Es).contains("biblioteca de JSON"));
    }

    #[test]
    fn a_problem_says_place_then_what_then_help() {
        let problem = Problem {
            kind: ProblemKind::Expected {
                expected: Thing::Number,
                found: Found::Text("n/a".into()),
            },
            place: Some(
                Place::artifact("metrics/eval.json")
                    .at(14, 9)
                    .key("test.f1"),
            ),
            reader: Some("dvc-metrics".into()),
        };
        assert_eq!(
            lines(&problem, Lang::En),
            "metrics/eval.json:14:9: expected a number at `test.f1`, found the string \"n/a\"\n  \
             help: write `null` or leave the key out (reader dvc-metrics)"
        );
        assert_eq!(
            lines(&problem, Lang::Es),
            "metrics/eval.json:14:9: en `test.f1` se esperaba un número y hay el texto «n/a»\n  \
             ayuda: escribe `null` o quita la clave (lector dvc-metrics)"
        );
        let cell = Problem {
            kind: ProblemKind::Expected {
                expected: Thing::Count,
                found: Found::Text("one".into()),
            },
            place: Some(Place::artifact("cm.csv").at(2, 1).key("#3")),
            reader: Some("confusion-csv".into()),
        };
        assert_eq!(
            lines(&cell, Lang::En),
            "cm.csv:2:1: expected a number at `#3`, found the string \"one\"\n  help: cells hold \
             counts, sums of weights or shares; write 0 where there is none (reader confusion-csv)"
        );
        assert!(lines(&cell, Lang::Es).contains("recuentos, sumas de pesos o proporciones"));
        let nowhere = Problem {
            kind: ProblemKind::Syntax {
                message: "tab".into(),
            },
            place: None,
            reader: None,
        };
        assert_eq!(lines(&nowhere, Lang::En), "can't be parsed: tab");
    }

    #[test]
    fn invisible_characters_are_named() {
        assert_eq!(
            ProblemKind::UnexpectedCharacter('\u{b}').say(Lang::En),
            "unexpected U+000B"
        );
    }
}
