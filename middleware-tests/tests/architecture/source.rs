//! The modules of the library, and the paths that stand in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, File, Item, UseTree,
    visit::{self, Visit},
};

/// A file of the library.
pub(crate) struct Module {
    /// Below `src`, without extension.
    pub(crate) path: String,
    pub(crate) lines: usize,
    /// The modules of the first level that it names.
    pub(crate) knows: BTreeSet<String>,
    /// The first segments of all its paths.
    pub(crate) names: BTreeSet<String>,
}

impl Module {
    /// The module of the first level that it is in.
    pub(crate) fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or(&self.path)
    }
}

/// Every module but the root.
pub(crate) fn modules() -> Vec<Module> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let exports = exports(&parse(&src.join("lib.rs")).1);
    let mut files = Vec::new();
    walk(&src, &mut files);
    let modules: Vec<Module> = files
        .iter()
        .filter(|file| !file.ends_with("lib.rs") && !file.ends_with("tests.rs"))
        .map(|file| {
            let (text, parsed) = parse(file);
            let mut paths = Paths::default();
            paths.visit_file(&parsed);
            let inside = file.strip_prefix(&src).expect("it was found there");
            Module {
                path: inside
                    .with_extension("")
                    .to_string_lossy()
                    .replace('\\', "/"),
                lines: text.lines().count(),
                knows: paths
                    .of_crate
                    .iter()
                    .map(|name| exports.get(name).unwrap_or(name).clone())
                    // An item of the root itself.
                    .filter(|name| name != "BoxError")
                    .collect(),
                names: paths.first,
            }
        })
        .collect();
    assert!(modules.len() > 50, "the source was not found");
    modules
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("the source is there") {
        let path = entry.expect("a readable directory").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn parse(file: &Path) -> (String, File) {
    let text = fs::read_to_string(file).expect("readable source");
    let parsed =
        syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    (text, parsed)
}

/// Which module each name comes from that the root exports.
fn exports(root: &File) -> BTreeMap<String, String> {
    let mut exports = BTreeMap::new();
    for item in &root.items {
        let Item::Use(item) = item else { continue };
        let mut paths = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut paths);
        for path in paths {
            if let [first, module, .., name] = &path[..]
                && first == "crate"
            {
                exports.insert(name.clone(), module.clone());
            }
        }
    }
    assert!(
        exports.contains_key("HardenLayer"),
        "the root exports nothing"
    );
    exports
}

/// The paths of a `use`.
fn flatten(tree: &UseTree, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, paths);
            before.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, before, paths);
            }
        }
        UseTree::Name(name) => paths.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        UseTree::Rename(name) => {
            paths.push([before.as_slice(), &[name.ident.to_string()]].concat());
        }
        UseTree::Glob(_) => paths.push([before.as_slice(), &["*".to_owned()]].concat()),
    }
}

/// Collects paths, but not those of tests.
#[derive(Default)]
struct Paths {
    of_crate: BTreeSet<String>,
    first: BTreeSet<String>,
}

impl Paths {
    fn add(&mut self, path: &[String]) {
        let Some(first) = path.first() else { return };
        self.first.insert(first.clone());
        if first == "crate"
            && let Some(module) = path.get(1)
        {
            self.of_crate.insert(module.clone());
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes(item).iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut paths = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut paths);
        for path in paths {
            self.add(&path);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.add(&segments);
        visit::visit_path(self, path);
    }

    /// What stands in a macro is read as a list of words.
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let text = item.tokens.to_string().replace(' ', "");
        for (at, _) in text.match_indices("crate::") {
            let rest = &text[at + "crate::".len()..];
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            self.of_crate.insert(rest[..end].to_owned());
        }
        visit::visit_macro(self, item);
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_of_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Path>()
            .is_ok_and(|condition| condition.is_ident("test"))
}
