//! Requests to a service: valid ones, nearly valid ones and hostile ones.

use http::Request;
use middleware_tests::tape::Tape;

use crate::{
    service::{Body, Member, Route, Service},
    values::Maker,
};

#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether its body has an integer that is written with a fraction or an exponent.
    pub(crate) loose_integer: bool,
}

impl Sent {
    /// As a request, if it is one of HTTP.
    pub(crate) fn request(&self) -> Option<Request<axum::body::Body>> {
        let mut request = Request::builder()
            .method(self.method.as_str())
            .uri(&self.uri);
        for (name, value) in &self.headers {
            request = request.header(*name, value.as_bytes());
        }
        request.body(self.body.clone().into()).ok()
    }

    pub(crate) fn any_of(service: &Service, tape: &mut Tape<'_>) -> Self {
        let route = &service.routes[tape.below(service.routes.len())];
        let plan = tape.below(8);
        let spoiled = (plan > 3).then(|| if tape.one_in(3) { 3 } else { 10 });
        let mut maker = Maker {
            tape,
            spoiled,
            loose_integer: false,
        };
        let mut sent = of_route(route, &mut maker);
        sent.loose_integer = maker.loose_integer;
        if plan == 3 || plan == 7 {
            sent.change(tape);
        }
        sent
    }

    /// Changes what no schema is of.
    fn change(&mut self, tape: &mut Tape<'_>) {
        let joined = |uri: &str| if uri.contains('?') { '&' } else { '?' };
        match tape.below(15) {
            0 => self.method = tape.pick(&["GET", "HEAD", "POST", "TRACE", "BREW"]).into(),
            1 => self.uri.insert_str(1, "zz"),
            2 => self.uri.push_str("/more"),
            3 => {
                let query = tape.pick(&["zz=1", "a=1&a=2", "A=1", "%00=1", "a=%ff", "a=%zz", "&&"]);
                self.uri = format!("{}{}{query}", self.uri, joined(&self.uri));
            }
            4 => {
                self.headers.retain(|(name, _)| *name != "content-type");
                let media_type = tape.pick(&[
                    "text/plain",
                    "application/json; charset=latin1",
                    "application/xml",
                    "multipart/form-data; boundary=b",
                    "application/problem+json",
                    "APPLICATION/JSON",
                ]);
                self.headers.push(("content-type", media_type.into()));
            }
            5 => self.headers.retain(|(name, _)| *name != "content-type"),
            6 => {
                let most = self.body.len().saturating_sub(1);
                self.body.truncate(most);
            }
            7 => self
                .body
                .extend_from_slice(tape.pick(&[b" ".as_slice(), b"x", b"{}", b"&zz=1"])),
            8 => {
                self.body.splice(0..0, *b"\xef\xbb\xbf");
            }
            9 => {
                self.body.clear();
                self.loose_integer = false;
            }
            10 => self.headers.push(("content-encoding", "gzip".into())),
            11 => self.headers.push(("cookie", "session=1; session=2".into())),
            12 => self
                .headers
                .push(("x-request", "http://169.254.169.254/".into())),
            13 => {
                let end = self.body.len();
                let at = tape.below(end + 1);
                self.body.insert(at, tape.pick(b"\xff\x00{}[],:\"\\&=%"));
            }
            _ => {
                self.body = vec![b'['; 2 + 20 * tape.below(3)];
                self.loose_integer = false;
            }
        }
    }
}

fn of_route(route: &Route, maker: &mut Maker<'_, '_>) -> Sent {
    let mut uri = route.pattern.clone();
    for (name, schema) in &route.path {
        let text = maker.text(schema);
        uri = uri.replace(&format!("{{{name}}}"), &encoded(&text));
    }
    let query = form(&route.query, maker);
    if !query.is_empty() {
        uri = format!("{uri}?{query}");
    }
    let mut headers = Vec::new();
    for member in &route.headers {
        if maker.holds(member) {
            let text = maker.text(&member.schema);
            headers.push((member.name, text));
        }
    }
    for member in &route.cookies {
        if maker.holds(member) {
            let text = encoded(&maker.text(&member.schema));
            headers.push(("cookie", format!("{}={text}", member.name)));
        }
    }
    let left_out = route.optional_body && maker.tape.one_in(3);
    let (media_type, body) = match &route.body {
        Body::Json(schema) if !left_out => (Some("application/json"), maker.json(schema)),
        Body::Form(members) if !left_out => (
            Some("application/x-www-form-urlencoded"),
            form(members, maker),
        ),
        _ => (None, String::new()),
    };
    headers.extend(media_type.map(|media_type| ("content-type", media_type.to_owned())));
    Sent {
        method: route.method.into(),
        uri,
        headers,
        body: body.into_bytes(),
        loose_integer: false,
    }
}

fn form(members: &[Member], maker: &mut Maker<'_, '_>) -> String {
    let mut pairs = Vec::new();
    for member in members {
        if maker.holds(member) {
            for text in maker.texts(&member.schema) {
                pairs.push(format!("{}={}", member.name, encoded(&text)));
            }
        }
    }
    pairs.join("&")
}

/// Percent-encoded, so that it fits into any part of a request.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(byte).collect()
}
