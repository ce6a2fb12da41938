//! The documents that are measured.

use std::fmt::Write as _;

/// 8 members, one of them a URL.
pub const SMALL: &str = r#"{"id":"550e8400-e29b-41d4-a716-446655440000","sku":"LAMP-2000-X","quantity":42,"price":19.99,"status":"open","express":true,"note":"please ring twice, thank you","callback":"https://hooks.example.com/orders/123"}"#;

/// An array of `count` objects such as the small one, without two of them alike.
pub fn orders(count: usize) -> String {
    let mut text = String::from("[");
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        let _ = write!(
            text,
            r#"{{"id":"550e8400-e29b-41d4-a716-4466{:08}","sku":"LAMP-{number}","quantity":{},"price":{}.25,"status":"open","express":{},"note":"order number {number}, as always"}}"#,
            number % 100_000_000,
            number % 100 + 1,
            number % 1000,
            number % 2 == 0,
        );
    }
    text.push(']');
    text
}

/// Texts as people post them: many URLs, much that is not ASCII, some escapes.
pub fn posts(count: usize) -> String {
    let mut text = String::from("[");
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        let _ = write!(
            text,
            r#"{{"id":"{number}","user":"@名無し_{number}","text":"RT @someone: 今日はいい天気ですね \"sunny\" https://t.example/{number} #空 ありがとう","url":"https://social.example.com/status/{number}/media?size=large","icon":"https://img.example.net/profile_images/{number}/photo_normal.jpeg"}}"#,
        );
    }
    text.push(']');
    text
}
