//! The command line for CI; see `careo --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    careo::publish::main().into()
}
