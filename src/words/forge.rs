//! What is said of the comment on GitHub or GitLab: the lines that careo adds to it, what was done,
//! and why it could not be done.

use super::{Say, number::count};
use crate::model::Lang;

/// A server where pull requests are discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// GitHub, or GitHub Enterprise Server.
    GitHub,
    /// GitLab.
    GitLab,
}

impl Server {
    fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
        }
    }

    fn pull(self) -> &'static str {
        match self {
            Self::GitHub => "pull request",
            Self::GitLab => "merge request",
        }
    }
}

/// A message about the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forge {
    /// It is there now.
    Created {
        /// Its address.
        url: String,
    },
    /// It says something else now.
    Updated {
        /// Its address.
        url: String,
    },
    /// It said so before.
    Unchanged {
        /// Its address.
        url: String,
    },
    /// Heading of the verdicts of earlier pushes, so many.
    Earlier(usize),
    /// The link to an earlier report.
    Report,
}

impl Say for Forge {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Forge {
    fn en(&self) -> String {
        match self {
            Self::Created { url } => format!("commented: {url}"),
            Self::Updated { url } => format!("updated the comment: {url}"),
            Self::Unchanged { url } => format!("the comment says so already: {url}"),
            Self::Earlier(1) => "The earlier verdict".to_owned(),
            Self::Earlier(n) => format!("{} earlier verdicts", count(*n, Lang::En)),
            Self::Report => "report".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Created { url } => format!("comentario publicado: {url}"),
            Self::Updated { url } => format!("comentario actualizado: {url}"),
            Self::Unchanged { url } => format!("el comentario ya lo decía: {url}"),
            Self::Earlier(1) => "El veredicto anterior".to_owned(),
            Self::Earlier(n) => format!("{} veredictos anteriores", count(*n, Lang::Es)),
            Self::Report => "informe".to_owned(),
        }
    }
}

/// Why there is no comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody says which pull request.
    NoTarget,
    /// Only the bundle says which, and anybody may have made that.
    OnlyBundle {
        /// The address that it names.
        url: String,
    },
    /// The address is no pull request of a server that is known here.
    NoForge {
        /// The address.
        url: String,
    },
    /// The token is for another server.
    OtherServer {
        /// The pull request's.
        host: String,
        /// The token's.
        own: String,
        /// The variable that says so.
        variable: &'static str,
    },
    /// There is no token.
    NoToken {
        /// For which server.
        server: Server,
    },
    /// The token is a wrong or an old one.
    BadToken {
        /// Who says so.
        server: Server,
        /// Its words.
        message: String,
    },
    /// Only GitLab's job token is there, which may not comment.
    JobToken {
        /// The answer's status.
        status: u16,
    },
    /// The token lacks a permission.
    Forbidden {
        /// Who says so.
        server: Server,
        /// Its words.
        message: String,
        /// What it says is needed: `pull_requests=write`.
        needed: Option<String>,
    },
    /// There is no such pull request, or none for this token.
    Gone {
        /// Who says so.
        server: Server,
        /// Its words.
        message: String,
    },
    /// The repository has another address now.
    Moved {
        /// Who says so.
        server: Server,
    },
    /// Too many requests.
    RateLimit {
        /// Who says so.
        server: Server,
        /// When it may be tried again, where it says so.
        secs: Option<u64>,
    },
    /// Another refusal.
    Rejected {
        /// Who says so.
        server: Server,
        /// The answer's status.
        status: u16,
        /// Its words.
        message: String,
    },
    /// Nobody answered.
    NoAnswer {
        /// The server's address.
        url: String,
        /// The system's words.
        message: String,
    },
    /// The answer is none of this API.
    NotUnderstood,
    /// The comment has no room for its text.
    TooLong {
        /// Its length in characters.
        n_chars: usize,
    },
    /// There is no verdict to tell.
    NoVerdict,
    /// The event of `workflow_run` can't be read.
    NoEvent,
    /// The report names another pull request than the one of the run that it comes from.
    OtherPull {
        /// What it names.
        url: String,
        /// The run's commit.
        commit: String,
    },
    /// The run's commit is the head of no pull request any more.
    NoPull {
        /// The run's commit.
        commit: String,
    },
}

impl Trouble {
    /// Whether the call is wrong, rather than refused by somebody.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NoTarget | Self::OnlyBundle { .. } | Self::NoForge { .. } | Self::NoToken { .. }
        )
    }
}

impl Say for Trouble {
    /// What happened, and a second line with what to do.
    fn say(&self, lang: Lang) -> String {
        let (what, help) = match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        };
        let word = match lang {
            Lang::En => "help",
            Lang::Es => "ayuda",
        };
        match help.is_empty() {
            true => what,
            false => format!("{what}\n  {word}: {help}"),
        }
    }
}

/// The server's own words behind a colon; nothing where it had none.
fn said(message: &str) -> String {
    match message.is_empty() {
        true => String::new(),
        false => format!(": {message}"),
    }
}

/// A commit as people write it.
fn short(commit: &str) -> String {
    commit.chars().take(12).collect()
}

impl Trouble {
    fn en(&self) -> (String, String) {
        let (what, help): (String, &str) = match self {
            Self::NoTarget => (
                "no pull request to comment on".to_owned(),
                "CI says which one it is when it runs for a pull request; elsewhere give its address by --pr",
            ),
            Self::OnlyBundle { url } => (
                format!("only the bundle says that the pull request is {url}"),
                "a bundle may be anybody's work: give the address by --pr",
            ),
            Self::NoForge { url } => (
                format!("{url} is no pull request on GitHub and no merge request on GitLab"),
                "elsewhere, print the comment without --post and send it by other means",
            ),
            Self::OtherServer {
                host,
                own,
                variable,
            } => {
                let what = format!(
                    "the pull request is on {host}, but the token is for {own} ({variable})"
                );
                return (what, format!("the token goes nowhere else; set {variable}"));
            }
            Self::NoToken {
                server: Server::GitHub,
            } => (
                "no token for GitHub".to_owned(),
                "set GITHUB_TOKEN; in a workflow, in the step's env: GITHUB_TOKEN: ${{ github.token }}",
            ),
            Self::NoToken {
                server: Server::GitLab,
            } => (
                "no token for GitLab".to_owned(),
                "set GITLAB_TOKEN: a project access token with the scope api and the role Reporter, as a masked CI/CD variable",
            ),
            Self::BadToken { server, message } => (
                format!(
                    "{} does not accept the token{}",
                    server.name(),
                    said(message)
                ),
                "it may have ended, or be another server's; it is taken from GITHUB_TOKEN or GITLAB_TOKEN",
            ),
            Self::JobToken { status } => (
                format!(
                    "GitLab's job token (CI_JOB_TOKEN) may not write this comment (status {status})"
                ),
                "set GITLAB_TOKEN: a project access token with the scope api and the role Reporter, as a masked CI/CD variable",
            ),
            Self::Forbidden {
                server: Server::GitHub,
                message,
                needed,
            } => {
                let needed = needed.as_deref().unwrap_or("pull_requests=write");
                let what = format!(
                    "GitHub: the token lacks a permission ({needed}){}",
                    said(message)
                );
                let help = "add it to the permissions of the job in the workflow:\n    permissions:\n      pull-requests: write\n  Pull requests from forks never get it: see examples/workflows/fork-publish.yml";
                return (what, help.to_owned());
            }
            Self::Forbidden {
                server: Server::GitLab,
                message,
                ..
            } => (
                format!("GitLab: the token lacks a permission{}", said(message)),
                "GITLAB_TOKEN needs the scope api and at least the role Reporter in this project",
            ),
            Self::Gone { server, message } => (
                format!(
                    "{}: no such {}{}",
                    server.name(),
                    server.pull(),
                    said(message)
                ),
                "a token that may not see the repository gets this answer too",
            ),
            Self::Moved { server } => (
                format!("{}: the repository has another address now", server.name()),
                "give the new address by --pr",
            ),
            Self::RateLimit { server, secs } => {
                let what = format!("{}: too many requests", server.name());
                let help = match secs {
                    Some(secs) => format!(
                        "it asks to try again in {} s",
                        count(*secs as usize, Lang::En)
                    ),
                    None => "try again later".to_owned(),
                };
                return (what, help);
            }
            Self::Rejected {
                server,
                status,
                message,
            } => (
                format!(
                    "{} answered with status {status}{}",
                    server.name(),
                    said(message)
                ),
                "",
            ),
            Self::NoAnswer { url, message } => (
                format!("{url}: no answer: {message}"),
                "behind a proxy set HTTPS_PROXY; for an own certificate authority SSL_CERT_FILE",
            ),
            Self::NotUnderstood => (
                "the answer is none of this API".to_owned(),
                "is GITHUB_API_URL or CI_API_V4_URL right?",
            ),
            Self::TooLong { n_chars } => (
                format!(
                    "the comment has {} characters, too many",
                    count(*n_chars, Lang::En)
                ),
                "leave columns out by --drop or --only-changed",
            ),
            Self::NoVerdict => ("there is no verdict to tell".to_owned(), ""),
            Self::NoEvent => (
                "the event of this workflow run can't be read (GITHUB_EVENT_PATH)".to_owned(),
                "without it nobody knows which pull request it was for",
            ),
            Self::OtherPull { url, commit } => {
                let commit = short(commit);
                return (
                    format!("the report names {url}, but commit {commit} of its run isn't the head of that pull request"),
                    "either there was a newer push, whose run will tell, or the report names a pull request of others".to_owned(),
                );
            }
            Self::NoPull { commit } => (
                format!("commit {} is the head of no pull request", short(commit)),
                "there may have been a newer push, whose run will tell",
            ),
        };
        (what, help.to_owned())
    }

    fn es(&self) -> (String, String) {
        let (what, help): (String, &str) = match self {
            Self::NoTarget => (
                "no hay ninguna pull request que comentar".to_owned(),
                "la CI dice cuál es cuando se ejecuta para una; en otro caso, indica su dirección con --pr",
            ),
            Self::OnlyBundle { url } => (
                format!("solo el paquete dice que la pull request es {url}"),
                "un paquete lo puede hacer cualquiera: indica la dirección con --pr",
            ),
            Self::NoForge { url } => (
                format!("{url} no es una pull request de GitHub ni una merge request de GitLab"),
                "en otros servidores, imprime el comentario sin --post y envíalo por otro medio",
            ),
            Self::OtherServer {
                host,
                own,
                variable,
            } => {
                let what = format!(
                    "la pull request está en {host}, pero el token es de {own} ({variable})"
                );
                return (
                    what,
                    format!("el token no se envía a ningún otro sitio; define {variable}"),
                );
            }
            Self::NoToken {
                server: Server::GitHub,
            } => (
                "falta el token de GitHub".to_owned(),
                "define GITHUB_TOKEN; en un flujo de trabajo, en el env del paso: GITHUB_TOKEN: ${{ github.token }}",
            ),
            Self::NoToken {
                server: Server::GitLab,
            } => (
                "falta el token de GitLab".to_owned(),
                "define GITLAB_TOKEN: un token de acceso del proyecto con el ámbito api y el rol Reporter, como variable de CI/CD enmascarada",
            ),
            Self::BadToken { server, message } => (
                format!("{} no acepta el token{}", server.name(), said(message)),
                "puede haber caducado o ser de otro servidor; se toma de GITHUB_TOKEN o GITLAB_TOKEN",
            ),
            Self::JobToken { status } => (
                format!(
                    "el token del trabajo de GitLab (CI_JOB_TOKEN) no puede escribir este comentario (estado {status})"
                ),
                "define GITLAB_TOKEN: un token de acceso del proyecto con el ámbito api y el rol Reporter, como variable de CI/CD enmascarada",
            ),
            Self::Forbidden {
                server: Server::GitHub,
                message,
                needed,
            } => {
                let needed = needed.as_deref().unwrap_or("pull_requests=write");
                let what = format!(
                    "GitHub: al token le falta un permiso ({needed}){}",
                    said(message)
                );
                let help = "añádelo a los permisos del trabajo en el flujo de trabajo:\n    permissions:\n      pull-requests: write\n  Las pull requests de forks nunca lo tienen: mira examples/workflows/fork-publish.yml";
                return (what, help.to_owned());
            }
            Self::Forbidden {
                server: Server::GitLab,
                message,
                ..
            } => (
                format!("GitLab: al token le falta un permiso{}", said(message)),
                "GITLAB_TOKEN necesita el ámbito api y al menos el rol Reporter en este proyecto",
            ),
            Self::Gone { server, message } => (
                format!(
                    "{}: no existe esa {}{}",
                    server.name(),
                    server.pull(),
                    said(message)
                ),
                "un token que no puede ver el repositorio recibe también esta respuesta",
            ),
            Self::Moved { server } => (
                format!(
                    "{}: el repositorio tiene ahora otra dirección",
                    server.name()
                ),
                "indica la nueva dirección con --pr",
            ),
            Self::RateLimit { server, secs } => {
                let what = format!("{}: demasiadas peticiones", server.name());
                let help = match secs {
                    Some(secs) => format!(
                        "pide volver a intentarlo dentro de {} s",
                        count(*secs as usize, Lang::Es)
                    ),
                    None => "vuelve a intentarlo más tarde".to_owned(),
                };
                return (what, help);
            }
            Self::Rejected {
                server,
                status,
                message,
            } => (
                format!(
                    "{} respondió con el estado {status}{}",
                    server.name(),
                    said(message)
                ),
                "",
            ),
            Self::NoAnswer { url, message } => (
                format!("{url}: no responde: {message}"),
                "detrás de un proxy define HTTPS_PROXY; con una autoridad de certificación propia, SSL_CERT_FILE",
            ),
            Self::NotUnderstood => (
                "la respuesta no es de esta API".to_owned(),
                "¿es correcta GITHUB_API_URL o CI_API_V4_URL?",
            ),
            Self::TooLong { n_chars } => (
                format!(
                    "el comentario tiene {} caracteres, demasiados",
                    count(*n_chars, Lang::Es)
                ),
                "quita columnas con --drop o --only-changed",
            ),
            Self::NoVerdict => ("no hay ningún veredicto que comunicar".to_owned(), ""),
            Self::NoEvent => (
                "no se puede leer el evento de esta ejecución (GITHUB_EVENT_PATH)".to_owned(),
                "sin él no se sabe de qué pull request era",
            ),
            Self::OtherPull { url, commit } => {
                let commit = short(commit);
                return (
                    format!("el informe nombra {url}, pero el commit {commit} de su ejecución no es el último de esa pull request"),
                    "o hubo un push más reciente, del que informará su ejecución, o el informe nombra la pull request de otros".to_owned(),
                );
            }
            Self::NoPull { commit } => (
                format!(
                    "el commit {} no es el último de ninguna pull request",
                    short(commit)
                ),
                "puede haber habido un push más reciente, del que informará su ejecución",
            ),
        };
        (what, help.to_owned())
    }
}
