//! Every place of a request that holds text of the client, and the same address in each of them.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    routing::post,
};
use middleware_tests::{Answer, policy};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_harden::{
    Field, FileField, HardenLayer, JsonSchema, MultipartSchema, Policy, RouteSchema, Schema,
};

const METADATA: &str = "http://169.254.169.254/";

/// What stands in each place. Each is a text that passes, and one of them does not.
const PLACES: &[(&str, &str)] = &[
    ("path", "path id"),
    ("query", "query note"),
    ("repeated query", "query tag"),
    ("header", "header x-note"),
    ("cookie", "cookie note"),
    ("form", "form note"),
    ("repeated form", "form tag"),
    ("part", "form note"),
    ("repeated part", "form tag"),
    ("file name", "form file"),
    ("member", "body #/note"),
    ("member at depth", "body #/a/b/2/c"),
    ("item", "body #/tags/1"),
    ("name in a map", "body #/map"),
    ("member of a map", "body #/map"),
    ("name in a map at depth", "body #/maps/0"),
    ("any value", "body #/any/0"),
    ("any item", "body #/any/1/0/0"),
    ("any name", "body #/any/2"),
    ("one of several", "body #/choice/note"),
    ("email", "body #/email"),
];

/// The value that is not one of those that pass.
struct Sent<'a> {
    place: &'a str,
    value: &'a str,
}

impl Sent<'_> {
    /// The value, where this is its place, and otherwise one that passes.
    fn at(&self, place: &str) -> &str {
        if self.place == place { self.value } else { "a" }
    }

    /// As [`at`](Self::at), for a part of a URL.
    fn escaped(&self, place: &str) -> String {
        let escape = |byte: u8| match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        self.at(place).bytes().map(escape).collect()
    }

    fn form(&self) -> String {
        let (note, tag) = (self.escaped("form"), self.escaped("repeated form"));
        format!("note={note}&tag=a&tag={tag}")
    }

    fn parts(&self) -> String {
        let field = |name: &str, value: &str| {
            format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        format!(
            "{}{}{}--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
             Content-Type: text/plain\r\n\r\n\r\n--X--\r\n",
            field("note", self.at("part")),
            field("tag", "a"),
            field("tag", self.at("repeated part")),
            self.at("file name"),
        )
    }

    fn json(&self) -> Value {
        json!({
            "note": self.at("member"),
            "a": {"b": [{}, {}, {"c": self.at("member at depth")}]},
            "tags": ["a", self.at("item")],
            "map": {self.at("name in a map"): "a", "b": self.at("member of a map")},
            "maps": [{self.at("name in a map at depth"): {}}],
            "any": [self.at("any value"), [[self.at("any item")]], {self.at("any name"): 1}],
            "choice": {"note": self.at("one of several")},
            "email": match self.place {
                "email" => "//169.254.169.254/@example.com",
                _ => "a@example.com",
            },
        })
    }
}

fn layer() -> HardenLayer {
    let text = Field::string;
    let fields = || {
        Schema::object()
            .optional("note", text())
            .optional("tag", Field::list(text()))
    };
    let map = |value: Schema| Schema::object().additional(value);
    let choice = r#"{"oneOf": [
        {"type": "object", "properties": {"note": {"type": "string"}}},
        {"type": "integer"}
    ]}"#;
    let json = Schema::object()
        .required("note", text())
        .required(
            "a",
            Schema::object().required("b", Schema::array(Schema::object().optional("c", text()))),
        )
        .required("tags", Field::list(text()))
        .required("map", map(Field::from(text()).into()))
        .required("maps", Schema::array(map(Schema::object().into())))
        .required("any", Schema::any())
        .required("choice", JsonSchema::new(choice))
        .required("email", Field::email());
    let route = RouteSchema::new()
        .path("id", text())
        .query("note", text())
        .query("tag", Field::list(text()))
        .header("x-note", text())
        .cookie("note", text())
        .json(json)
        .form(fields())
        .multipart(
            MultipartSchema::new()
                .optional("note", text())
                .optional("tag", Field::list(text()))
                .optional_file("file", FileField::of(["text/plain"])),
        );
    HardenLayer::new(policy(Policy::builder().post("/{id}", route)))
}

async fn send(sent: Sent<'_>) -> Vec<Answer> {
    let router = Router::new()
        .route("/{id}", post(async || "reached"))
        .layer(layer());
    let uri = format!(
        "/{}?note={}&tag=a&tag={}",
        sent.escaped("path"),
        sent.escaped("query"),
        sent.escaped("repeated query")
    );
    let mut answers = Vec::new();
    for (media_type, body) in [
        ("application/json", sent.json().to_string()),
        ("application/x-www-form-urlencoded", sent.form()),
        ("multipart/form-data; boundary=X", sent.parts()),
    ] {
        let request = Request::post(&uri)
            .header("x-note", sent.at("header"))
            .header(header::COOKIE, format!("note={}", sent.escaped("cookie")))
            .header(header::CONTENT_TYPE, media_type)
            .body(Body::from(body))
            .expect("a request");
        let response = router.clone().oneshot(request).await;
        let response = response.unwrap_or_else(|never| match never {});
        answers.push(Answer::of(response).await);
    }
    answers
}

#[tokio::test]
async fn no_string_of_a_request_names_the_metadata_service() {
    for (place, location) in PLACES {
        let answers = send(Sent {
            place,
            value: METADATA,
        });
        let refused = answers.await.into_iter();
        let refused: Vec<Answer> = refused
            .filter(|answer| answer.status() != StatusCode::OK)
            .collect();
        // A place in one of the bodies is in one request, a place before them in all.
        let in_body = location.starts_with("form") || location.starts_with("body");
        assert_eq!(refused.len(), if in_body { 1 } else { 3 }, "{place}");
        for answer in refused {
            assert_eq!(
                answer.errors(),
                [format!("address.metadata in {location}")],
                "{place}"
            );
        }
    }
}

#[tokio::test]
async fn other_text_passes_in_every_place() {
    for answer in send(Sent {
        place: "none",
        value: METADATA,
    })
    .await
    {
        let told = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status(), StatusCode::OK, "{told}");
    }
}
