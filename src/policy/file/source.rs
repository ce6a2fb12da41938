//! The text of a file, and how a part of it is shown.

use super::tree::At;

/// The language of a file, whose words its mistakes are told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Json,
    #[cfg(feature = "toml")]
    Toml,
}

impl Language {
    /// What holds members.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Json => "an object",
            #[cfg(feature = "toml")]
            Self::Toml => "a table",
        }
    }
}

/// A file as it was given.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) language: Language,
    text: String,
    /// Where the lines begin.
    lines: Vec<usize>,
}

/// So many characters of a line are shown.
const WIDTH: usize = 100;

/// So many of them stand before the mistake, where the line is longer.
const BEFORE: usize = 40;

impl Source {
    pub(super) fn new(language: Language, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        Self {
            language,
            text: text.to_owned(),
            lines: lines.collect(),
        }
    }

    /// The place as people read it: `line 12, column 8`, or the pointer into a value.
    pub(super) fn place(&self, at: &At) -> String {
        match at {
            At::Text(range) => {
                let (line, start) = self.line(range.start);
                let before = &self.text[start..self.boundary(range.start)];
                format!("line {}, column {}", line + 1, before.chars().count() + 1)
            }
            At::Value(pointer) => pointer.to_string(),
        }
    }

    /// The line of a place in the text, with its number, and a line that points at the place.
    pub(super) fn excerpt(&self, at: &At) -> Option<String> {
        let At::Text(range) = at else { return None };
        let (line, start) = self.line(range.start);
        let end = self.lines.get(line + 1).copied();
        let text = &self.text[start..end.unwrap_or(self.text.len())];
        let text = text.trim_end_matches(['\n', '\r']);
        // A mistake at the end of a line may stand behind its last character.
        let first = (self.boundary(range.start) - start).min(text.len());
        let last = (self.boundary(range.end).max(start) - start).clamp(first, text.len());

        let (mut before, mut rest) = text.split_at(first);
        if beginning(text, WIDTH) != text {
            before = ending(before, BEFORE);
            rest = beginning(rest, WIDTH - BEFORE);
        }
        let cut_before = if before.len() < first { "…" } else { "" };
        let cut_behind = if first + rest.len() < text.len() {
            "…"
        } else {
            ""
        };
        let marked = rest.len().min(last - first);
        let number = (line + 1).to_string();
        Some(format!(
            "{gutter} |\n{number} | {cut_before}{shown}{cut_behind}\n{gutter} | {indent}{carets}",
            gutter = " ".repeat(number.len()),
            shown = before
                .chars()
                .chain(rest.chars())
                .map(printable)
                .collect::<String>(),
            indent = " ".repeat(cut_before.chars().count() + before.chars().count()),
            carets = "^".repeat(rest[..marked].chars().count().max(1)),
        ))
    }

    /// The line of a byte, and where it begins.
    fn line(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at) - 1;
        (line, self.lines[line])
    }

    /// Where the character begins that a byte is of.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// The first characters of a text.
fn beginning(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters);
    end.map_or(text, |(end, _)| &text[..end])
}

/// The last characters of a text.
fn ending(text: &str, characters: usize) -> &str {
    let start = text.char_indices().rev().nth(characters.saturating_sub(1));
    start.map_or(text, |(start, _)| &text[start..])
}

/// A character that moves no cursor.
fn printable(character: char) -> char {
    match character {
        '\t' => ' ',
        character if character.is_control() => '\u{fffd}',
        // They turn around what people read.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        character => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, part: &str) -> (String, String) {
        let start = text.find(part).expect("a part");
        let at = At::Text(start..start + part.len());
        let source = Source::new(Language::Json, text);
        (source.place(&at), source.excerpt(&at).expect("a text"))
    }

    #[test]
    fn a_place_is_counted_in_characters() {
        let (place, excerpt) = shown("a\r\n\tö = bad\r\n", "bad");
        assert_eq!(place, "line 2, column 6");
        assert_eq!(excerpt, "  |\n2 |  ö = bad\n  |      ^^^");
    }

    #[test]
    fn the_end_of_a_text_is_a_place() {
        for text in ["", "a", "a\n"] {
            let at = At::Text(text.len()..text.len());
            let source = Source::new(Language::Json, text);
            assert!(source.excerpt(&at).expect("a text").ends_with('^'));
        }
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        let text = "x".repeat(30) + &"y".repeat(70);
        for part in ["x", "y"] {
            let (_, excerpt) = shown(&text, part);
            assert!(excerpt.contains(&format!("1 | {text}\n")), "{excerpt}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_mistake() {
        let text = format!("{}bad{}", "é".repeat(300), "z".repeat(300));
        let (place, excerpt) = shown(&text, "bad");
        assert_eq!(place, "line 1, column 301");
        let lines: Vec<&str> = excerpt.lines().collect();
        assert!(lines[1].chars().count() < WIDTH + 10, "{excerpt}");
        let caret = lines[2].chars().position(|it| it == '^').expect("a caret");
        let bad = lines[1].chars().position(|it| it == 'b').expect("the part");
        assert_eq!(caret, bad, "{excerpt}");
    }

    #[test]
    fn a_long_mistake_at_the_beginning_is_cut() {
        let (_, excerpt) = shown(&"x".repeat(9_000), &"x".repeat(9_000));
        assert!(excerpt.chars().count() < 3 * WIDTH, "{excerpt}");
        assert!(excerpt.contains('…'), "{excerpt}");
    }

    #[test]
    fn no_character_moves_the_cursor() {
        let (_, excerpt) = shown("\u{1b}[2J\u{202e} bad", "bad");
        assert!(!excerpt.contains(['\u{1b}', '\u{202e}']), "{excerpt:?}");
    }
}
