//! Names of files and paths below a directory, the same on every system.

/// The longest name of a file, in bytes (`NAME_MAX` of POSIX systems).
pub(super) const LONGEST_NAME: usize = 255;

/// The longest path, in bytes (`PATH_MAX` of Linux, with the zero byte behind it).
pub(super) const LONGEST_PATH: usize = 4095;

/// Whether a name is that of one file, and no path on any system, also once it is percent-decoded.
///
/// Windows has most of the rules (Microsoft, "Naming Files, Paths, and Namespaces"): characters that no
/// name holds, devices that are there in every directory, spaces and dots that are dropped from an end.
/// No shell makes a home directory of it and no command an option.
pub(crate) fn is_file_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && !name.starts_with([' ', '~', '-'])
        && !name.starts_with("..")
        && !name.ends_with([' ', '.'])
        && !name.chars().any(is_no_part_of_a_name)
        && !has_escape(name.as_bytes())
        && !is_device(name)
}

/// Whether it is a path of such names, below the directory that it is read from.
pub(super) fn is_relative_path(path: &str) -> bool {
    path.len() <= LONGEST_PATH && path.split('/').all(is_file_name)
}

fn is_no_part_of_a_name(character: char) -> bool {
    match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => true,
        // What Unicode's compatibility mapping (UAX #15, NFKC) and the best-fit tables of Windows make
        // dots and separators of.
        '\u{2024}' | '\u{2025}' | '\u{fe52}' | '\u{ff0e}' => true,
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => true,
        '\u{2216}' | '\u{fe68}' | '\u{ff3c}' | '\u{a5}' | '\u{20a9}' => true,
        '\u{2236}' | '\u{a789}' | '\u{fe55}' | '\u{ff1a}' => true,
        _ => character.is_control(),
    }
}

/// Whether a part of it would be another one once it is percent-decoded.
fn has_escape(name: &[u8]) -> bool {
    name.windows(3)
        .any(|window| window[0] == b'%' && window[1..].iter().all(u8::is_ascii_hexdigit))
}

/// The names of devices, with and without what looks like an extension.
fn is_device(name: &str) -> bool {
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

    let (stem, _) = name.split_once('.').unwrap_or((name, ""));
    let stem = stem.trim_end_matches(' ');
    let is = |device: &str| stem.eq_ignore_ascii_case(device);
    let numbered = |port: &str| {
        let (name, number) = stem.split_at_checked(3).unwrap_or((stem, ""));
        name.eq_ignore_ascii_case(port)
            && matches!(number.as_bytes(), [b'0'..=b'9'])
                | matches!(number, "\u{b9}" | "\u{b2}" | "\u{b3}")
    };
    DEVICES.iter().any(|device| is(device)) || ["com", "lpt"].into_iter().any(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_and_no_paths() {
        for name in [
            "a",
            "a b.txt",
            "Größe 100%.pdf",
            ".gitignore",
            "a..b",
            "写真.jpg",
            "console.log",
            "com10",
            "nullable.rs",
            "to be continued….txt",
        ] {
            assert!(is_file_name(name), "{name:?}");
        }
        for name in [
            "",
            ".",
            "..",
            "../a",
            "..a",
            "a/b",
            "a\\b",
            "C:a",
            "a.txt:stream",
            "a.",
            "a ",
            " a",
            "-rf",
            "~root",
            "a\0b",
            "a\nb",
            "%2e%2e%2fa",
            "a*",
            "a?",
            "\"a\"",
            "<a>",
            "a|b",
            "..\u{ff0f}a",
            "a\u{2215}b",
            "\u{2025}",
            "NUL",
            "nul.txt",
            "Con .log",
            "COM1",
            "lpt\u{b2}.prn",
            "CONIN$",
            &"a".repeat(256),
        ] {
            assert!(!is_file_name(name), "{name:?}");
        }
    }

    #[test]
    fn paths_stay_below_their_directory() {
        for path in ["a", "a/b.txt", "写真/2026/.a"] {
            assert!(is_relative_path(path), "{path:?}");
        }
        for path in [
            "",
            "/",
            "/etc/passwd",
            "a/",
            "a//b",
            "./a",
            "a/./b",
            "../a",
            "a/../b",
            "a/..",
            "a\\..\\b",
            "C:/a",
            "//host/a",
            "a/%2e%2e/b",
            "a/-rf",
            "a/nul",
            &"a/".repeat(2048),
        ] {
            assert!(!is_relative_path(path), "{path:?}");
        }
    }
}
