//! Which addresses of a narrative may be followed, and which pictures shown.

/// What may become of a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// It may be followed.
    Follow(String),
    /// A file of the report, by its path; whether it is one, the report tells.
    Artifact(String),
    /// It is shown as text only: another scheme than `http(s)` or `mailto`, or a path of a machine.
    Inert,
}

/// Decides about a link's address; a relative one starts at the folder of `artifact`.
pub(super) fn link(address: &str, artifact: &str) -> Link {
    let address = visible(address);
    match scheme(&address) {
        Some("http" | "https" | "mailto") => Link::Follow(address),
        None if address.starts_with("//") => Link::Follow(format!("https:{address}")),
        None => resolve(&address, artifact).map_or(Link::Inert, Link::Artifact),
        Some(_) => Link::Inert,
    }
}

/// What may become of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// A picture inside the text, of a kind that can't run anything.
    Inline(String),
    /// A file of the report, by its path.
    Artifact(String),
    /// On another host: named, not loaded.
    Remote {
        /// The host.
        host: String,
        /// The address, which may be followed.
        address: String,
    },
    /// Nothing that may be shown.
    Refused,
}

/// Decides about a picture's address; a relative one starts at the folder of `artifact`.
pub(super) fn picture(address: &str, artifact: &str) -> Picture {
    let address = visible(address);
    match scheme(&address) {
        Some("http" | "https") => remote(&address),
        Some("data") if is_harmless_data(&address) => Picture::Inline(address),
        Some(_) => Picture::Refused,
        None if address.starts_with("//") => remote(&format!("https:{address}")),
        None => match resolve(&address, artifact) {
            Some(path) => Picture::Artifact(path),
            None => Picture::Refused,
        },
    }
}

fn remote(address: &str) -> Picture {
    let rest = address.split_once("//").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    Picture::Remote {
        host: host.to_owned(),
        address: address.to_owned(),
    }
}

/// Browsers skip control characters and outer spaces of an address; so that a scheme can't hide
/// behind them, so do we.
fn visible(address: &str) -> String {
    address
        .chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The scheme in lower case: what stands before a `:` that comes before any `/`, `?` or `#`.
fn scheme(address: &str) -> Option<&'static str> {
    let end = address.find([':', '/', '?', '#'])?;
    if !address.get(end..)?.starts_with(':') {
        return None;
    }
    let name = address.get(..end)?.to_ascii_lowercase();
    let known = ["http", "https", "mailto", "data"]
        .into_iter()
        .find(|known| *known == name);
    Some(known.unwrap_or("unknown"))
}

/// Whether a `data:` address holds a PNG, JPEG, GIF or WebP by its type and its first bytes (each
/// signature as base64 writes it).
fn is_harmless_data(address: &str) -> bool {
    const KINDS: [(&str, &[&str]); 4] = [
        ("image/png", &["iVBORw0KGgo"]),
        ("image/jpeg", &["/9j/"]),
        ("image/gif", &["R0lGODlh", "R0lGODdh"]),
        ("image/webp", &["UklGR"]),
    ];
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let Some((head, body)) = address.split_once(";base64,") else {
        return false;
    };
    let kind = head.get(5..).unwrap_or_default().to_ascii_lowercase();
    KINDS.iter().any(|(known, signatures)| {
        kind == *known
            && signatures.iter().any(|start| body.starts_with(start))
            && body.bytes().all(is_base64)
    })
}

/// A relative path in the report; `None` when it leaves the report or is a machine's own.
fn resolve(address: &str, artifact: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() || path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let folder = artifact.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_links_are_followed() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            " \u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "blob:https://a/b",
            "file:///etc/passwd",
            "../../../etc/passwd",
            "/etc/passwd",
            "\\\\host\\share",
            "",
        ] {
            assert_eq!(link(address, "report.md"), Link::Inert, "{address:?}");
        }
        for address in ["https://a.org/x", "http://a.org", "mailto:a@b.org"] {
            assert_eq!(link(address, "report.md"), Link::Follow(address.into()));
        }
        let with_host = link("//a.org/x", "report.md");
        assert_eq!(with_host, Link::Follow("https://a.org/x".into()));
        for (address, path) in [("docs/a.md", "out/docs/a.md"), ("../a.md#b:c", "a.md")] {
            assert_eq!(link(address, "out/report.md"), Link::Artifact(path.into()));
        }
    }

    #[test]
    fn pictures_come_from_the_report_or_from_the_text() {
        let png = "data:image/png;base64,iVBORw0KGgoAAA==";
        assert_eq!(picture(png, "report.md"), Picture::Inline(png.into()));
        assert_eq!(
            picture("./a.png", "out/report.md"),
            Picture::Artifact("out/a.png".into())
        );
        assert_eq!(
            picture("../a.png", "out/report.md"),
            Picture::Artifact("a.png".into())
        );
        let host = "asset.cml.dev".to_owned();
        let address = "https://asset.cml.dev/1?cml=png".to_owned();
        assert_eq!(
            picture(&address, "r.md"),
            Picture::Remote {
                host,
                address: address.clone()
            }
        );
        for address in [
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:image/png;base64,%%%%",
            "data:image/png;base64,PHN2Zz4=",
            "data:text/html;base64,iVBORw0KGgo",
            "file:///etc/passwd",
            "../../up.png",
            "/etc/passwd",
            "\\\\host\\x.png",
            "javascript:alert(1)",
        ] {
            assert_eq!(picture(address, "report.md"), Picture::Refused, "{address}");
        }
    }
}
