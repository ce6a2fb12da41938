//! What is said of a document beside it.

use http::Method;
use tower_harden::OpenApi;

use super::mistakes::told;

const FILES: &str = "
openapi: 3.1.0
servers: [{ url: /api }]
paths:
  /: { get: {} }
  /files/{path}:
    parameters: [{ name: path, in: path, required: true, schema: { type: string } }]
    get: {}
    put: { requestBody: { content: { application/octet-stream: {} } } }
";

fn routes(document: &OpenApi) -> Vec<String> {
    let policy = document.to_policy_file();
    let policy = policy.unwrap_or_else(|error| panic!("{error}"));
    let routes = policy["routes"].as_object().expect("routes");
    routes.keys().cloned().collect()
}

fn files() -> OpenApi {
    OpenApi::new(FILES).without(&Method::PUT, "/files/{path}")
}

#[test]
fn a_prefix_is_put_before_paths_as_nest_does() {
    for (prefix, expected) in [
        ("", ["GET /", "GET /files/{path}"]),
        ("/api", ["GET /api", "GET /api/files/{path}"]),
        ("/api/", ["GET /api/", "GET /api/files/{path}"]),
    ] {
        assert_eq!(routes(&files().prefix(prefix)), expected);
    }
}

#[test]
fn the_path_of_a_server_is_noted_unless_there_is_a_prefix() {
    let noted = "#/servers/0: has a path, which is not taken";
    assert!(files().notes()[0].starts_with(noted));
    assert!(files().prefix("/api").notes().is_empty());
}

#[test]
fn a_prefix_is_one_of_paths() {
    let told = told(&files().prefix("api"));
    let expected = "#/paths/~1: is no pattern of a router (the path does not begin with '/')";
    assert!(told[0].starts_with(expected), "{told:?}");
}

#[test]
fn a_path_may_be_another_pattern() {
    let document = files()
        .prefix("/api")
        .path("/files/{path}", "/files/{*path}");
    assert_eq!(routes(&document), ["GET /api", "GET /api/files/{*path}"]);
}

#[test]
fn two_paths_are_not_one_pattern() {
    let document = OpenApi::new(
        "{ \"openapi\": \"3.1.0\", \"paths\": { \"/a\": { \"get\": {} }, \"/b\": { \"get\": {} } } }",
    );
    assert_eq!(
        told(&document.path("/b", "/a")),
        ["#/paths/~1b/get: is a route that another path of the document is too"]
    );
}

#[test]
fn what_is_said_of_nothing_is_a_mistake() {
    let document = files()
        .path("/file/{path}", "/file/{*path}")
        .without(&Method::POST, "/files/{path}");
    assert_eq!(
        told(&document),
        [
            "/file/{path}: has a pattern by path(..), and is no path of the document",
            "POST /files/{path}: is left out by without(..), and is no operation of the document",
        ]
    );
}
