include!(concat!(env!("OUT_DIR"), "/viewer.rs"));

/// The built viewer that this careo carries.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    files: &'static [(&'static str, &'static [u8])],
}

impl Viewer {
    /// The viewer, unless this careo was built without it.
    pub fn get() -> Option<Self> {
        #[cfg(debug_assertions)]
        if let Some(viewer) = Self::of_test() {
            return Some(viewer);
        }
        let viewer = Self {
            files: VIEWER_FILES,
        };
        (!viewer.text("index.html").is_empty()).then_some(viewer)
    }

    /// The viewer in the folder that `CAREO_VIEWER` names; only in debug builds, for tests of
    /// publishing that open no page, and so don't have to wait until a viewer is built.
    #[cfg(debug_assertions)]
    fn of_test() -> Option<Self> {
        let folder = std::env::var_os("CAREO_VIEWER")?;
        let mut files: Vec<(&'static str, &'static [u8])> = Vec::new();
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            let bytes = std::fs::read(&path).ok()?;
            // They live as long as the process, as the built-in ones do.
            files.push((name.leak(), bytes.leak()));
        }
        files.sort_unstable();
        Some(Self {
            files: files.leak(),
        })
    }

    /// Every file with its name, but for the page itself.
    pub fn assets(self) -> impl Iterator<Item = (&'static str, &'static [u8])> {
        let files = self.files.iter().copied();
        files.filter(|(name, _)| *name != "index.html")
    }

    /// The page.
    pub fn index(self) -> &'static str {
        self.text("index.html")
    }

    /// The only text whose name ends so; empty where there is none.
    pub fn text_ending(self, suffix: &str) -> &'static str {
        std::str::from_utf8(self.ending(suffix)).unwrap_or_default()
    }

    /// A file by its name; empty where there is none.
    pub fn text(self, name: &str) -> &'static str {
        let found = self.files.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, bytes)| {
            std::str::from_utf8(bytes).unwrap_or_default()
        })
    }

    /// The only file whose name ends so; empty where there is none.
    pub fn ending(self, suffix: &str) -> &'static [u8] {
        let found = self.files.iter().find(|(name, _)| name.ends_with(suffix));
        found.map_or(&[], |(_, bytes)| bytes)
    }
}
