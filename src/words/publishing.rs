//! What the command line says of a site with history. Help stays English, as other tools' does.

use super::{Say, forge::Trouble, number};
use crate::model::Lang;

/// A message of `publish` and `prune`.
#[derive(Clone, Debug, PartialEq)]
pub enum Publishing {
    /// A report is there now.
    Published {
        /// Its address, or its folder where the site has no known address.
        at: String,
        /// How many tries it took.
        n_tries: u32,
    },
    /// Nobody knows at which address the report can be seen.
    NoSiteUrl {
        /// The site's folder, where it is in one.
        dir: Option<String>,
        /// The report's folder in the site.
        path: String,
    },
    /// The very report was there already.
    AlreadyThere {
        /// Its address or folder.
        at: String,
    },
    /// The index was built from the folders.
    Reindexed {
        /// How many reports.
        n_reports: u64,
    },
    /// Reports went, or would go.
    Pruned {
        /// How many.
        n_reports: usize,
        /// Size of their files.
        n_bytes: u64,
        /// Whether nothing was done.
        is_dry: bool,
    },
    /// A report that goes, and why.
    Goes {
        /// Its folder.
        path: String,
        /// Size of its files.
        n_bytes: u64,
        /// The rule.
        why: Why,
    },
    /// Nothing goes.
    NothingGoes,
    /// More is left than was asked for: the newest reports stay.
    StillLarge {
        /// What is left.
        n_bytes: u64,
        /// What was asked for.
        limit: u64,
    },
    /// The site comes near the size that Pages serves.
    NearLimit {
        /// Its size.
        n_bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A file of ours is not as careo wrote it.
    Damaged {
        /// Its path in the site.
        path: String,
    },
    /// The index is another careo's.
    Newer {
        /// Its path in the site.
        path: String,
        /// Its schema.
        schema: u32,
    },
    /// Something in the way is not careo's.
    NotOurs {
        /// Its path.
        path: String,
    },
    /// A file is too large.
    TooLarge {
        /// Its path in the report.
        path: String,
        /// Its size.
        n_bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// Nothing to compare with is there by this key, but by others.
    OtherKeys {
        /// The branch that would be compared with.
        branch: String,
        /// The key of the report; empty without one.
        key: String,
        /// Those of the branch's reports.
        keys: Vec<String>,
    },
    /// `--for` has another form.
    BadPlace {
        /// What it is.
        found: String,
    },
    /// Nobody says what the report is about.
    NoPlace,
    /// `--branch` is no name for a branch.
    BadBranch {
        /// What it is.
        name: String,
    },
    /// `--to` is no address of a bucket.
    BadBucket {
        /// What it is.
        found: String,
    },
    /// This careo was built without what buckets need.
    NoBuckets,
    /// The checkout has no such remote.
    NoRemote {
        /// Its name.
        name: String,
    },
    /// `--older-than` has another form.
    BadAge {
        /// What it is.
        found: String,
    },
    /// `--max-size` has another form.
    BadSize {
        /// What it is.
        found: String,
    },
    /// `prune --open` or `--closed` with what is no number.
    NoNumber {
        /// The option.
        option: &'static str,
        /// What stands there.
        text: String,
    },
    /// `prune` without a rule.
    NoRule,
    /// `prune` where no site is.
    NoSite {
        /// The folder, branch or bucket.
        path: String,
    },
    /// `prune` of a branch that is not there.
    NoBranchYet {
        /// The branch.
        branch: String,
        /// The remote.
        remote: String,
    },
    /// An artifact says that it belongs elsewhere.
    Elsewhere {
        /// The artifact.
        path: String,
        /// What it names: a pull request, a commit.
        named: String,
        /// What is published.
        expected: String,
    },
    /// What GitHub says of the run that made the report, or doesn't.
    Forge(Box<Trouble>),
    /// In CI, only an artifact says which pull request it is about.
    NotVouched {
        /// What it names.
        named: String,
    },
    /// The remote does not answer, or refuses us.
    Remote {
        /// What git or the server says.
        message: String,
    },
    /// Every push was rejected.
    Rejected {
        /// How many.
        n_tries: u32,
        /// What the remote says.
        reason: String,
    },
    /// The folder can't be read.
    NotRead {
        /// Its path.
        path: String,
        /// The system's message.
        message: String,
    },
    /// The folder can't be written; nothing of it was changed.
    NotWritten {
        /// Its path.
        path: String,
        /// The system's message.
        message: String,
    },
    /// The folder can't be replaced as a whole.
    NotReplaceable {
        /// Its path.
        path: String,
        /// The system's message.
        message: String,
    },
    /// Something else failed.
    Failed {
        /// A program or a file.
        what: String,
        /// Its message.
        message: String,
    },
    /// Another try is on its way.
    TryingAgain {
        /// How many there were.
        n_tries: u32,
        /// Why the last one was in vain.
        reason: String,
    },
    /// `--wait` without a known address.
    NoAddress,
    /// The address doesn't answer yet.
    Waiting {
        /// The address.
        url: String,
        /// For how long so far.
        secs: u64,
    },
    /// The address answers.
    Answers {
        /// The address.
        url: String,
        /// After how long.
        secs: u64,
    },
    /// The address doesn't answer.
    NoAnswer {
        /// The address.
        url: String,
        /// For how long.
        secs: u64,
        /// The last answer.
        last: String,
    },
    /// Title of a commit with a report.
    CommitReport {
        /// Its folder.
        path: String,
    },
    /// Title of a commit that takes reports away.
    CommitPrune {
        /// How many.
        n_reports: usize,
    },
    /// Title of a commit with an index that was built anew.
    CommitReindex,
}

/// Why a report goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The pull request is closed.
    Closed,
    /// It is older than asked for.
    Old,
    /// There are more of its place than asked for.
    Many,
    /// The site is larger than asked for.
    Large,
}

impl Why {
    /// As in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Old => "old",
            Self::Many => "many",
            Self::Large => "large",
        }
    }
}

impl Publishing {
    /// Whether the command line is what is wrong.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::BadPlace { .. }
                | Self::NoPlace
                | Self::BadBranch { .. }
                | Self::NoRemote { .. }
                | Self::BadBucket { .. }
                | Self::NoBuckets
                | Self::BadAge { .. }
                | Self::BadSize { .. }
                | Self::NoRule
                | Self::NoSite { .. }
                | Self::NoNumber { .. }
                | Self::NoAddress
        )
    }
}

impl Say for Publishing {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Publishing {
    fn en(&self) -> String {
        let size = |n_bytes: &u64| number::bytes(*n_bytes, Lang::En);
        match self {
            Self::Published { at, n_tries: 1 } => format!("published {at}"),
            Self::Published { at, n_tries } => format!("published {at} (tries: {n_tries})"),
            Self::NoSiteUrl {
                dir: Some(dir),
                path,
            } => format!(
                "the address of the site is not known\n  help: look at it with `careo serve \
                 {dir}`, this report at /{path}/; --site-url says where it will be served"
            ),
            Self::NoSiteUrl { dir: None, .. } => "the address of the site is not known\n  help: \
                                                  --site-url says where it is served"
                .to_owned(),
            Self::AlreadyThere { at } => format!("{at} has this very report already"),
            Self::Reindexed { n_reports: 1 } => "built the index anew from 1 report".to_owned(),
            Self::Reindexed { n_reports } => {
                format!(
                    "built the index anew from {} reports",
                    number::integer(*n_reports as f64, Lang::En)
                )
            }
            Self::Pruned {
                n_reports,
                n_bytes,
                is_dry,
            } => {
                let what = match n_reports {
                    1 => "1 report".to_owned(),
                    n => format!("{} reports", number::count(*n, Lang::En)),
                };
                let size = size(n_bytes);
                match is_dry {
                    true => format!("{what} would go ({size}); nothing was changed"),
                    false => format!("took away {what} ({size})"),
                }
            }
            Self::Goes { path, n_bytes, why } => {
                let why = match why {
                    Why::Closed => "the pull request is closed",
                    Why::Old => "older than --older-than",
                    Why::Many => "more than --keep",
                    Why::Large => "over --max-size",
                };
                format!("{path} ({}): {why}", size(n_bytes))
            }
            Self::NothingGoes => "nothing has to go".to_owned(),
            Self::StillLarge { n_bytes, limit } => format!(
                "{} are left, more than {}\n  help: the newest report of each branch and open pull \
                 request stays, and so do tags; close pull requests with --closed or --open",
                size(n_bytes),
                size(limit)
            ),
            Self::NearLimit { n_bytes, limit } => format!(
                "the site has {} of the {} that GitHub Pages serves\n  help: `careo prune` takes \
                 old reports away; --dry-run says which",
                size(n_bytes),
                size(limit)
            ),
            Self::Damaged { path } => format!(
                "{path}: not as careo wrote it; the index was built anew from the reports' folders"
            ),
            Self::Newer { path, schema } => format!(
                "{path}: made by a newer careo (schema {schema})\n  help: publish with a newer \
                 careo"
            ),
            Self::NotOurs { path } => format!(
                "{path}: not careo's, and in the way; nothing was changed\n  help: choose another \
                 branch or folder, or move it away"
            ),
            Self::TooLarge {
                path,
                n_bytes,
                limit,
            } => format!(
                "{path}: {}, more than the {} that hosts take in one file\n  help: leave out of the \
                 inputs what nobody reads",
                size(n_bytes),
                size(limit)
            ),
            Self::OtherKeys { branch, key, keys } => {
                let named = |key: &String| match key.is_empty() {
                    true => "no key".to_owned(),
                    false => format!("--key {key}"),
                };
                let keys: Vec<String> = keys.iter().map(named).collect();
                format!(
                    "{branch}: nothing to compare with: its reports were published with {}, this one \
                     with {}\n  help: only reports of the same key are compared: publish both with it",
                    number::list(&keys, Lang::En),
                    named(key)
                )
            }
            Self::BadPlace { found } => {
                format!("--for: expected pr/NUMBER, branch/NAME or tag/NAME, found {found}")
            }
            Self::NoPlace => "nobody says what this report is about\n  help: --pr URL, or --for \
                              pr/12, --for branch/main"
                .to_owned(),
            Self::BadBranch { name } => format!("--branch: {name} is no name for a branch"),
            Self::BadBucket { found } => {
                format!("--to: expected s3://bucket/prefix, found {found}")
            }
            Self::NoBuckets => "--to: this careo was built without buckets\n  help: cargo install \
                                careo --features s3"
                .to_owned(),
            Self::NoRemote { name } => format!(
                "--remote: this checkout has no remote {name}\n  help: name another one, or give \
                 its address"
            ),
            Self::BadAge { found } => {
                format!(
                    "--older-than: expected a number with its unit, found \"{found}\"\n  help: d \
                     for days, w for weeks, y for years: 90d, 12w, 1y"
                )
            }
            Self::BadSize { found } => {
                format!(
                    "--max-size: expected a number with its unit, found \"{found}\"\n  help: B, \
                     kB, MB or GB: 800MB, 1.5GB"
                )
            }
            Self::NoNumber { option, text } => {
                format!(
                    "{option}: \"{text}\" is no number of a pull request\n  help: {option} 12, or \
                     {option} 12,15; where nothing is open, name a closed one by --closed"
                )
            }
            Self::NoSite { path } => format!(
                "{path}: no site of careo: neither an index nor a report is there\n  help: name \
                 what `careo publish` wrote to; `careo publish --reindex` builds a lost index anew"
            ),
            Self::NoBranchYet { branch, remote } => {
                format!(
                    "{branch}: there is no such branch on {remote}\n  help: check the name; before \
                     the first report is published, there is nothing to prune"
                )
            }
            Self::NoRule => "prune: nothing says what may go\n  help: --closed, --open, \
                             --older-than, --keep, --max-size"
                .to_owned(),
            Self::Elsewhere {
                path,
                named,
                expected,
            } => format!(
                "{path}: it says that it belongs to {named}, but {expected} is being published; \
                 refused"
            ),
            Self::Forge(trouble) => trouble.say(Lang::En),
            Self::NotVouched { named } => format!(
                "only an artifact says that this belongs to {named}, and a fork can write what it \
                 likes; refused\n  help: --pr URL, with the pull request that CI itself names"
            ),
            Self::Remote { message } => {
                format!(
                    "the remote does not answer, or refuses:\n{}",
                    indented(message)
                )
            }
            Self::Rejected { n_tries, reason } => format!(
                "the remote rejected every push ({n_tries} tries); nothing was published\n{}\n  \
                 help: may this token push to the branch, and is the branch protected?",
                indented(reason)
            ),
            Self::NotRead { path, message } => format!("{path}: cannot be read: {message}"),
            Self::NotWritten { path, message } => {
                format!("{path}: cannot be written: {message}; the site is as it was")
            }
            Self::NotReplaceable { path, message } => format!(
                "{path}: cannot be replaced in one step: {message}; the site is as it was\n  help: \
                 a mount point can't be; publish to a folder in it"
            ),
            Self::Failed { what, message } => format!("{what}: {message}"),
            Self::TryingAgain { n_tries, reason } => {
                format!(
                    "try {n_tries} was in vain, trying again: {}",
                    first_line(reason)
                )
            }
            Self::NoAddress => "--wait: nobody knows the address of the site\n  help: --site-url \
                                URL"
            .to_owned(),
            Self::Waiting { url, secs } => format!("waiting for {url} ({secs} s)"),
            Self::Answers { url, secs } => format!("{url} answers after {secs} s"),
            Self::NoAnswer { url, secs, last } => format!(
                "{url}: no such page after {secs} s ({last}); the report is published all the \
                 same\n  help: are Pages set up to serve this branch, from its root? --site-url \
                 says where else to look"
            ),
            Self::CommitReport { path } => format!("Report {path}"),
            Self::CommitPrune { n_reports: 1 } => "Take away 1 report".to_owned(),
            Self::CommitPrune { n_reports } => format!("Take away {n_reports} reports"),
            Self::CommitReindex => "Build the index of reports anew".to_owned(),
        }
    }

    fn es(&self) -> String {
        let size = |n_bytes: &u64| number::bytes(*n_bytes, Lang::Es);
        match self {
            Self::Published { at, n_tries: 1 } => format!("publicado {at}"),
            Self::Published { at, n_tries } => format!("publicado {at} (intentos: {n_tries})"),
            Self::NoSiteUrl {
                dir: Some(dir),
                path,
            } => format!(
                "no se conoce la dirección del sitio\n  ayuda: míralo con `careo serve {dir}`, \
                 este informe en /{path}/; --site-url indica dónde se servirá"
            ),
            Self::NoSiteUrl { dir: None, .. } => "no se conoce la dirección del sitio\n  ayuda: \
                                                  --site-url indica dónde se sirve"
                .to_owned(),
            Self::AlreadyThere { at } => format!("{at} ya tiene este mismo informe"),
            Self::Reindexed { n_reports: 1 } => {
                "índice reconstruido a partir de 1 informe".to_owned()
            }
            Self::Reindexed { n_reports } => {
                let n = number::integer(*n_reports as f64, Lang::Es);
                format!("índice reconstruido a partir de {n} informes")
            }
            Self::Pruned {
                n_reports,
                n_bytes,
                is_dry,
            } => {
                let size = size(n_bytes);
                match (n_reports, is_dry) {
                    (1, true) => format!("se quitaría 1 informe ({size}); no se ha cambiado nada"),
                    (n, true) => {
                        format!(
                            "se quitarían {} informes ({size}); no se ha cambiado nada",
                            number::count(*n, Lang::Es)
                        )
                    }
                    (1, false) => format!("se ha quitado 1 informe ({size})"),
                    (n, false) => format!(
                        "se han quitado {} informes ({size})",
                        number::count(*n, Lang::Es)
                    ),
                }
            }
            Self::Goes { path, n_bytes, why } => {
                let why = match why {
                    Why::Closed => "la pull request está cerrada",
                    Why::Old => "más antiguo que --older-than",
                    Why::Many => "más de los que pide --keep",
                    Why::Large => "por encima de --max-size",
                };
                format!("{path} ({}): {why}", size(n_bytes))
            }
            Self::NothingGoes => "no hay nada que quitar".to_owned(),
            Self::StillLarge { n_bytes, limit } => format!(
                "quedan {}, más de {}\n  ayuda: el informe más reciente de cada rama y de cada pull \
                 request abierta se conserva, y también las etiquetas; cierra pull requests con \
                 --closed u --open",
                size(n_bytes),
                size(limit)
            ),
            Self::NearLimit { n_bytes, limit } => format!(
                "el sitio ocupa {} de los {} que sirve GitHub Pages\n  ayuda: `careo prune` quita \
                 los informes antiguos; --dry-run dice cuáles",
                size(n_bytes),
                size(limit)
            ),
            Self::Damaged { path } => format!(
                "{path}: no está como lo escribió careo; el índice se ha reconstruido a partir de \
                 las carpetas de los informes"
            ),
            Self::Newer { path, schema } => format!(
                "{path}: hecho con un careo más nuevo (esquema {schema})\n  ayuda: publica con un \
                 careo más nuevo"
            ),
            Self::NotOurs { path } => format!(
                "{path}: no es de careo y estorba; no se ha cambiado nada\n  ayuda: elige otra rama \
                 u otra carpeta, o quítalo de ahí"
            ),
            Self::TooLarge {
                path,
                n_bytes,
                limit,
            } => format!(
                "{path}: {}, más de los {} que admiten los servidores en un archivo\n  ayuda: deja \
                 fuera de las entradas lo que nadie lee",
                size(n_bytes),
                size(limit)
            ),
            Self::OtherKeys { branch, key, keys } => {
                let named = |key: &String| match key.is_empty() {
                    true => "sin clave".to_owned(),
                    false => format!("con --key {key}"),
                };
                let keys: Vec<String> = keys.iter().map(named).collect();
                format!(
                    "{branch}: no hay con qué comparar: sus informes se publicaron {}, y este {}\n  \
                     ayuda: solo se comparan informes de la misma clave: publica ambos con ella",
                    number::list(&keys, Lang::Es),
                    named(key)
                )
            }
            Self::BadPlace { found } => {
                format!("--for: se esperaba pr/NÚMERO, branch/NOMBRE o tag/NOMBRE, y hay {found}")
            }
            Self::NoPlace => "nadie dice de qué trata este informe\n  ayuda: --pr URL, o --for \
                              pr/12, --for branch/main"
                .to_owned(),
            Self::BadBranch { name } => {
                format!("--branch: {name} no sirve como nombre de una rama")
            }
            Self::BadBucket { found } => {
                format!("--to: se esperaba s3://bucket/prefijo, y hay {found}")
            }
            Self::NoBuckets => {
                "--to: este careo se compiló sin soporte de buckets\n  ayuda: cargo \
                                install careo --features s3"
                    .to_owned()
            }
            Self::NoRemote { name } => format!(
                "--remote: este repositorio no tiene ningún remoto {name}\n  ayuda: nombra otro, o \
                 da su dirección"
            ),
            Self::BadAge { found } => {
                format!(
                    "--older-than: se esperaba un número con su unidad, y hay «{found}»\n  ayuda: \
                     d son días, w semanas, y años: 90d, 12w, 1y"
                )
            }
            Self::BadSize { found } => {
                format!(
                    "--max-size: se esperaba un número con su unidad, y hay «{found}»\n  ayuda: \
                     B, kB, MB o GB: 800MB, 1.5GB"
                )
            }
            Self::NoNumber { option, text } => {
                format!(
                    "{option}: «{text}» no es el número de una pull request\n  ayuda: {option} 12, o \
                     {option} 12,15; si no hay ninguna abierta, indica una cerrada con --closed"
                )
            }
            Self::NoSite { path } => format!(
                "{path}: no es un sitio de careo: no hay ni índice ni informes\n  ayuda: indica \
                 dónde escribió `careo publish`; `careo publish --reindex` reconstruye un índice \
                 perdido"
            ),
            Self::NoBranchYet { branch, remote } => {
                format!(
                    "{branch}: no existe esa rama en {remote}\n  ayuda: comprueba el nombre; antes \
                     de publicar el primer informe no hay nada que quitar"
                )
            }
            Self::NoRule => "prune: nada dice qué se puede quitar\n  ayuda: --closed, --open, \
                             --older-than, --keep, --max-size"
                .to_owned(),
            Self::Elsewhere {
                path,
                named,
                expected,
            } => format!(
                "{path}: dice que pertenece a {named}, pero se está publicando {expected}; \
                 rechazado"
            ),
            Self::Forge(trouble) => trouble.say(Lang::Es),
            Self::NotVouched { named } => format!(
                "solo un artefacto dice que esto pertenece a {named}, y un fork puede escribir lo \
                 que quiera; rechazado\n  ayuda: --pr URL, con la pull request que nombra la propia \
                 CI"
            ),
            Self::Remote { message } => {
                format!("el remoto no responde, o se niega:\n{}", indented(message))
            }
            Self::Rejected { n_tries, reason } => format!(
                "el remoto ha rechazado todos los envíos ({n_tries} intentos); no se ha publicado \
                 nada\n{}\n  ayuda: ¿puede este token escribir en la rama, y está protegida?",
                indented(reason)
            ),
            Self::NotRead { path, message } => format!("{path}: no se puede leer: {message}"),
            Self::NotWritten { path, message } => {
                format!("{path}: no se puede escribir: {message}; el sitio sigue como estaba")
            }
            Self::NotReplaceable { path, message } => format!(
                "{path}: no se puede sustituir de una vez: {message}; el sitio sigue como \
                 estaba\n  ayuda: un punto de montaje no se puede; publica en una carpeta dentro \
                 de él"
            ),
            Self::Failed { what, message } => format!("{what}: {message}"),
            Self::TryingAgain { n_tries, reason } => format!(
                "el intento {n_tries} no ha servido, otra vez: {}",
                first_line(reason)
            ),
            Self::NoAddress => "--wait: nadie conoce la dirección del sitio\n  ayuda: --site-url \
                                URL"
            .to_owned(),
            Self::Waiting { url, secs } => format!("esperando a {url} ({secs} s)"),
            Self::Answers { url, secs } => format!("{url} responde a los {secs} s"),
            Self::NoAnswer { url, secs, last } => format!(
                "{url}: no hay tal página después de {secs} s ({last}); el informe está publicado \
                 de todos modos\n  ayuda: ¿sirve Pages esta rama, desde su raíz? Con --site-url se \
                 dice dónde más mirar"
            ),
            Self::CommitReport { path } => format!("Informe {path}"),
            Self::CommitPrune { n_reports: 1 } => "Quita 1 informe".to_owned(),
            Self::CommitPrune { n_reports } => format!("Quita {n_reports} informes"),
            Self::CommitReindex => "Reconstruye el índice de informes".to_owned(),
        }
    }
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
