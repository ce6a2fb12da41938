//! What there is to try, as data: the program prints it, and a test holds that it is true.

use std::net::SocketAddr;

/// A request, and what the hardened service answers.
#[derive(Debug)]
pub struct Try {
    /// What it shows.
    pub shows: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path, with the query.
    pub path: &'static str,
    /// The token of its session; without one it is that of the tenant `demo`.
    pub token: Option<&'static str>,
    /// The JSON body.
    pub body: Option<&'static str>,
    /// The status of the answer.
    pub status: u16,
    /// The code of the refusal, where the layer refuses it.
    pub code: Option<&'static str>,
}

/// What there is to try.
const TRIES: &[Try] = &[
    get("the orders that are there", "/orders?limit=2", 200),
    post(
        "a new order",
        "/orders",
        r#"{"sku":"LAMP-1","quantity":2,"note":"ring twice"}"#,
        201,
    ),
    post(
        "a webhook of a public host",
        "/webhooks",
        r#"{"url":"https://hooks.example.com/orders"}"#,
        201,
    ),
    get("the table of the service", "/tables/Orders", 200),
    post(
        "the metadata service",
        "/webhooks",
        r#"{"url":"http://169.254.169.254/"}"#,
        422,
    )
    .refused("address.metadata"),
    post(
        "the same as one number",
        "/webhooks",
        r#"{"url":"http://2852039166/"}"#,
        422,
    )
    .refused("address.metadata"),
    post(
        "the same inside of IPv6",
        "/webhooks",
        r#"{"url":"http://[::ffff:a9fe:a9fe]/"}"#,
        422,
    )
    .refused("address.metadata"),
    post(
        "the same in free text",
        "/notes",
        r#"{"text":"see http://169.254.169.254/latest"}"#,
        422,
    )
    .refused("address.metadata"),
    post(
        "an array for an object, which serde takes",
        "/webhooks",
        r#"["http://169.254.169.254"]"#,
        422,
    )
    .refused("type"),
    post(
        "a member twice: the first or the last?",
        "/orders",
        r#"{"sku":"A","sku":"B","quantity":1}"#,
        400,
    )
    .refused("body.duplicate_member"),
    post(
        "a member that is not declared",
        "/orders",
        r#"{"sku":"A","quantity":1,"price":0}"#,
        422,
    )
    .refused("body.unknown_member"),
    get("a parameter twice", "/orders?limit=1&limit=50", 422).refused("query.repeated"),
    get(
        "an ARN for a table",
        "/tables/arn:aws:dynamodb:us-east-1:666666666666:table%2FOrders",
        422,
    )
    .refused("string.format"),
    get(
        "another table, which the guard denies",
        "/tables/Admins",
        403,
    ),
    get(
        "an order of another tenant, which the guard denies",
        "/orders/0192f0c1-5a3e-7c4d-9b60-3f1de8a7c215?tenant=rival",
        403,
    ),
    get(
        "the same, asked for by that tenant",
        "/orders/0192f0c1-5a3e-7c4d-9b60-3f1de8a7c215?tenant=rival",
        200,
    )
    .by("rival-token"),
];

/// What there is to try where webhooks go to these receivers: without any, to every public host.
pub fn with_receivers(receivers: &[String]) -> impl Iterator<Item = &'static Try> {
    let is_public = receivers.is_empty();
    TRIES
        .iter()
        .filter(move |each| is_public || each.path != "/webhooks" || each.status != 201)
}

const fn get(shows: &'static str, path: &'static str, status: u16) -> Try {
    Try {
        shows,
        method: "GET",
        path,
        token: None,
        body: None,
        status,
        code: None,
    }
}

const fn post(shows: &'static str, path: &'static str, body: &'static str, status: u16) -> Try {
    Try {
        shows,
        method: "POST",
        path,
        token: None,
        body: Some(body),
        status,
        code: None,
    }
}

impl Try {
    const fn refused(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    const fn by(mut self, token: &'static str) -> Self {
        self.token = Some(token);
        self
    }

    /// What the hardened service answers.
    #[must_use]
    pub fn answer(&self) -> String {
        match self.code {
            None => self.status.to_string(),
            Some(code) => format!("{} {code}", self.status),
        }
    }

    /// The request as a line for a shell, which prints the answer and its status.
    #[must_use]
    pub fn curl(&self, at: SocketAddr) -> String {
        let url = format!("http://{at}{}", self.path);
        let token = self
            .token
            .map(|token| format!(" -H 'authorization: Bearer {token}'"))
            .unwrap_or_default();
        let line = format!("curl -sw ' %{{http_code}}\\n' '{url}'{token}");
        match self.body {
            None => line,
            Some(body) => format!("{line} -H 'content-type: application/json' -d '{body}'"),
        }
    }
}
