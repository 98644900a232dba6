use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{IpAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use crate::route::decode;

/// The longest head of a request that is read.
const MAX_HEAD_BYTES: u64 = 16 * 1024;

/// What is served, and below which path.
#[derive(Clone, Debug)]
pub struct Served {
    files: Files,
    /// Starts and ends with a slash.
    under: String,
}

#[derive(Clone, Debug)]
enum Files {
    /// Those of a folder, as they are when they are asked for.
    Folder(PathBuf),
    /// Those that were made for this, by path: no disk has to be cleared up after them.
    Made(Arc<BTreeMap<String, Vec<u8>>>),
}

/// What a request gets.
#[derive(Debug, PartialEq)]
enum Answer {
    File(PathBuf),
    Made(String),
    Redirect(String),
    NotFound,
}

impl Served {
    /// A folder, below `/` or a path such as `/repo/pr/12/`.
    ///
    /// # Errors
    /// There is no such folder.
    pub fn folder(root: &Path, under: &str) -> io::Result<Self> {
        Ok(Self::new(Files::Folder(fs::canonicalize(root)?), under))
    }

    /// Files that are in no folder, by their paths.
    pub fn made(files: Vec<(String, Vec<u8>)>, under: &str) -> Self {
        Self::new(Files::Made(Arc::new(files.into_iter().collect())), under)
    }

    fn new(files: Files, under: &str) -> Self {
        let under = decode(under);
        let under = under.trim_matches('/');
        let under = if under.is_empty() {
            "/".to_owned()
        } else {
            format!("/{under}/")
        };
        Self { files, under }
    }

    /// The path that it is served below, as an address has it.
    pub fn under(&self) -> String {
        let mut path = String::new();
        for byte in self.under.bytes() {
            match byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
                true => path.push(char::from(byte)),
                false => path.push_str(&format!("%{byte:02X}")),
            }
        }
        path
    }

    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let decoded = decode(path);
        if format!("{decoded}/") == self.under {
            return Answer::Redirect(format!("{path}/"));
        }
        let Some(inside) = decoded.strip_prefix(&self.under) else {
            return Answer::NotFound;
        };
        let is_plain = |part: &str| part != ".." && !part.contains(['\\', '\0']);
        if !inside.split('/').all(is_plain) {
            return Answer::NotFound;
        }
        match &self.files {
            Files::Folder(root) => in_folder(root, path, inside),
            Files::Made(files) => {
                let name = if inside.is_empty() {
                    "index.html"
                } else {
                    inside
                };
                match files.contains_key(name) {
                    true => Answer::Made(name.to_owned()),
                    false => Answer::NotFound,
                }
            }
        }
    }
}

fn in_folder(root: &Path, path: &str, inside: &str) -> Answer {
    let mut file = root.join(inside.trim_start_matches('/'));
    if file.is_dir() {
        if !path.ends_with('/') {
            return Answer::Redirect(format!("{path}/"));
        }
        file.push("index.html");
    }
    // A link may lead out of the folder.
    match fs::canonicalize(&file) {
        Ok(file) if file.starts_with(root) && file.is_file() => Answer::File(file),
        _ => Answer::NotFound,
    }
}

/// Listens on the first free port from `port` on, 20 at most.
///
/// # Errors
/// None is free, or the address isn't of this machine.
pub fn listen(host: IpAddr, port: u16) -> io::Result<TcpListener> {
    let mut last = io::Error::other("no port");
    for port in port..=port.saturating_add(20) {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Answers requests until the process ends.
pub fn serve(listener: &TcpListener, served: &Served) {
    for stream in listener.incoming().flatten() {
        let served = served.clone();
        thread::spawn(move || {
            // One that breaks off harms nobody but itself.
            let _ = handle(&stream, &served);
        });
    }
}

fn handle(stream: &TcpStream, served: &Served) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(MAX_HEAD_BYTES)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    if !matches!(method, "GET" | "HEAD") {
        return send(
            stream,
            "405 Method Not Allowed",
            "Allow: GET, HEAD\r\n",
            b"",
            true,
        );
    }
    let has_body = method == "GET";
    let found = |name: &Path, bytes: &[u8]| {
        let head = format!("Content-Type: {}\r\n", media_type(name));
        send(stream, "200 OK", &head, bytes, has_body)
    };
    match served.answer(target) {
        Answer::File(file) => found(&file, &fs::read(&file)?),
        Answer::Made(name) => match &served.files {
            Files::Made(files) => {
                let bytes = files.get(&name).map(Vec::as_slice);
                found(Path::new(&name), bytes.unwrap_or_default())
            }
            Files::Folder(_) => Ok(()),
        },
        Answer::Redirect(to) => {
            let head = format!("Location: {to}\r\n");
            send(stream, "301 Moved Permanently", &head, b"", has_body)
        }
        Answer::NotFound => {
            let head = "Content-Type: text/plain; charset=utf-8\r\n";
            send(stream, "404 Not Found", head, b"not found\n", has_body)
        }
    }
}

fn send(
    mut stream: &TcpStream,
    status: &str,
    head: &str,
    body: &[u8],
    has_body: bool,
) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{head}Content-Length: {length}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if has_body {
        stream.write_all(body)?;
    }
    stream.flush()
}

/// The media type of a file, by its name.
pub fn media_type(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_served() {
        let above = tempfile::tempdir().unwrap();
        fs::write(above.path().join("secret"), "x").unwrap();
        let root = above.path().join("site");
        fs::create_dir_all(root.join("raw")).unwrap();
        fs::write(root.join("index.html"), "x").unwrap();
        fs::write(root.join("raw/a b.bin"), "x").unwrap();
        let folder = Served::folder(&root, "repo/pr/12").unwrap();
        let file = |name: &str| Answer::File(fs::canonicalize(&root).unwrap().join(name));
        let cases = [
            ("/repo/pr/12/", file("index.html")),
            ("/repo/pr/12/?data=x#y", file("index.html")),
            ("/repo/pr/12", Answer::Redirect("/repo/pr/12/".to_owned())),
            ("/repo/pr/12/raw/a%20b.bin", file("raw/a b.bin")),
            (
                "/repo/pr/12/raw",
                Answer::Redirect("/repo/pr/12/raw/".to_owned()),
            ),
            ("/repo/pr/12/raw/", Answer::NotFound),
            ("/repo/pr/12/../secret", Answer::NotFound),
            ("/repo/pr/12/%2e%2e/secret", Answer::NotFound),
            ("/repo/pr/12/%2e%2e%2fsecret", Answer::NotFound),
            ("/repo/pr/12//etc/passwd", Answer::NotFound),
            ("/repo/pr/12/%", Answer::NotFound),
            ("/", Answer::NotFound),
        ];
        for (target, expected) in cases {
            assert_eq!(folder.answer(target), expected, "{target}");
        }
    }

    #[test]
    fn a_path_that_addresses_write_otherwise_is_served() {
        let files = || vec![("index.html".to_owned(), vec![1])];
        for under in ["/á b/", "/%C3%A1%20b"] {
            let served = Served::made(files(), under);
            assert_eq!(served.under(), "/%C3%A1%20b/");
            let page = Answer::Made("index.html".to_owned());
            assert_eq!(served.answer("/%C3%A1%20b/"), page);
            let redirect = Answer::Redirect("/%c3%a1%20b/".to_owned());
            assert_eq!(served.answer("/%c3%a1%20b"), redirect);
        }
    }

    #[test]
    fn files_of_no_folder_are_served() {
        let files = vec![
            ("index.html".to_owned(), vec![1]),
            ("raw/a.bin".to_owned(), vec![2]),
        ];
        let served = Served::made(files, "pr/12");
        let cases = [
            ("/pr/12/?x#y", Answer::Made("index.html".to_owned())),
            ("/pr/12/raw/a.bin", Answer::Made("raw/a.bin".to_owned())),
            ("/pr/12", Answer::Redirect("/pr/12/".to_owned())),
            ("/pr/12/raw/", Answer::NotFound),
            ("/pr/12//etc/passwd", Answer::NotFound),
            ("/index.html", Answer::NotFound),
        ];
        for (target, expected) in cases {
            assert_eq!(served.answer(target), expected, "{target}");
        }
    }

    #[test]
    fn a_request_is_answered_and_the_next_port_taken() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("v.wasm"), "abc").unwrap();
        let folder = Served::folder(root.path(), "/").unwrap();
        let host = IpAddr::from([127, 0, 0, 1]);
        let taken = listen(host, 20_000).unwrap();
        let taken_port = taken.local_addr().unwrap().port();
        let listener = listen(host, taken_port).unwrap();
        let address = listener.local_addr().unwrap();
        assert_ne!(address.port(), taken_port);
        thread::spawn(move || serve(&listener, &folder));
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let answer = ask("GET /v.wasm HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/wasm\r\n"));
        assert!(answer.ends_with("\r\n\r\nabc"));
        assert!(ask("HEAD /v.wasm HTTP/1.1\r\n\r\n").ends_with("\r\n\r\n"));
        assert!(ask("POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
        assert!(ask("GET /x HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
    }
}
