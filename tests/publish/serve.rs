//! Looking at a report locally.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::Command,
};

use super::{faults::assert_nothing_left, lab::Lab};

#[test]
fn a_server_that_is_interrupted_leaves_nothing() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let mut child = lab.spawn("serve metrics.json --port 18080 --under /repo/pr/12/");
    let mut said = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut said).unwrap();
    let (_, address) = said.split_once("http://").unwrap();
    let (address, _) = address.split_once('/').unwrap();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(
        ask("/repo/pr/12/").contains("data-state=\"shown\""),
        "{said}"
    );
    let report = ask("/repo/pr/12/report.json");
    assert!(
        report.contains("Content-Type: application/json"),
        "{report}"
    );
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    child.wait().unwrap();
    assert_nothing_left(&lab);
}
