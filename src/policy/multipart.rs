//! Judging a form that comes in parts: fields as those of any form, files by what is said of them.

use std::sync::Arc;

use super::parameters::{FORM, Fields, Tally};
use crate::{
    Code,
    input::{FieldsError, Part, read_parts},
    schema::{Parameter, is_file_name},
    text::Text,
    violations::{Violations, Wanted},
};

/// A declared form in parts.
#[derive(Debug)]
pub(super) struct Multipart {
    pub(super) fields: Fields,
    pub(super) files: Vec<FileRule>,
}

/// A declared file.
#[derive(Debug)]
pub(super) struct FileRule {
    pub(super) name: Arc<str>,
    pub(super) required: bool,
    pub(super) media_types: Vec<String>,
    pub(super) max_bytes: usize,
    pub(super) max_files: u32,
}

impl Multipart {
    /// Judges a body that `boundary` divides.
    pub(super) fn judge(
        &self,
        body: &[u8],
        boundary: &[u8],
        judge: Parameter<'_>,
        violations: &mut Violations,
    ) {
        let mut tally = Tally::new(&FORM, &self.fields, judge, violations);
        let mut counts = vec![0_u32; self.files.len()];
        let read = read_parts(body, boundary, tally.most(), |part| {
            let place = self.files.iter().position(|file| *file.name == *part.name);
            let Some(place) = place else {
                return tally.field(part.name, text(&part));
            };
            let file = &self.files[place];
            counts[place] = counts[place].saturating_add(1);
            let code = if counts[place] > file.max_files {
                Some(Code::FormRepeated)
            } else {
                file.check(&part, judge, &|_| true)
            };
            tally.file(&file.name, code, |wanted| file.check(&part, judge, wanted))
        });
        let missing = self.files.iter().zip(counts);
        let missing = missing.filter(|(file, count)| file.required && *count == 0);
        if !matches!(read, Err(FieldsError::Stopped)) {
            for (file, _) in missing {
                tally.missing(&file.name);
            }
        }
        tally.end_counted(read);
    }
}

/// The value of a field, where all readers make the same of it: no file, no mark of another
/// encoding, UTF-8, and announced as nothing but text.
fn text<'a>(part: &Part<'a>) -> Option<&'a str> {
    let is_text = part
        .media_type
        .is_none_or(|media_type| media_type.eq_ignore_ascii_case("text/plain"));
    if part.file_name.is_some() || !is_text || part.content.starts_with(BYTE_ORDER_MARK) {
        return None;
    }
    std::str::from_utf8(part.content).ok()
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl FileRule {
    /// The first thing that is wrong with a part that should be this file, and is wanted.
    fn check(&self, part: &Part<'_>, judge: Parameter<'_>, wanted: Wanted<'_>) -> Option<Code> {
        let text = |text| {
            let named = judge.addresses.judge_text(Text::new(text));
            let code = named.or_else(|| judge.check_text(Text::new(text)));
            code.filter(|code| wanted(*code))
        };
        let Some(name) = part.file_name else {
            // Without a name it is the text of a field.
            let content = || std::str::from_utf8(part.content).ok();
            let code = Some(Code::Type).filter(|code| wanted(*code));
            return code.or_else(|| text(content()?));
        };
        let declared = part.media_type.is_some_and(|announced| {
            let mut declared = self.media_types.iter();
            declared.any(|declared| declared.eq_ignore_ascii_case(announced))
        });
        let broken = [
            (!declared, Code::FileMediaType),
            (part.content.len() > self.max_bytes, Code::FileTooLarge),
        ];
        let mut broken = broken.into_iter().filter(|(broken, _)| *broken);
        broken
            .find_map(|(_, code)| Some(code).filter(|code| wanted(*code)))
            .or_else(|| {
                let named = judge.addresses.judge_text(Text::new(name));
                named.filter(|code| wanted(*code))
            })
            .or_else(|| {
                let code = (!is_file_name(name)).then_some(Code::FileName);
                code.filter(|code| wanted(*code))
            })
            .or_else(|| text(name))
    }
}
