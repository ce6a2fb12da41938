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

    /// As much as any document may have.
    pub(crate) const WIDEST: Self = Self {
        depth: Self::DEEPEST,
        string: usize::MAX,
        number: usize::MAX,
    };
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
        // Kept at hand: in `self` they would be written back at each token.
        let (mut at, mut expect) = (self.at, self.expect);
        if matches!(expect, Expect::StringEnd | Expect::NameEnd) {
            match self.open_string(bytes, &mut at, expect, last, sink)? {
                Some(next) => expect = next,
                None => return Ok(self.pause(at, expect)),
            }
        }
        loop {
            let Some(mut byte) = skip_white_space(bytes, &mut at) else {
                return self.end(at, expect, last);
            };
            match expect {
                Expect::Value => {}
                Expect::FirstName | Expect::Name if byte == b'"' => {
                    let window = bytes.get(at + 1..).and_then(<[u8]>::first_chunk);
                    if let Some(taken) = window.and_then(|window| sink.expected(window)) {
                        at += 1 + taken;
                    } else {
                        match self.plain_string(bytes, at + 1)? {
                            Plain::Whole(text, behind) => {
                                sink.name(text)?;
                                at = behind;
                            }
                            Plain::Open(behind) => {
                                at = behind;
                                expect = Expect::NameEnd;
                                match self.open_string(bytes, &mut at, expect, last, sink)? {
                                    Some(next) => expect = next,
                                    None => return Ok(self.pause(at, expect)),
                                }
                                continue;
                            }
                        }
                        if bytes.get(at) != Some(&b':') {
                            expect = Expect::Colon;
                            continue;
                        }
                        at += 1;
                    }
                    // The value stands there most often, and is taken at once.
                    expect = Expect::Value;
                    match skip_white_space(bytes, &mut at) {
                        Some(next) => byte = next,
                        None => return self.end(at, expect, last),
                    }
                }
                Expect::FirstItem if byte != b']' => {}
                _ => {
                    at += 1;
                    expect = self.punctuation(byte, expect, bytes, &mut at, sink)?;
                    continue;
                }
            }

            sink.begins(at);
            match byte {
                b'"' => match self.plain_string(bytes, at + 1)? {
                    Plain::Whole(text, behind) => {
                        sink.string(text)?;
                        at = behind;
                    }
                    Plain::Open(behind) => {
                        at = behind;
                        expect = Expect::StringEnd;
                        match self.open_string(bytes, &mut at, expect, last, sink)? {
                            Some(next) => expect = next,
                            None => return Ok(self.pause(at, expect)),
                        }
                        continue;
                    }
                },
                b'-' | b'0'..=b'9' => match number::scan(bytes, at, last, self.bounds.number)? {
                    Some((end, number)) => {
                        sink.number(number)?;
                        at = end;
                    }
                    None => return Ok(self.pause(at, expect)),
                },
                b'{' => {
                    at += 1;
                    self.nesting.push(true, self.bounds.depth)?;
                    sink.begin_object()?;
                    expect = Expect::FirstName;
                    continue;
                }
                b'[' => {
                    at += 1;
                    self.nesting.push(false, self.bounds.depth)?;
                    sink.begin_array()?;
                    expect = Expect::FirstItem;
                    continue;
                }
                b't' | b'f' | b'n' => {
                    let Some(length) = word(&bytes[at..], last)? else {
                        return Ok(self.pause(at, expect));
                    };
                    match byte {
                        b'n' => sink.null()?,
                        _ => sink.boolean(byte == b't')?,
                    }
                    at += length;
                }
                _ => return Err(SyntaxError::Malformed.into()),
            }
            sink.ended(at)?;
            expect = self.nesting.behind_value(bytes, &mut at);
        }
    }

    /// Reads the string that begins at `start`, if it ends in one run.
    #[inline(always)]
    fn plain_string<'a>(
        &mut self,
        bytes: &'a [u8],
        start: usize,
    ) -> Result<Plain<'a>, SyntaxError> {
        let mut marks = Marks::default();
        let end = string::plain_run(bytes, start, &mut marks);
        if bytes.get(end) != Some(&b'"') {
            self.string.open(start, end, marks);
            return Ok(Plain::Open(end));
        }
        let text = &bytes[start..end];
        if text.len() > self.bounds.string {
            return Err(SyntaxError::StringTooLarge);
        }
        Ok(Plain::Whole(Text { bytes: text, marks }, end + 1))
    }

    /// Reads on in an open string. `None` where it is open still.
    #[cold]
    fn open_string<S: Sink>(
        &mut self,
        bytes: &[u8],
        at: &mut usize,
        expect: Expect,
        last: bool,
        sink: &mut S,
    ) -> Result<Option<Expect>, Halt> {
        if !self.string.read(bytes, at, self.bounds.string, last)? {
            return Ok(None);
        }
        let text = self.string.text(bytes, *at);
        *at += 1;
        if expect == Expect::NameEnd {
            sink.name(text)?;
            return Ok(Some(Expect::Colon));
        }
        sink.string(text)?;
        sink.ended(*at)?;
        Ok(Some(self.nesting.behind_value(bytes, at)))
    }

    /// Reads what stands between values.
    fn punctuation<S: Sink>(
        &mut self,
        byte: u8,
        expect: Expect,
        bytes: &[u8],
        at: &mut usize,
        sink: &mut S,
    ) -> Result<Expect, Halt> {
        match (expect, byte, self.nesting.in_object()) {
            (Expect::Colon, b':', _) => return Ok(Expect::Value),
            (Expect::Next, b',', true) => return Ok(Expect::Name),
            (Expect::Next, b',', false) => return Ok(Expect::Value),
            (Expect::Next | Expect::FirstName, b'}', true) => sink.end_object()?,
            (Expect::Next | Expect::FirstItem, b']', false) => sink.end_array()?,
            _ => return Err(SyntaxError::Malformed.into()),
        }
        sink.ended(*at)?;
        Ok(self.nesting.pop(bytes, at))
    }

    fn pause(&mut self, at: usize, expect: Expect) -> Progress {
        self.at = at;
        self.expect = expect;
        Progress::More
    }

    /// The bytes end here, and no value stands open.
    fn end(&mut self, at: usize, expect: Expect, last: bool) -> Result<Progress, Halt> {
        match expect {
            Expect::Nothing if last => Ok(Progress::Done),
            _ if last => Err(SyntaxError::Malformed.into()),
            _ => Ok(self.pause(at, expect)),
        }
    }
}

/// The length of the word at the start of `bytes`. `None` where it may go on behind their end.
fn word(bytes: &[u8], last: bool) -> Result<Option<usize>, SyntaxError> {
    match bytes {
        [b't', b'r', b'u', b'e', ..] | [b'n', b'u', b'l', b'l', ..] => Ok(Some(4)),
        [b'f', b'a', b'l', b's', b'e', ..] => Ok(Some(5)),
        _ => {
            let words: [&[u8]; 3] = [b"true", b"false", b"null"];
            let goes_on = !last && words.iter().any(|word| word.starts_with(bytes));
            if goes_on {
                Ok(None)
            } else {
                Err(SyntaxError::Malformed)
            }
        }
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

enum Plain<'a> {
    /// A string without escapes, and the place behind its closing quote.
    Whole(Text<'a>, usize),
    /// The string goes on at this place.
    Open(usize),
}

#[inline(always)]
fn skip_white_space(bytes: &[u8], at: &mut usize) -> Option<u8> {
    match bytes.get(*at) {
        Some(byte) if *byte > b' ' => Some(*byte),
        _ => skip_more(bytes, at),
    }
}

#[cold]
fn skip_more(bytes: &[u8], at: &mut usize) -> Option<u8> {
    let rest = bytes.get(*at..)?;
    let space = rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
        .count();
    *at += space;
    rest.get(space).copied()
}
