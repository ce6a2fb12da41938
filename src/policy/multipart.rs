//! Judging a form that comes in parts: fields as those of any form, files by what is said of them.

use std::sync::Arc;

use super::parameters::{FORM, Fields, Tally};
use crate::{
    Code,
    input::{FieldsError, Part, read_parts},
    schema::{Parameter, is_file_name},
    text::Text,
    violations::Violations,
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
        let read = read_parts(body, boundary, judge.limits.parameters, |part| {
            let place = self.files.iter().position(|file| *file.name == *part.name);
            let Some(place) = place else {
                return tally.field(part.name, text(&part));
            };
            let file = &self.files[place];
            counts[place] = counts[place].saturating_add(1);
            let code = if counts[place] > file.max_files {
                Some(Code::FormRepeated)
            } else {
                file.check(&part, judge)
            };
            tally.file(&file.name, code)
        });
        let missing = self.files.iter().zip(counts);
        let missing = missing.filter(|(file, count)| file.required && *count == 0);
        if !matches!(read, Err(FieldsError::Stopped)) {
            for (file, _) in missing {
                tally.file(&file.name, Some(Code::Required));
            }
        }
        tally.end(read);
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
    fn check(&self, part: &Part<'_>, judge: Parameter<'_>) -> Option<Code> {
        let Some(name) = part.file_name else {
            return Some(Code::Type);
        };
        let declared = part.media_type.is_some_and(|announced| {
            let mut declared = self.media_types.iter();
            declared.any(|declared| declared.eq_ignore_ascii_case(announced))
        });
        if !declared {
            return Some(Code::FileMediaType);
        }
        if part.content.len() > self.max_bytes {
            return Some(Code::FileTooLarge);
        }
        let name_of_host = judge.addresses.judge_text(Text::new(name));
        if name_of_host.is_none() && !is_file_name(name) {
            return Some(Code::FileName);
        }
        name_of_host.or_else(|| judge.check_text(Text::new(name)))
    }
}
