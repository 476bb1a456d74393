//! Embeds the built window and checks the capabilities against the commands that exist.

fn main() {
    // Cargo does not look into ui/dist by itself: without this a changed window would wait for a changed Rust file.
    println!("cargo:rerun-if-changed=../ui/dist");
    tauri_build::build();
}
