use super::{Halt, Sink, SyntaxError, number, open_string::OpenString, string};
use crate::text::{Marks, Text};

/// Reads one JSON document.
///
/// The state is explicit and small: what may come next, which containers are open, and the place of
/// the next byte. Nothing of the document is kept but the unescaped part of a string that has
/// escapes, so a document can be paused at any byte and cost its reader no more than that.
#[derive(Debug)]
pub(crate) struct Reader {
    bounds: Bounds,
    at: usize,
    /// Up to here the bytes are known to be UTF-8.
    checked: usize,
    expect: Expect,
    nesting: Nesting,
    string: OpenString,
}

/// How much of anything a document may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Containers inside of each other; at most [`Bounds::DEEPEST`].
    pub(crate) depth: u32,
    /// Bytes of a string or name, unescaped.
    pub(crate) string: usize,
    /// Characters of a number.
    pub(crate) number: usize,
}

impl Bounds {
    /// No bound on the depth can be higher. serde_json reads 127 levels.
    pub(crate) const DEEPEST: u32 = 128;
}

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// All bytes are read and the document goes on.
    More,
    /// The document is complete.
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Value,
    FirstItem,
    FirstName,
    Name,
    Colon,
    /// `,` or the end of the innermost container.
    Next,
    StringEnd,
    NameEnd,
    /// Only white space may follow.
    Nothing,
}

/// The kinds of the open containers, one bit each.
#[derive(Debug, Default)]
struct Nesting {
    objects: u128,
    depth: u32,
}

impl Reader {
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self {
            bounds: Bounds {
                depth: bounds.depth.min(Bounds::DEEPEST),
                ..bounds
            },
            at: 0,
            checked: 0,
            expect: Expect::Value,
            nesting: Nesting::default(),
            string: OpenString::default(),
        }
    }

    /// Reads on. `bytes` is the document as far as it has arrived, from its first byte; `last` says
    /// that there is no more of it.
    ///
    /// # Errors
    ///
    /// At the first byte that is wrong, or when `sink` stops. A reader that failed stays failed.
    pub(crate) fn read<S: Sink>(
        &mut self,
        bytes: &[u8],
        last: bool,
        sink: &mut S,
    ) -> Result<Progress, Halt> {
        // At once and not string by string, which is cheaper by far where much is not ASCII. What stands
        // before the first byte that is wrong is read all the same: it may be wrong even earlier.
        match simdutf8::compat::from_utf8(&bytes[self.checked..]) {
            Ok(_) => {
                self.checked = bytes.len();
                self.read_utf8(bytes, last, sink)
            }
            Err(error) => {
                self.checked += error.valid_up_to();
                let progress = self.read_utf8(&bytes[..self.checked], false, sink)?;
                // A character may be cut by the end of a piece, and by nothing else.
                if last || error.error_len().is_some() {
                    return Err(SyntaxError::NotUtf8.into());
                }
                Ok(progress)
            }
        }
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one state machine, an arm for each state"
    )]
    #[inline]
    fn read_utf8<S: Sink>(
        &mut self,
        bytes: &[u8],
        last: bool,
        sink: &mut S,
    ) -> Result<Progress, Halt> {
        let mut at = self.at;
        // Kept at hand: in `self` it would be written back at each token.
        let mut expect = self.expect;
        loop {
            if matches!(expect, Expect::StringEnd | Expect::NameEnd) {
                let longest = self.bounds.string;
                if !self.string.read(bytes, &mut at, longest, last)? {
                    return Ok(self.pause(at, expect));
                }
                let text = self.string.text(bytes, at);
                at += 1;
                if expect == Expect::NameEnd {
                    sink.name(text)?;
                    expect = behind_name(bytes, &mut at);
                } else {
                    sink.string(text)?;
                    sink.ended(at)?;
                    expect = self.nesting.behind_value(bytes, &mut at);
                }
                continue;
            }

            let Some(&byte) = skip_white_space(bytes, &mut at) else {
                self.pause(at, expect);
                return match expect {
                    Expect::Nothing if last => Ok(Progress::Done),
                    _ if last => Err(SyntaxError::Malformed.into()),
                    _ => Ok(Progress::More),
                };
            };
            match expect {
                Expect::FirstName | Expect::Name if byte == b'"' => {
                    let expected = sink
                        .expected()
                        .and_then(|expected| expected.find(bytes, at + 1));
                    if let Some(behind) = expected {
                        at = behind;
                        sink.expected_name()?;
                        expect = behind_name(bytes, &mut at);
                        continue;
                    }
                    match plain_string(bytes, at + 1, self.bounds.string)? {
                        Plain::Whole(text, behind) => {
                            sink.name(text)?;
                            at = behind;
                            expect = behind_name(bytes, &mut at);
                        }
                        Plain::Open(marks, behind) => {
                            self.string.open(at + 1, behind, marks);
                            at = behind;
                            expect = Expect::NameEnd;
                        }
                    }
                }
                Expect::FirstItem if byte == b']' => {
                    at += 1;
                    sink.end_array()?;
                    sink.ended(at)?;
                    expect = self.nesting.pop(bytes, &mut at);
                }
                Expect::Value | Expect::FirstItem => {
                    sink.begins(at);
                    match byte {
                        b'"' => match plain_string(bytes, at + 1, self.bounds.string)? {
                            Plain::Whole(text, behind) => {
                                sink.string(text)?;
                                at = behind;
                                sink.ended(at)?;
                                expect = self.nesting.behind_value(bytes, &mut at);
                            }
                            Plain::Open(marks, behind) => {
                                self.string.open(at + 1, behind, marks);
                                at = behind;
                                expect = Expect::StringEnd;
                            }
                        },
                        b'{' => {
                            at += 1;
                            self.nesting.push(true, self.bounds.depth)?;
                            sink.begin_object()?;
                            expect = Expect::FirstName;
                        }
                        b'[' => {
                            at += 1;
                            self.nesting.push(false, self.bounds.depth)?;
                            sink.begin_array()?;
                            expect = Expect::FirstItem;
                        }
                        b'-' | b'0'..=b'9' => {
                            match number::scan(bytes, at, last, self.bounds.number)? {
                                Some((end, number)) => {
                                    sink.number(number)?;
                                    at = end;
                                    sink.ended(at)?;
                                    expect = self.nesting.behind_value(bytes, &mut at);
                                }
                                None => return Ok(self.pause(at, expect)),
                            }
                        }
                        b't' | b'f' | b'n' => {
                            let word: &[u8] = match byte {
                                b't' => b"true",
                                b'f' => b"false",
                                _ => b"null",
                            };
                            let here = &bytes[at..bytes.len().min(at + word.len())];
                            if here.len() < word.len() && !last && word.starts_with(here) {
                                return Ok(self.pause(at, expect));
                            }
                            if here != word {
                                return Err(SyntaxError::Malformed.into());
                            }
                            match byte {
                                b'n' => sink.null()?,
                                _ => sink.boolean(byte == b't')?,
                            }
                            at += word.len();
                            sink.ended(at)?;
                            expect = self.nesting.behind_value(bytes, &mut at);
                        }
                        _ => return Err(SyntaxError::Malformed.into()),
                    }
                }
                Expect::FirstName if byte == b'}' => {
                    at += 1;
                    sink.end_object()?;
                    sink.ended(at)?;
                    expect = self.nesting.pop(bytes, &mut at);
                }
                Expect::Colon if byte == b':' => {
                    at += 1;
                    expect = Expect::Value;
                }
                Expect::Next => {
                    at += 1;
                    let object = self.nesting.in_object();
                    expect = match (byte, object) {
                        (b',', true) => Expect::Name,
                        (b',', false) => Expect::Value,
                        (b'}', true) => {
                            sink.end_object()?;
                            sink.ended(at)?;
                            self.nesting.pop(bytes, &mut at)
                        }
                        (b']', false) => {
                            sink.end_array()?;
                            sink.ended(at)?;
                            self.nesting.pop(bytes, &mut at)
                        }
                        _ => return Err(SyntaxError::Malformed.into()),
                    };
                }
                _ => return Err(SyntaxError::Malformed.into()),
            }
        }
    }

    fn pause(&mut self, at: usize, expect: Expect) -> Progress {
        self.at = at;
        self.expect = expect;
        Progress::More
    }
}

impl Nesting {
    fn push(&mut self, object: bool, deepest: u32) -> Result<(), SyntaxError> {
        if self.depth >= deepest {
            return Err(SyntaxError::TooDeep);
        }
        self.depth += 1;
        self.objects = (self.objects << 1) | u128::from(object);
        Ok(())
    }

    fn pop(&mut self, bytes: &[u8], at: &mut usize) -> Expect {
        self.depth -= 1;
        self.objects >>= 1;
        self.behind_value(bytes, at)
    }

    const fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    /// What comes behind a value. A comma stands there most often, and is taken at once.
    #[inline(always)]
    fn behind_value(&self, bytes: &[u8], at: &mut usize) -> Expect {
        if self.depth == 0 {
            Expect::Nothing
        } else if bytes.get(*at) == Some(&b',') {
            *at += 1;
            if self.in_object() {
                Expect::Name
            } else {
                Expect::Value
            }
        } else {
            Expect::Next
        }
    }
}

/// What comes behind a name. The colon stands there most often, and is taken at once.
#[inline(always)]
fn behind_name(bytes: &[u8], at: &mut usize) -> Expect {
    if bytes.get(*at) == Some(&b':') {
        *at += 1;
        Expect::Value
    } else {
        Expect::Colon
    }
}

enum Plain<'a> {
    /// A string without escapes, and the place behind its closing quote.
    Whole(Text<'a>, usize),
    /// The string goes on at this place.
    Open(Marks, usize),
}

#[inline(always)]
fn plain_string(bytes: &[u8], start: usize, longest: usize) -> Result<Plain<'_>, SyntaxError> {
    let mut marks = Marks::default();
    let end = string::plain_run(bytes, start, &mut marks);
    if bytes.get(end) != Some(&b'"') {
        return Ok(Plain::Open(marks, end));
    }
    let text = &bytes[start..end];
    if text.len() > longest {
        return Err(SyntaxError::StringTooLarge);
    }
    Ok(Plain::Whole(Text { bytes: text, marks }, end + 1))
}

#[inline(always)]
fn skip_white_space<'a>(bytes: &'a [u8], at: &mut usize) -> Option<&'a u8> {
    loop {
        match bytes.get(*at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => *at += 1,
            other => return other,
        }
    }
}
