//! `multipart/form-data`, read strictly (RFC 7578, RFC 2046 §5.1).
//!
//! Readers disagree on nearly everything that browsers never send: text before the first boundary,
//! a parameter that stands twice, escapes in quotes, character sets of a part. Accepted is what
//! browsers and HTTP clients send, and nothing else.

use memchr::memmem;

use super::{FieldsError, media_type};

/// One part, as its headers describe it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) name: &'a str,
    /// The name of the file, where the part is one.
    pub(crate) file_name: Option<&'a str>,
    /// The media type without parameters, as it was written.
    pub(crate) media_type: Option<&'a str>,
    pub(crate) content: &'a [u8],
}

/// Calls `part` with each part, in their order, until it answers `false`.
pub(crate) fn read_parts(
    body: &[u8],
    boundary: &[u8],
    most: usize,
    mut part: impl FnMut(Part<'_>) -> bool,
) -> Result<(), FieldsError> {
    let delimiter = [b"\r\n--", boundary].concat();
    let ends = memmem::Finder::new(&delimiter);
    // The first delimiter has no line before it.
    let mut rest = body
        .strip_prefix(&delimiter[2..])
        .ok_or(FieldsError::Malformed)?;
    let mut count = 0;
    loop {
        match rest {
            [b'-', b'-'] | [b'-', b'-', b'\r', b'\n'] => return Ok(()),
            [b'\r', b'\n', lines @ ..] => rest = lines,
            _ => return Err(FieldsError::Malformed),
        }
        if count == most {
            return Err(FieldsError::TooMany);
        }
        count += 1;
        let end = ends.find(rest).ok_or(FieldsError::Malformed)?;
        let read = read_part(&rest[..end]).ok_or(FieldsError::Malformed)?;
        if !part(read) {
            return Err(FieldsError::Stopped);
        }
        rest = &rest[end + delimiter.len()..];
    }
}

fn read_part(part: &[u8]) -> Option<Part<'_>> {
    let end = memmem::find(part, b"\r\n\r\n")?;
    let (lines, content) = (std::str::from_utf8(&part[..end]).ok()?, &part[end + 4..]);
    let (mut disposition, mut media_type) = (None, None);
    for line in lines.split("\r\n") {
        // A line break that is only half of one ends a line for some.
        if line.contains(|character: char| character != '\t' && character.is_ascii_control()) {
            return None;
        }
        let (name, value) = line.split_once(':')?;
        let slot = if name.eq_ignore_ascii_case("content-disposition") {
            &mut disposition
        } else if name.eq_ignore_ascii_case("content-type") {
            &mut media_type
        } else {
            // RFC 7578 §4.8 has the others ignored; not every reader does.
            return None;
        };
        if slot.replace(value.trim_matches([' ', '\t'])).is_some() {
            return None;
        }
    }
    let (name, file_name) = read_disposition(disposition?)?;
    let media_type = match media_type {
        Some(line) => Some(media_type::essence(line)?),
        None => None,
    };
    Some(Part {
        name,
        file_name,
        media_type,
        content,
    })
}

/// `form-data; name="a"`, perhaps with `; filename="b"`: the name and the name of the file.
fn read_disposition(line: &str) -> Option<(&str, Option<&str>)> {
    let (kind, mut rest) = line.split_at_checked("form-data".len())?;
    if !kind.eq_ignore_ascii_case("form-data") {
        return None;
    }
    let (mut name, mut file_name) = (None, None);
    while !rest.is_empty() {
        let parameter = rest.strip_prefix(';')?.trim_start_matches(' ');
        let (key, value) = parameter.split_once("=\"")?;
        // In any case to RFC 2045 §5.1, in lower case alone to some readers.
        let slot = match key {
            "name" => &mut name,
            "filename" => &mut file_name,
            _ => return None,
        };
        let (value, behind) = value.split_once('"')?;
        // A backslash escapes to one reader and stands for itself to the other.
        if value.contains('\\') || slot.replace(value).is_some() {
            return None;
        }
        rest = behind;
    }
    Some((name.filter(|name| !name.is_empty())?, file_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(
        body: &str,
        most: usize,
    ) -> Result<Vec<(String, Option<String>, String)>, FieldsError> {
        let mut all = Vec::new();
        read_parts(body.as_bytes(), b"X", most, |part| {
            all.push((
                part.name.to_owned(),
                part.file_name.map(ToOwned::to_owned),
                String::from_utf8_lossy(part.content).into_owned(),
            ));
            true
        })?;
        Ok(all)
    }

    fn one(headers: &str, content: &str) -> String {
        format!("--X\r\n{headers}\r\n\r\n{content}\r\n--X--\r\n")
    }

    #[test]
    fn what_browsers_send_is_read() {
        let body = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
                    --X\r\ncontent-disposition: form-data; name=\"f\"; filename=\"b c.txt\"\r\n\
                    Content-Type: text/plain\r\n\r\nx\r\n--Y\r\n--X--";
        assert_eq!(
            parts(body, 2),
            Ok(vec![
                ("a".to_owned(), None, "1".to_owned()),
                (
                    "f".to_owned(),
                    Some("b c.txt".to_owned()),
                    "x\r\n--Y".to_owned()
                ),
            ])
        );
        assert_eq!(parts(body, 1), Err(FieldsError::TooMany));
        assert_eq!(parts("--X--\r\n", 0), Ok(vec![]));
    }

    #[test]
    fn what_readers_do_not_agree_on_is_malformed() {
        let good = "Content-Disposition: form-data; name=\"a\"";
        assert!(parts(&one(good, "1"), 9).is_ok());
        for headers in [
            "",
            "Content-Type: text/plain",
            "Content-Disposition: form-data",
            "Content-Disposition: form-data; name=a",
            "Content-Disposition: form-data; name=\"\"",
            "Content-Disposition: form-data; name=\"a\\\"b\"",
            "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
            "Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''b",
            "Content-Disposition: form-data; name=\"a\" x",
            "Content-Disposition: form-data; Name=\"a\"",
            "Content-Disposition: form-data; name=\"a\"; fileName=\"b\"",
            "Content-Disposition: attachment; name=\"a\"",
            "Content-Disposition : form-data; name=\"a\"",
            "Content-Disposition: form-data;\r\n name=\"a\"",
            "Content-Disposition: form-data; name=\"a\"\nX: y",
            &format!("{good}\r\n{good}"),
            &format!("{good}\r\nContent-Transfer-Encoding: base64"),
            &format!("{good}\r\nContent-Type: text/plain\r\nContent-Type: text/html"),
            &format!("{good}\r\nContent-Type: text/plain; charset=utf-16le"),
            &format!("{good}\r\nContent-Type: text"),
            &format!("{good}\r\nContent-Type: text/plain\r"),
            &format!("{good}\r\rContent-Type: text/plain"),
            &format!("{good}\0"),
        ] {
            assert_eq!(
                parts(&one(headers, "1"), 9),
                Err(FieldsError::Malformed),
                "{headers}"
            );
        }
        // The end of the headers is the line before a delimiter to some, and before text to others.
        assert_eq!(parts(&one(good, "--X\r\n"), 9), Err(FieldsError::Malformed));
        let whole = one(good, "1");
        for body in [
            String::new(),
            format!("\r\n{whole}"),
            format!("preamble\r\n{whole}"),
            format!("{whole}epilogue"),
            whole.replace("--X--\r\n", "--X"),
            whole.replace("--X--\r\n", "--X\r\n"),
            whole.replace("--X--", "--X --"),
            whole.replace("--X\r\n", "--X \r\n"),
            whole.replace("\r\n", "\n"),
            whole.replace("--X\r", "--XY\r"),
        ] {
            assert_eq!(parts(&body, 9), Err(FieldsError::Malformed), "{body:?}");
        }
    }
}
