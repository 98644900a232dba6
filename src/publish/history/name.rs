//! Names of strangers as one segment of a path that every file system and host takes as it is.

use sha2::{Digest as _, Sha256};

/// The longest segment; file systems take 255 bytes, paths on Windows 260 in all.
const MAX_LEN: usize = 80;

/// What Windows takes for a device, whatever extension follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name as a segment: `a–z 0–9 . _ -` stand as they are, every other byte is `~` with two hex
/// digits. Capitals are encoded too, so that two names never meet where case makes no difference;
/// so are the first letters of device names, and dots at either end.
///
/// Different names have different segments. A long one is cut, and ends with a digest of the whole.
pub fn segment(name: &str) -> String {
    let is_inside = |at: usize| at > 0 && at + 1 < name.len();
    let mut out = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        let is_plain = match byte {
            b'a'..=b'z' => at > 0 || !is_device(name),
            b'0'..=b'9' | b'_' | b'-' => true,
            b'.' => is_inside(at),
            _ => false,
        };
        if is_plain {
            out.push(char::from(byte));
        } else {
            push_encoded(&mut out, byte);
        }
    }
    if out.len() <= MAX_LEN {
        return out;
    }
    let digest = Sha256::digest(name.as_bytes());
    let digest: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    // Only ASCII is in it. A whole name never ends like that: `~~` stands in none.
    let cut = out.get(..MAX_LEN - 18).unwrap_or_default();
    format!("{}~~{digest}", cut.trim_end_matches('~'))
}

/// The segment of a key, which stands where reports stand too: one that looks like a report's
/// folder or like a file of ours is told apart by its first letter.
pub fn key_segment(key: &str) -> String {
    let segment = segment(key);
    let is_ours = matches!(segment.as_str(), "index.html" | "latest.json");
    match segment.bytes().next() {
        Some(first) if is_ours || is_report(&segment) => {
            let mut told = String::new();
            push_encoded(&mut told, first);
            told.push_str(segment.get(1..).unwrap_or_default());
            told
        }
        _ => segment,
    }
}

/// Whether a segment is one that [`segment`] gives, and so safe in a path.
pub fn is_safe(segment: &str) -> bool {
    let is_known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'~');
    !segment.is_empty()
        && segment.len() <= MAX_LEN
        && segment.bytes().all(is_known)
        && !segment.starts_with('.')
        && !segment.ends_with('.')
}

/// Whether a segment is the folder of a report: 12 hex digits, with `-2` and so on when the same
/// commit came again with other results.
pub fn is_report(segment: &str) -> bool {
    let (sha, again) = segment.split_once('-').unwrap_or((segment, "2"));
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_number = !again.is_empty() && again.bytes().all(|byte| byte.is_ascii_digit());
    sha.len() == 12 && sha.bytes().all(is_hex) && is_number
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let stem = stem.trim_end_matches(|it: char| it.is_ascii_digit());
    DEVICES.contains(&stem)
}

fn push_encoded(out: &mut String, byte: u8) {
    out.push_str(&format!("~{byte:02x}"));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn names_become_segments_that_every_system_takes() {
        let cases = [
            ("main", "main"),
            ("v1.2", "v1.2"),
            ("feature/x", "feature~2fx"),
            ("Main", "~4dain"),
            ("..", "~2e~2e"),
            (".git", "~2egit"),
            ("a.", "a~2e"),
            ("/etc/passwd", "~2fetc~2fpasswd"),
            ("C:\\x", "~43~3a~5cx"),
            ("con", "~63on"),
            ("nul.txt", "~6eul.txt"),
            ("com7", "~63om7"),
            ("a~b", "a~7eb"),
            ("ñ", "~c3~b1"),
            ("a\u{0}b\n<>:\"|?* ", "a~00b~0a~3c~3e~3a~22~7c~3f~2a~20"),
        ];
        for (name, expected) in cases {
            assert_eq!(segment(name), expected);
            assert!(is_safe(&segment(name)), "{name}");
        }
    }

    #[test]
    fn different_names_never_meet_even_where_case_makes_no_difference() {
        let long = |last: char| format!("{}{last}", "/feature".repeat(40));
        let names = [
            "main",
            "Main",
            "MAIN",
            "ma.in",
            "feature/x",
            "feature~2fx",
            "Feature/X",
            "a",
            "A",
            "con",
            "CON",
            "~63on",
        ];
        let names = names.map(str::to_owned).into_iter();
        let mut seen = BTreeMap::new();
        for name in names.chain([long('a'), long('b')]) {
            let segment = segment(&name).to_ascii_lowercase();
            assert!(is_safe(&segment), "{segment}");
            assert_eq!(seen.insert(segment, name.clone()), None, "{name}");
        }
    }

    #[test]
    fn a_key_is_never_taken_for_a_report_or_a_file() {
        let cases = [
            ("fraud", "fraud"),
            ("0123456789ab", "~30123456789ab"),
            ("0123456789ab-2", "~30123456789ab-2"),
            ("latest.json", "~6catest.json"),
            ("index.html", "~69ndex.html"),
        ];
        for (key, expected) in cases {
            assert_eq!(key_segment(key), expected);
            assert!(!is_report(&key_segment(key)));
        }
        assert!(is_report("0123456789ab") && is_report("0123456789ab-12"));
        assert!(!is_report("0123456789ab-") && !is_report("0123456789abc"));
    }
}
