//! A request as it stands in a file: HTTP/1.1, with lines that end in LF or CRLF.

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Uri,
    header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING},
};

use crate::mistake::Failure;

/// The longest head, in bytes, and the most headers: what servers take at the most.
const HEAD: usize = 64 * 1024;
const HEADERS: usize = 256;

/// Reads a request. What is wrong with it is told by its line, and never repeated.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Request<Vec<u8>>, Failure> {
    let mut slots = [httparse::EMPTY_HEADER; HEADERS];
    let mut parsed = httparse::Request::new(&mut slots);
    let end = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(end)) if end <= HEAD => end,
        Ok(httparse::Status::Complete(_)) => {
            return Err(Failure::in_file(file, "has a head of more than 64 KiB"));
        }
        Ok(httparse::Status::Partial) => {
            let told = "ends within its head: an empty line stands behind the headers, also where no \
                        body follows";
            return Err(Failure::in_file(file, told));
        }
        Err(error) => {
            return Err(Failure::at(
                file,
                line(bytes),
                None,
                malformed(error).into(),
            ));
        }
    };
    let target = parsed.path.and_then(|target| target.parse::<Uri>().ok());
    let target = target.ok_or_else(|| {
        let told = "the target cannot be read: write a path, such as /orders?limit=10".into();
        Failure::at(file, 1, None, told)
    })?;
    let method = Method::from_bytes(parsed.method.unwrap_or_default().as_bytes());
    let method =
        method.map_err(|_| Failure::at(file, 1, None, "the method cannot be read".into()))?;
    let mut headers = HeaderMap::new();
    for header in parsed.headers.iter() {
        let name = HeaderName::from_bytes(header.name.as_bytes());
        let value = HeaderValue::from_bytes(header.value);
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(Failure::in_file(file, "has a header that cannot be read"));
        };
        headers.append(name, value);
    }
    let lines_end_in_lf = !bytes[..end].ends_with(b"\r\n");
    let body = body(file, &mut headers, &bytes[end..], lines_end_in_lf)?;
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = target;
    *request.headers_mut() = headers;
    Ok(request)
}

/// The body, and its length among the headers.
fn body(
    file: &str,
    headers: &mut HeaderMap,
    rest: &[u8],
    lines_end_in_lf: bool,
) -> Result<Vec<u8>, Failure> {
    if headers.contains_key(TRANSFER_ENCODING) {
        let told = "has a Transfer-Encoding: leave it out and write the body as it is";
        return Err(Failure::in_file(file, told));
    }
    // Editors end the last line of a file.
    let trimmed = rest
        .strip_suffix(b"\r\n")
        .or_else(|| rest.strip_suffix(b"\n"))
        .unwrap_or(rest);
    let Some(length) = headers.get(CONTENT_LENGTH) else {
        let multipart = headers.get(CONTENT_TYPE).is_some_and(|it| {
            let kind = it.as_bytes().get(..10);
            kind.is_some_and(|kind| kind.eq_ignore_ascii_case(b"multipart/"))
        });
        let body = if multipart && lines_end_in_lf {
            let lines: Vec<&[u8]> = trimmed.split(|byte| *byte == b'\n').collect();
            lines.join(&b"\r\n"[..])
        } else {
            trimmed.to_vec()
        };
        if !body.is_empty() {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        return Ok(body);
    };
    let length = length.to_str().ok().and_then(|it| it.parse().ok());
    if length == Some(rest.len()) {
        Ok(rest.to_vec())
    } else if length == Some(trimmed.len()) {
        Ok(trimmed.to_vec())
    } else {
        let told = format!(
            "has a body of {} bytes, and another Content-Length: leave the header out, and it is added",
            trimmed.len()
        );
        Err(Failure::in_file(file, told))
    }
}

/// The line that a head is malformed in: the first with which it is.
fn line(bytes: &[u8]) -> usize {
    let bytes = &bytes[..bytes.len().min(HEAD)];
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    for (number, (end, _)) in ends.enumerate() {
        let mut slots = [httparse::EMPTY_HEADER; HEADERS];
        if httparse::Request::new(&mut slots)
            .parse(&bytes[..=end])
            .is_err()
        {
            return number + 1;
        }
    }
    bytes.split(|byte| *byte == b'\n').count()
}

const fn malformed(error: httparse::Error) -> &'static str {
    match error {
        httparse::Error::HeaderName => "the name of the header has a character that no name has",
        httparse::Error::HeaderValue => "the value of the header has a character that no value has",
        httparse::Error::TooManyHeaders => "there are more than 256 headers",
        httparse::Error::NewLine => "the line does not end in LF or CRLF",
        httparse::Error::Token | httparse::Error::Status | httparse::Error::Version => {
            "no request begins so: write a method, a target and the version, as in \
             `POST /orders HTTP/1.1`"
        }
    }
}
