//! moto's S3 server, and a way to it that can be disturbed.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
};

/// The bucket.
pub const BUCKET: &str = "models";

/// Whoever signs may read: moto doesn't check by what.
const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request, \
    SignedHeaders=host, Signature=0";

/// A running server with an empty bucket.
pub struct Server {
    child: Child,
    /// `127.0.0.1:port`.
    pub address: String,
}

impl Server {
    /// Starts moto, whose program `MOTO_SERVER` names.
    pub fn start() -> Self {
        let program = std::env::var("MOTO_SERVER");
        let program = program.expect("MOTO_SERVER: run scripts/check.sh test-s3");
        let mut child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let running = lines.by_ref().map(Result::unwrap);
        let address = running
            .into_iter()
            .find_map(|it| Some(it.split_once("Running on http://")?.1.trim().to_owned()))
            .unwrap();
        // Somebody has to read what it says, or it stops.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let server = Self { child, address };
        assert_eq!(server.ask("PUT", "", "").0, 200);
        server
    }

    /// Status, head and body of the answer for an object, or for the bucket.
    pub fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} /{BUCKET}{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: {SIGNED}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}",
            self.address
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_owned(), body.to_owned())
    }

    /// Every object below a prefix with its text.
    pub fn objects(&self, prefix: &str) -> BTreeMap<String, String> {
        let (_, _, listed) = self.ask("GET", &format!("?list-type=2&prefix={prefix}/"), "");
        assert!(listed.contains("<IsTruncated>false"), "{listed}");
        let keys = listed.split("<Key>").skip(1);
        keys.map(|it| {
            let key = it.split_once("</Key>").unwrap().0;
            let (status, _, text) = self.ask("GET", &format!("/{key}"), "");
            assert_eq!(status, 200, "{key}");
            let path = key.strip_prefix(&format!("{prefix}/")).unwrap();
            (path.to_owned(), text)
        })
        .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What becomes of a request.
pub enum Fate {
    /// It goes on to the server, and the answer back.
    Pass,
    /// It goes on to the server, and the answer gets lost.
    LoseAnswer,
    /// It never arrives.
    Lose,
}

/// A way to a server; `decide` sees each request's first line. Gives its address.
pub fn way_to(server: &str, decide: impl Fn(&str) -> Fate + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (server, decide) = (server.to_owned(), Arc::new(decide));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (server, decide) = (server.clone(), Arc::clone(&decide));
            thread::spawn(move || {
                // One that breaks off is a matter of the test.
                let _ = pass(&stream.unwrap(), &server, &*decide);
            });
        }
    });
    address
}

fn pass(
    mut stream: &TcpStream,
    server: &str,
    decide: &dyn Fn(&str) -> Fate,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
        if !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let fate = decide(head.lines().next().unwrap_or_default());
    if matches!(fate, Fate::Lose) {
        return Ok(());
    }
    let mut there = TcpStream::connect(server)?;
    write!(there, "{head}Connection: close\r\n\r\n")?;
    there.write_all(&body)?;
    let mut answer = Vec::new();
    there.read_to_end(&mut answer)?;
    if matches!(fate, Fate::Pass) {
        stream.write_all(&answer)?;
    }
    stream.shutdown(std::net::Shutdown::Both)
}

/// A server that gives everybody the same answer.
pub fn always(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}
