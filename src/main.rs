//! The page: mounts the app over what was pre-rendered.

fn main() {}
