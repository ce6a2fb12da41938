//! Words that are one word to every shell.

/// Whether a text is one word to every shell, stands for itself there, and is no option of a command, but for
/// those of Windows that begin with a slash: paths do as well.
///
/// It has letters and digits of ASCII and `_ . / : @ + -`, which mean nothing in the middle of a word
/// to a POSIX shell (POSIX.1-2024, Shell Command Language §2.2), `cmd.exe` or PowerShell, and begins with
/// a letter, a digit, `_`, `.` or `/`. Other scripts have characters that Windows makes quotes of.
pub(super) fn is_word(text: &[u8]) -> bool {
    let begins = matches!(
        text.first(),
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'/')
    );
    begins
        && text.iter().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b'.' | b'/' | b':' | b'@' | b'+' | b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::is_word;

    /// What shells do something with: separators, quotes, expansions, redirections, comments.
    const META: &str = " \t\r\n\0\u{7f}!\"#$%&'()*,;<=>?[\\]^`{|}~";

    #[test]
    fn words_stand_for_themselves() {
        for text in [
            "a",
            "A-1",
            "v1.2.3",
            "/var/log/app.log",
            "registry/app:2",
            "user@host",
            "c++",
            "_",
        ] {
            assert!(is_word(text.as_bytes()), "{text:?}");
        }
        for text in [
            "",
            "-rf",
            "--help",
            "+x",
            "@args",
            ":",
            "é",
            "a\u{ff1b}b",
            "a\u{2028}b",
        ] {
            assert!(!is_word(text.as_bytes()), "{text:?}");
        }
        for character in META.chars() {
            for text in [
                format!("{character}a"),
                format!("a{character}b"),
                format!("a{character}"),
            ] {
                assert!(!is_word(text.as_bytes()), "{text:?}");
            }
        }
    }
}
