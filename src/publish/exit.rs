/// How a command ended; the table is also in `careo --help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Fine.
    Fine = 0,
    /// A bug in careo, or a machine that refuses to write.
    Bug = 1,
    /// The command line is wrong, or `careo.toml` is.
    Usage = 2,
    /// An input could not be read; what could be was written all the same.
    Unreadable = 3,
    /// Nothing was found to report.
    NothingFound = 4,
    /// A gate failed.
    Gate = 5,
    /// Publishing was refused.
    Refused = 6,
    /// Published, but `--wait` was in vain.
    NoAnswer = 7,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
