/// A path in a container as a path below its folder: no root, drive, `.` or `..`, no control
/// characters; empty where nothing is left.
pub(super) fn cleaned(name: &str) -> String {
    let parts = name.split(['/', '\\']).map(|part| {
        let part: String = part.chars().filter(|it| !it.is_control()).collect();
        part
    });
    let is_name = |part: &String| {
        let is_drive = part.len() == 2 && part.ends_with(':');
        !matches!(part.as_str(), "" | "." | "..") && !is_drive
    };
    let parts: Vec<String> = parts.filter(is_name).collect();
    parts.join("/")
}

/// What an operating system puts into archives and nobody means: `__MACOSX/`, `.DS_Store`.
pub(super) fn is_litter(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    parts.any(|part| matches!(part, "__MACOSX" | ".DS_Store" | "Thumbs.db"))
}

/// The file name without its last extension.
pub(super) fn stem(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file_name,
    }
}

/// The folder of a path, with its final slash; empty at the top.
pub(super) fn folder(path: &str) -> &str {
    match path.rfind('/') {
        Some(at) => path.get(..=at).unwrap_or_default(),
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_the_folder() {
        let cases = [
            ("a/b.json", "a/b.json"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("..\\..\\x.csv", "x.csv"),
            ("C:\\Users\\x.csv", "Users/x.csv"),
            ("a/./b//c", "a/b/c"),
            ("a\0b\n.csv", "ab.csv"),
            ("..", ""),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(cleaned(name), expected, "{name:?}");
        }
        assert!(is_litter("__MACOSX/._a") && is_litter("a/.DS_Store") && !is_litter("a/b"));
        assert_eq!((stem("a.csv.gz"), stem(".gz")), ("a.csv", ".gz"));
        assert_eq!((folder("a/b/c"), folder("c")), ("a/b/", ""));
    }
}
