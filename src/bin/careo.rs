//! The command line for CI.

fn main() {}
