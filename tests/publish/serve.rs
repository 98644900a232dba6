//! Looking at a report locally.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::Command,
};

use super::{faults::assert_nothing_left, lab::Lab};

#[test]
fn what_is_served_is_told_as_one_object() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    lab.fine("pack metrics.json -o page.html");
    lab.fine("site metrics.json -o site");
    for (input, has_report) in [
        ("metrics.json", true),
        ("page.html", false),
        ("site", false),
        ("", false),
    ] {
        let mut child = lab.spawn(&format!("serve {input} --json --port 18180"));
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        // It goes on serving: the object ends before the stream does.
        while !said.ends_with("\n}\n") {
            assert!(out.read_line(&mut said).unwrap() > 0, "{said}");
        }
        let told: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(told["command"], "serve");
        assert_eq!(told["verdict"].is_object(), has_report, "{input}: {said}");
        let url = told["url"].as_str().unwrap();
        let address = url.strip_prefix("http://").unwrap().trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "HEAD / HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{input}: {answer}");
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
fn a_report_without_an_address_says_how_to_look_at_it() {
    let lab = Lab::new();
    lab.metrics("metrics.json", 0.5);
    let ran = lab.fine("publish metrics.json --for pr/12 --dir out/public");
    let path = ran.out.trim().strip_prefix("out/public/").unwrap();
    assert!(
        lab.path("work/out/public")
            .join(path)
            .join("index.html")
            .is_file()
    );
    let help = format!("`careo serve out/public`, this report at /{path}/");
    assert!(ran.err.contains(&help), "{}", ran.err);
    let url = "--site-url https://models.example.org/";
    let ran = lab.fine(&format!(
        "publish metrics.json --for pr/13 --dir out/public {url}"
    ));
    assert!(!ran.err.contains("careo serve"), "{}", ran.err);
    let ran = lab.fine("publish metrics.json --for pr/12 --branch pages");
    assert!(ran.out.starts_with("pr/12/"), "{}", ran.out);
    assert!(
        ran.err.contains("help: --site-url says where it is served"),
        "{}",
        ran.err
    );
}

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
