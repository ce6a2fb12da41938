//! Colours, and the characters that people may be shown.

use anstyle::{AnsiColor, Style};

const STRONG: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default().bold();

pub(crate) fn strong(text: &str) -> String {
    paint(STRONG, text)
}

pub(crate) fn red(text: &str) -> String {
    paint(RED, text)
}

pub(crate) fn yellow(text: &str) -> String {
    paint(YELLOW, text)
}

pub(crate) fn green(text: &str) -> String {
    paint(GREEN, text)
}

pub(crate) fn cyan(text: &str) -> String {
    paint(CYAN, text)
}

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A text without what moves the cursor, hides or turns around what people read. Names and patterns of a
/// policy may hold such characters; of escape sequences, only those of the colours above are left.
pub(crate) fn printable(text: &str) -> String {
    let styles = [STRONG, RED, YELLOW, GREEN, CYAN];
    let mut ours = styles.map(|style| style.render().to_string()).to_vec();
    ours.push(STRONG.render_reset().to_string());
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        // Bold is the beginning of bold red.
        let known = ours.iter().filter(|known| rest.starts_with(known.as_str()));
        let known = known.max_by_key(|known| known.len());
        let (piece, behind) = rest.split_at(known.map_or(character.len_utf8(), String::len));
        let is_hidden = known.is_none() && character != '\n' && is_control(character);
        shown.push_str(if is_hidden { "\u{fffd}" } else { piece });
        rest = behind;
    }
    shown
}

fn is_control(character: char) -> bool {
    let turns = ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];
    character.is_control() || turns.iter().any(|range| range.contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_of_ours_are_shown() {
        let text = format!("{}\n{}", red("looser"), strong("é"));
        assert_eq!(printable(&text), text);
        for hidden in [
            "\u{1b}[8m",
            "\u{1b}[2J",
            "\u{9b}8m",
            "\u{202e}",
            "\r",
            "\u{7f}",
        ] {
            let shown = printable(&format!("a{hidden}b"));
            assert!(shown.starts_with("a\u{fffd}"), "{shown:?}");
            assert!(!shown.chars().any(is_control), "{shown:?}");
        }
    }
}
