//! Queries, pair by pair.

use proptest::{collection::vec, prelude::*, sample::select};

use crate::spelling::spelled;

/// What stands between two `&` and is no pair of the schema, or only nearly.
const ODD: &[&str] = &[
    "",
    "=",
    "&",
    ";",
    "?",
    "%",
    "%4",
    "%zz=1",
    "limit",
    "limit=",
    "limit=+1",
    "limit=%2B1",
    "limit=01",
    "limit=1.0",
    "limit=1e1",
    "limit=-0",
    "limit=%EF%BC%91",
    "limit=1%00",
    "limit=1+",
    "limit=51",
    "Limit=1",
    "l%69mit=1",
    "limit%5B%5D=1",
    "limit[]=1",
    "limit=1;limit=2",
    "text",
    "text=",
    "text=%ff",
    "text=%C0%AF",
    "text=%ED%A0%80",
    "text=%u0041",
    "text=+",
    "text=%2500",
    "text=a%00",
    "text=a=b",
    "note",
    "note=",
    "note=%0a",
    "note=%7F",
    "note=%E2%80%AE",
    "deep=1",
    "deep=TRUE",
    "deep=",
    "ratio=NaN",
    "ratio=inf",
    "ratio=1e-400",
    "ratio=.5",
    "ratio=0.99999999999999999",
    "ratio=-0",
    "sort=ASC",
    "offset=18446744073709551615",
    "offset=18446744073709551616",
    "offset=-1",
    "next=http://0x7f.1/",
    "next=//example.com",
    "id=",
    "tag=",
    "tag=abcd",
    "tag[]=a",
    "tag[0]=a",
    "tag",
    "n=+1",
    "n=-0",
    "n=10",
    "n=",
    "page=",
    "page=10",
];

/// A query of the given pairs as a client may write it: in some order, with some of them written
/// again, and with some that are odd, of which `marker` is a part.
pub(crate) fn query<S>(pairs: S, marker: &str) -> impl Strategy<Value = Vec<u8>> + use<S>
where
    S: Strategy<Value = Vec<(&'static str, String)>>,
{
    let owned = marker.to_owned();
    let odd = prop_oneof![
        4 => Just(String::new()),
        3 => select(ODD).prop_map(str::to_owned),
        1 => select(ODD).prop_map(move |odd| odd.to_owned() + &owned),
    ];
    let spelled = pairs.prop_flat_map(|pairs| {
        let spellings = vec(any::<[u64; 2]>(), pairs.len());
        (Just(pairs), spellings).prop_map(|(pairs, spellings)| {
            let pair = |((name, value), [of_name, of_value]): ((&str, String), [u64; 2])| {
                // Most clients leave names as they are.
                let of_name = if of_name % 4 == 0 { of_name } else { 0 };
                format!(
                    "{}={}",
                    spelled(name, of_name, true),
                    spelled(&value, of_value, true)
                )
            };
            pairs
                .into_iter()
                .zip(spellings)
                .map(pair)
                .collect::<Vec<_>>()
        })
    });
    let shuffled = spelled.prop_shuffle();
    let again = prop_oneof![5 => Just(false), 1 => Just(true)];
    (shuffled, odd, again).prop_map(|(mut pairs, odd, again)| {
        if again {
            pairs.extend(pairs.first().cloned());
        }
        if !odd.is_empty() {
            pairs.push(odd);
        }
        pairs.join("&").into_bytes()
    })
}
