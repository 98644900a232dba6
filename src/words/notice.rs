//! What the reader of the page should know about artifacts and addresses.

use super::{
    Say,
    confusion::shown_label,
    number::{count, list, stated},
    problem::spot,
};
use crate::model::{Lang, Notice, NoticeKind};

/// A notice with its place, as the terminal shows it.
pub fn line(notice: &Notice, lang: Lang) -> String {
    let what = notice.kind.say(lang);
    match &notice.place {
        Some(place) => format!("{}: {what}", spot(place)),
        None => what,
    }
}

impl Say for NoticeKind {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => en(self),
            Lang::Es => es(self),
        }
    }
}

fn en(kind: &NoticeKind) -> String {
    let n = |value: usize| count(value, Lang::En);
    let many = |value: usize, one: &str, many: &str| match value {
        1 => format!("1 {one}"),
        value => format!("{} {many}", n(value)),
    };
    let text = match kind {
        NoticeKind::ReaderTook { reader } => return format!("Read by {reader}."),
        NoticeKind::Unclaimed => "No reader knows this format: it is listed here, nothing more.",
        NoticeKind::Ambiguous { readers } => {
            let first = readers.first().map(String::as_str).unwrap_or_default();
            return format!(
                "It could be {}: name one, for instance `--as {first}:PATH`.",
                list(readers, Lang::En).replace(" and ", " or ")
            );
        }
        NoticeKind::UseJson => {
            "This form of `dvc exp show` loses what `--json` keeps: use `dvc exp show --json`."
        }
        NoticeKind::QuotedNumbers { count: 1 } => {
            "1 number stands in quotes and counts as text; write it without them."
        }
        NoticeKind::QuotedNumbers { count } => {
            return format!(
                "{} numbers stand in quotes and count as text; write them without.",
                n(*count)
            );
        }
        NoticeKind::NonFinite { count: 1 } => "1 number is NaN or infinite.",
        NoticeKind::NonFinite { count } => {
            return format!("{} numbers are NaN or infinite.", n(*count));
        }
        NoticeKind::DuplicateKey { key } => {
            return format!("The key `{key}` stands twice; the last value counts.");
        }
        NoticeKind::TextBefore => "Text before the JSON document was passed over.",
        NoticeKind::TextAfter => "Text after the JSON document was passed over.",
        NoticeKind::InvalidUtf8 => "Bytes that are not UTF-8 were replaced by “�”.",
        NoticeKind::Converted { encoding } => return format!("Converted from {encoding}."),
        NoticeKind::Rounded { count } => {
            return format!(
                "{} too large to be exact and rounded.",
                many(*count, "whole number is", "whole numbers are")
            );
        }
        NoticeKind::Conflict {
            column,
            revision,
            shown,
            other,
            artifact,
        } => {
            let (shown, other) = (stated(shown, Lang::En), stated(other, Lang::En));
            return format!(
                "{column} of {revision} is {shown}; {artifact} says {other}. The first is shown."
            );
        }
        NoticeKind::Unassigned { revision } => {
            return format!("It names the revision “{revision}”, which the report doesn’t have.");
        }
        NoticeKind::RevisionFolders { current, baseline } => {
            let baseline = shown_label(baseline);
            return match current.as_deref().map(shown_label) {
                Some(current) => format!(
                    "Folders with the same files are read as revisions: “{current}” is compared \
                     with “{baseline}”."
                ),
                None => {
                    format!("The folder “{baseline}” is read as what the rest is compared with.")
                }
            };
        }
        NoticeKind::FileError { revision, message } => {
            return format!("A file could not be read in {revision}: {message}");
        }
        NoticeKind::RowsSkipped { count, first } => {
            return format!(
                "{} without both values left out, the first is row {}.",
                many(*count, "row was", "rows were"),
                n(*first)
            );
        }
        NoticeKind::RaggedRows { count, first } => {
            return format!(
                "{} another length than the header, the first is row {}.",
                many(*count, "row has", "rows have"),
                n(*first)
            );
        }
        NoticeKind::ColumnsNotFound {
            reader,
            expected,
            found,
        } => {
            return format!(
                "Its name says {reader}, but no column is called {expected}: the header has \
                 {found}. Rename its two columns to `actual` and `predicted`, or name them where \
                 careo is called: `--as '{reader}(actual=NAME,predicted=NAME):PATH'`."
            );
        }
        NoticeKind::NotClasses { distinct } => {
            return format!(
                "Its {} different values are measurements, not classes: there is nothing to \
                 confuse.",
                n(*distinct)
            );
        }
        NoticeKind::MarginsStripped => "Its row and column of totals were taken off.",
        NoticeKind::SharesNotCounts => "The matrix holds shares, not counts.",
        NoticeKind::Weighted => "The matrix holds fractions: its samples are weighted.",
        NoticeKind::NoLabels => "It doesn’t name its classes: they are numbered from 0.",
        NoticeKind::RemoteImage { host } => {
            return format!("A picture lies on {host}; it is not loaded.");
        }
        NoticeKind::MissingImage { path } => {
            return format!("The picture {path} is not among the files.");
        }
        NoticeKind::Stripped { count } => {
            return format!(
                "{} taken out.",
                many(
                    *count,
                    "private name of this machine was",
                    "private names of this machine were"
                )
            );
        }
        NoticeKind::UnknownSections { names } => {
            return format!(
                "A newer careo wrote parts that this one doesn’t show: {}.",
                list(names, Lang::En)
            );
        }
        NoticeKind::UnknownAddressKeys { keys } => {
            return format!(
                "The address has parts that this page doesn’t know: {}.",
                list(keys, Lang::En)
            );
        }
        NoticeKind::Gone {
            what,
            nearest: Some(nearest),
        } => return format!("“{what}” is not in this report. The nearest is {nearest}."),
        NoticeKind::Gone {
            what,
            nearest: None,
        } => return format!("“{what}” is not in this report."),
        NoticeKind::NoWorker => {
            "The browser starts no worker here, so the page itself does the reading; it may \
             respond slowly meanwhile."
        }
        NoticeKind::EntrySkipped { entry } => return format!("{entry} was passed over."),
        NoticeKind::Limited { shown, total } => {
            return format!("{} of {} are shown.", n(*shown), n(*total));
        }
        NoticeKind::PassedOver { what } => return format!("Passed over: {what}"),
    };
    text.to_owned()
}

fn es(kind: &NoticeKind) -> String {
    let n = |value: usize| count(value, Lang::Es);
    let many = |value: usize, one: &str, many: &str| match value {
        1 => one.to_owned(),
        value => many.replace("{}", &n(value)),
    };
    let text = match kind {
        NoticeKind::ReaderTook { reader } => return format!("Leído por {reader}."),
        NoticeKind::Unclaimed => "Ningún lector conoce este formato: solo aparece en la lista.",
        NoticeKind::Ambiguous { readers } => {
            let first = readers.first().map(String::as_str).unwrap_or_default();
            return format!(
                "Puede ser {}: elige uno, por ejemplo `--as {first}:RUTA`.",
                es_or(readers)
            );
        }
        NoticeKind::UseJson => {
            "Esta forma de `dvc exp show` pierde lo que `--json` conserva: usa `dvc exp show \
             --json`."
        }
        NoticeKind::QuotedNumbers { count } => {
            return many(
                *count,
                "1 número va entre comillas y cuenta como texto; escríbelo sin ellas.",
                "{} números van entre comillas y cuentan como texto; escríbelos sin ellas.",
            );
        }
        NoticeKind::NonFinite { count } => {
            return many(
                *count,
                "1 número es NaN o infinito.",
                "{} números son NaN o infinitos.",
            );
        }
        NoticeKind::DuplicateKey { key } => {
            return format!("La clave `{key}` está dos veces; cuenta el último valor.");
        }
        NoticeKind::TextBefore => "Se ha pasado por alto el texto anterior al documento JSON.",
        NoticeKind::TextAfter => "Se ha pasado por alto el texto posterior al documento JSON.",
        NoticeKind::InvalidUtf8 => "Los bytes que no son UTF-8 se han sustituido por «�».",
        NoticeKind::Converted { encoding } => return format!("Convertido desde {encoding}."),
        NoticeKind::Rounded { count } => {
            return many(
                *count,
                "1 entero es demasiado grande para ser exacto y se ha redondeado.",
                "{} enteros son demasiado grandes para ser exactos y se han redondeado.",
            );
        }
        NoticeKind::Conflict {
            column,
            revision,
            shown,
            other,
            artifact,
        } => {
            let (shown, other) = (stated(shown, Lang::Es), stated(other, Lang::Es));
            return format!(
                "{column} de {revision} es {shown}; {artifact} dice {other}. Se muestra el primero."
            );
        }
        NoticeKind::Unassigned { revision } => {
            return format!("Nombra la revisión «{revision}», que no está en el informe.");
        }
        NoticeKind::RevisionFolders { current, baseline } => {
            let baseline = shown_label(baseline);
            return match current.as_deref().map(shown_label) {
                Some(current) => format!(
                    "Las carpetas con los mismos archivos se leen como revisiones: «{current}» se \
                     compara con «{baseline}»."
                ),
                None => format!(
                    "La carpeta «{baseline}» se lee como aquello con lo que se compara el resto."
                ),
            };
        }
        NoticeKind::FileError { revision, message } => {
            return format!("No se pudo leer un archivo en {revision}: {message}");
        }
        NoticeKind::RowsSkipped { count, first } => {
            let rows = many(
                *count,
                "Se ha dejado fuera 1 fila sin ambos valores",
                "Se han dejado fuera {} filas sin ambos valores",
            );
            return format!("{rows}; la primera es la fila {}.", n(*first));
        }
        NoticeKind::RaggedRows { count, first } => {
            let rows = many(
                *count,
                "1 fila no tiene el largo de la cabecera",
                "{} filas no tienen el largo de la cabecera",
            );
            return format!("{rows}; la primera es la fila {}.", n(*first));
        }
        NoticeKind::ColumnsNotFound {
            reader,
            expected,
            found,
        } => {
            return format!(
                "Por su nombre es de {reader}, pero ninguna columna se llama {expected}: la \
                 cabecera tiene {found}. Cambia el nombre de sus dos columnas a `actual` y \
                 `predicted`, o indícalas al llamar a careo: `--as \
                 '{reader}(actual=NOMBRE,predicted=NOMBRE):RUTA'`."
            );
        }
        NoticeKind::NotClasses { distinct } => {
            return format!(
                "Sus {} valores distintos son medidas, no clases: no hay nada que confundir.",
                n(*distinct)
            );
        }
        NoticeKind::MarginsStripped => "Se han quitado su fila y su columna de totales.",
        NoticeKind::SharesNotCounts => "La matriz tiene proporciones, no recuentos.",
        NoticeKind::Weighted => "La matriz tiene fracciones: sus muestras están ponderadas.",
        NoticeKind::NoLabels => "No nombra sus clases: se numeran desde 0.",
        NoticeKind::RemoteImage { host } => {
            return format!("Hay una imagen en {host}; no se carga.");
        }
        NoticeKind::MissingImage { path } => {
            return format!("La imagen {path} no está entre los archivos.");
        }
        NoticeKind::Stripped { count } => {
            return many(
                *count,
                "Se ha quitado 1 nombre privado de esta máquina.",
                "Se han quitado {} nombres privados de esta máquina.",
            );
        }
        NoticeKind::UnknownSections { names } => {
            return format!(
                "Un careo más nuevo escribió partes que este no muestra: {}.",
                list(names, Lang::Es)
            );
        }
        NoticeKind::UnknownAddressKeys { keys } => {
            return format!(
                "La dirección tiene partes que esta página no conoce: {}.",
                list(keys, Lang::Es)
            );
        }
        NoticeKind::Gone {
            what,
            nearest: Some(nearest),
        } => return format!("«{what}» no está en este informe. Lo más cercano es {nearest}."),
        NoticeKind::Gone {
            what,
            nearest: None,
        } => return format!("«{what}» no está en este informe."),
        NoticeKind::NoWorker => {
            "El navegador no inicia aquí ningún proceso auxiliar, así que lee la propia página; \
             mientras tanto puede responder despacio."
        }
        NoticeKind::EntrySkipped { entry } => return format!("Se ha pasado por alto {entry}."),
        NoticeKind::Limited { shown, total } => {
            return format!("Se muestran {} de {}.", n(*shown), n(*total));
        }
        NoticeKind::PassedOver { what } => return format!("Se ha pasado por alto: {what}"),
    };
    text.to_owned()
}

/// "a, b o c"; `o` turns into `u` before an o sound, which no reader's id has.
fn es_or(items: &[String]) -> String {
    match items.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} o {last}", before.join(", ")),
        _ => items.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    #[test]
    fn counts_decide_the_form() {
        let cases = [
            (
                1,
                "1 number is NaN or infinite.",
                "1 número es NaN o infinito.",
            ),
            (
                12_000,
                "12,000 numbers are NaN or infinite.",
                "12\u{202f}000 números son NaN o infinitos.",
            ),
        ];
        for (count, en, es) in cases {
            let kind = NoticeKind::NonFinite { count };
            assert_eq!(
                (kind.say(Lang::En), kind.say(Lang::Es)),
                (en.into(), es.into())
            );
        }
    }

    #[test]
    fn an_ambiguous_file_is_told_what_to_say() {
        let notice = Notice {
            kind: NoticeKind::Ambiguous {
                readers: vec!["plain-metrics".into(), "plain-params".into()],
            },
            place: Some(Place::artifact("a.json")),
        };
        assert_eq!(
            line(&notice, Lang::En),
            "a.json: It could be plain-metrics or plain-params: name one, for instance \
             `--as plain-metrics:PATH`."
        );
    }
}
