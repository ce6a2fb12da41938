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
        && !name.starts_with(is_read_as_option)
        && !name.starts_with("..")
        && !name.starts_with(char::is_whitespace)
        && !name.ends_with(char::is_whitespace)
        && !name.ends_with(['.', '\u{2026}', '\u{fe19}'])
        && !name.chars().any(is_no_part_of_a_name)
        && !has_escape(name.as_bytes())
        && !is_device(name)
}

/// Whether it is a path of such names, below the directory that it is read from.
pub(super) fn is_relative_path(path: &str) -> bool {
    path.len() <= LONGEST_PATH && path.split('/').all(is_file_name)
}

/// Home directories and options, and what the best-fit tables of Windows make hyphens of: a soft hyphen
/// for one (CVE-2024-4577).
const fn is_read_as_option(character: char) -> bool {
    matches!(
        character,
        '~' | '-'
            | '\u{ad}'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2212}'
            | '\u{fe63}'
            | '\u{ff0d}'
            | '\u{ff5e}'
    )
}

fn is_no_part_of_a_name(character: char) -> bool {
    match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => true,
        // What Unicode's compatibility mapping (UAX #15, NFKC) and the best-fit tables of Windows make
        // dots and separators of.
        '\u{2024}' | '\u{2025}' | '\u{fe30}' | '\u{fe52}' | '\u{ff0e}' => true,
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => true,
        '\u{2100}' | '\u{2101}' | '\u{2105}' | '\u{2106}' => true,
        '\u{2216}' | '\u{fe68}' | '\u{ff3c}' | '\u{a5}' | '\u{20a9}' => true,
        '\u{2236}' | '\u{a789}' | '\u{fe13}' | '\u{fe55}' | '\u{ff1a}' | '\u{2a74}' => true,
        _ => character.is_control(),
    }
}

/// Whether a part of it would be another one once it is percent-decoded.
fn has_escape(name: &[u8]) -> bool {
    let digits = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    name.windows(3)
        .any(|window| window[0] == b'%' && digits(&window[1..]))
        // `%u002e` is one of JavaScript's `unescape` and of IIS.
        || name
            .windows(6)
            .any(|window| matches!(window, [b'%', b'u' | b'U', rest @ ..] if digits(rest)))
}

/// The names of devices, with and without what looks like an extension.
fn is_device(name: &str) -> bool {
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

    let (stem, _) = name.split_once('.').unwrap_or((name, ""));
    let stem = stem.trim_end();
    // Windows makes ASCII of fullwidth forms where a program has no Unicode.
    let narrow: String = stem.chars().take(8).map(narrowed).collect();
    let stem = narrow.as_str();
    let is = |device: &str| stem.eq_ignore_ascii_case(device);
    let numbered = |port: &str| {
        let (name, number) = stem.split_at_checked(3).unwrap_or((stem, ""));
        name.eq_ignore_ascii_case(port)
            && matches!(number.as_bytes(), [b'0'..=b'9'])
                | matches!(number, "\u{b9}" | "\u{b2}" | "\u{b3}")
    };
    DEVICES.iter().any(|device| is(device)) || ["com", "lpt"].into_iter().any(numbered)
}

fn narrowed(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        character => character,
    }
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
            "100%uncut.mov",
            "conductor.txt",
            "coni\u{ff4e}$$",
            "ー長音.txt",
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
            "\u{fe30}",
            "\u{2026}",
            "a\u{2026}",
            "a\u{2105}b",
            "a\u{fe13}b",
            "\u{ad}rf",
            "\u{ff0d}rf",
            "\u{2212}rf",
            "\u{ff5e}root",
            "\u{a0}a",
            "a\u{3000}",
            "%u002e%u002e%u2215a",
            "\u{ff23}\u{ff2f}\u{ff2e}",
            "n\u{ff55}l.txt",
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
