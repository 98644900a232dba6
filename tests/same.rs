//! The native half of "page and command line agree to the last bit".

#[path = "same/mod.rs"]
mod same;

#[test]
fn the_command_line_finds_what_is_stored() {
    let told = same::told();
    if std::env::var_os("UPDATE_SAME").is_some() {
        return std::fs::write("tests/same/told.txt", told).unwrap();
    }
    assert_eq!(told, same::TOLD, "UPDATE_SAME=1 writes it anew");
    // Every kind of evidence is there, and what makes a digest long.
    for part in [
        "McNemar {",
        "Permutation {",
        "draws: Some(",
        "Counts {",
        "Bootstrap {",
        "Welch {",
        "AccuracyDiffers {",
        "Dependency {",
        "hold: WithinChance",
    ] {
        assert!(told.contains(part), "{part}");
    }
}
