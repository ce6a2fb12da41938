//! A name server that changes its mind: as much of RFC 1035 as a resolver asks of it.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex},
};

use tokio::net::UdpSocket;

const A: u16 = 1;
const AAAA: u16 = 28;

/// The bytes of the header that stands before the question (§4.1.1).
const HEADER: usize = 12;

/// What names below a domain lead to.
pub(crate) enum Zone {
    /// To one address after the other, and then to the last.
    InTurn(Vec<Ipv4Addr>),
    /// To all of these at once.
    AtOnce(Vec<Ipv4Addr>),
    /// To an IPv6 address alone.
    V6(Ipv6Addr),
}

/// The zones, and how often the address of each name was asked for.
pub(crate) struct NameServer {
    zones: Vec<(&'static str, Zone)>,
    asked: Mutex<HashMap<String, usize>>,
}

impl NameServer {
    /// Answers on an address from now on.
    pub(crate) async fn on(address: &str, zones: Vec<(&'static str, Zone)>) -> Arc<Self> {
        let socket = UdpSocket::bind(address).await.expect("a free port");
        let server = Arc::new(Self {
            zones,
            asked: Mutex::default(),
        });
        let of = server.clone();
        tokio::spawn(async move {
            let mut asked = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut asked).await {
                if let Some(answer) = of.answer(&asked[..length]) {
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        server
    }

    /// How often the IPv4 address of a name was asked for.
    pub(crate) fn asked(&self, name: &str) -> usize {
        let asked = self.asked.lock().expect("no panic");
        asked.get(name).copied().unwrap_or(0)
    }

    /// The answer to a message, where it is a question.
    fn answer(&self, message: &[u8]) -> Option<Vec<u8>> {
        let (name, kind, end) = question(message)?;
        let records = self.records(&name, kind);
        let mut answer = message[..2].to_vec();
        // An answer, with authority, with recursion where it was desired (§4.1.1).
        answer.extend([
            0x85,
            0x80,
            0,
            1,
            0,
            u8::try_from(records.len()).ok()?,
            0,
            0,
            0,
            0,
        ]);
        answer.extend(&message[HEADER..end]);
        for record in records {
            // The name of the question, the class IN, and no time to live (§4.1.3, §4.1.4).
            answer.extend([0xc0, u8::try_from(HEADER).ok()?]);
            answer.extend(kind.to_be_bytes());
            answer.extend([0, 1, 0, 0, 0, 0, 0, u8::try_from(record.len()).ok()?]);
            answer.extend(record);
        }
        Some(answer)
    }

    fn records(&self, name: &str, kind: u16) -> Vec<Vec<u8>> {
        let mut zones = self.zones.iter();
        let zone = zones.find(|(domain, _)| name.ends_with(domain));
        let v4 = |address: &Ipv4Addr| address.octets().to_vec();
        match (zone, kind) {
            (Some((_, Zone::InTurn(addresses))), A) => {
                let before = self.count(name).min(addresses.len() - 1);
                vec![v4(&addresses[before])]
            }
            (Some((_, Zone::AtOnce(addresses))), A) => {
                self.count(name);
                addresses.iter().map(v4).collect()
            }
            (Some((_, Zone::V6(address))), AAAA) => vec![address.octets().to_vec()],
            _ => Vec::new(),
        }
    }

    /// How often a name was asked for before.
    fn count(&self, name: &str) -> usize {
        let mut asked = self.asked.lock().expect("no panic");
        let count = asked.entry(name.to_owned()).or_default();
        *count += 1;
        *count - 1
    }
}

/// The name and type that are asked for, and where the question ends (§4.1.2).
fn question(message: &[u8]) -> Option<(String, u16, usize)> {
    let mut labels = Vec::new();
    let mut place = HEADER;
    loop {
        let length = usize::from(*message.get(place)?);
        place += 1;
        if length == 0 {
            break;
        }
        let label = message.get(place..place + length)?;
        labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
        place += length;
    }
    let [high, low, _, _] = message.get(place..place + 4)?.try_into().ok()?;
    Some((labels.join("."), u16::from_be_bytes([high, low]), place + 4))
}
