//! What the fuzzers have found worth keeping, played again: the assertions are theirs.

#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_saved_input_is_harmless() {
    for (name, run) in targets::ALL {
        let inputs = files(&Path::new(CRATE).join("fuzz/corpus").join(name));
        assert!(!inputs.is_empty(), "{name} has no corpus");
        for input in inputs {
            // Shown when the target panics.
            println!("{}", input.display());
            run(&fs::read(&input).unwrap());
        }
    }
}

/// The fuzzers link the crate by a manifest of its own.
#[test]
fn the_fuzzers_link_what_the_crate_links() {
    let dependencies = |manifest: &str| {
        let text = fs::read_to_string(Path::new(CRATE).join(manifest)).unwrap();
        let (_, section) = text.split_once("[dependencies]\n").unwrap();
        let section = section.split("\n[").next().unwrap();
        section.trim_end().to_owned()
    };
    assert_eq!(
        dependencies("fuzz/core/Cargo.toml"),
        dependencies("Cargo.toml")
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
