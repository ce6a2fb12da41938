//! What there is to try, as data: the program prints it, and a test holds that it is true.

use std::net::SocketAddr;

/// A request, and what the service answers.
#[derive(Debug)]
pub struct Try {
    /// What it shows.
    pub shows: &'static str,
    /// The path, with the query.
    pub path: &'static str,
    /// The JSON body of a POST; without one it is a GET.
    pub body: Option<&'static str>,
    /// The status of the answer.
    pub status: u16,
    /// That of the answer in the first rollout.
    pub reported: u16,
}

/// What there is to try, in this order.
pub const TRIES: &[Try] = &[
    Try {
        shows: "a note",
        path: "/notes",
        body: Some(r#"{"text":"lunch at 1","link":"https://menu.example.com/"}"#),
        status: 201,
        reported: 201,
    },
    Try {
        shows: "the note that was written first",
        path: "/notes/0",
        body: None,
        status: 200,
        reported: 200,
    },
    Try {
        shows: "the metadata service, which the base policy of the platform refuses",
        path: "/notes",
        body: Some(r#"{"text":"see","link":"https://169.254.169.254/"}"#),
        status: 422,
        reported: 422,
    },
    Try {
        shows: "a link without TLS, which it refuses too",
        path: "/notes",
        body: Some(r#"{"text":"see","link":"http://menu.example.com/"}"#),
        status: 422,
        reported: 422,
    },
    Try {
        shows: "more than the type of the handler says",
        path: "/notes?limit=21",
        body: None,
        status: 422,
        reported: 200,
    },
    Try {
        shows: "a member that is not declared",
        path: "/notes",
        body: Some(r#"{"text":"a","pinned":true}"#),
        status: 422,
        reported: 201,
    },
];

impl Try {
    /// The request as a line for a shell, which prints the answer and its status.
    #[must_use]
    pub fn curl(&self, at: SocketAddr) -> String {
        let line = format!("curl -sw ' %{{http_code}}\\n' 'http://{at}{}'", self.path);
        match self.body {
            None => line,
            Some(body) => format!("{line} -H 'content-type: application/json' -d '{body}'"),
        }
    }
}
