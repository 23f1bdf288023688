//! What a file names, as the compiler would read it: comments, texts and tests are no code, macros and attributes are.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, Type, UseTree, Visibility};

/// A path as it is written, each segment a text.
pub(crate) type Written = Vec<String>;

#[derive(Default)]
pub(crate) struct Found {
    /// Every path, from the root of the crate where it begins with `crate`, `self` or `super`.
    pub(crate) names: Vec<Name>,
    /// What is imported: its name here, and its path from the root of the crate.
    pub(crate) imports: BTreeMap<String, Written>,
    pub(crate) impls: Vec<Impl>,
    /// The types and traits that it defines.
    pub(crate) defined: Vec<String>,
    /// The modules that stand in files of their own.
    pub(crate) declared: Vec<Declared>,
    /// What is read in by `include!`.
    pub(crate) included: Vec<String>,
}

impl Found {
    /// Returns whether a name is of the file itself: no module below it, and nothing that it hands on.
    pub(crate) fn defines(&self, name: &str) -> bool {
        let is_below = self.declared.iter().any(|declared| declared.name == name);
        let is_handed_on =
            |other: &Name| other.is_handed_on && other.path.last().is_some_and(|last| last == name);
        let is_imported = self.imports.contains_key(name) || self.names.iter().any(is_handed_on);
        !is_below && !is_imported
    }
}

pub(crate) struct Name {
    pub(crate) path: Written,
    /// Whether it begins at the root of the crate.
    pub(crate) is_of_the_house: bool,
    /// Whether it is handed on by a `pub use`.
    pub(crate) is_handed_on: bool,
}

pub(crate) struct Impl {
    pub(crate) of: Option<Written>,
    pub(crate) to: Written,
}

pub(crate) struct Declared {
    pub(crate) name: String,
    pub(crate) borrowed: Option<String>,
}

/// Returns what a file names that is a module of a path.
pub(crate) fn found(syntax: &syn::File, module: &[String]) -> Found {
    let mut reader = Reader {
        found: Found::default(),
        module: module.to_vec(),
    };
    reader.visit_file(syntax);
    reader.found
}

/// Returns a path from the root of the crate, if it is written as one of the house.
pub(crate) fn absolute(module: &[String], written: &[String]) -> Option<Written> {
    let mut written = written;
    if let [all @ .., last] = written
        && last == "self"
        && !all.is_empty()
    {
        written = all;
    }
    let supers = written.iter().take_while(|part| *part == "super").count();
    let (base, rest) = match written.first()?.as_str() {
        "crate" => (&module[..0], &written[1..]),
        "self" if written.get(1).is_some_and(|part| part == "super") => {
            return absolute(module, &written[1..]);
        }
        "self" => (module, &written[1..]),
        "super" => (
            &module[..module.len().saturating_sub(supers)],
            &written[supers..],
        ),
        _ => return None,
    };
    Some([base, rest].concat())
}

struct Reader {
    found: Found,
    /// The file, and the modules in it that are being read.
    module: Vec<String>,
}

impl Reader {
    fn name(&mut self, written: Written, is_handed_on: bool) {
        let absolute = absolute(&self.module, &written);
        self.found.names.push(Name {
            is_of_the_house: absolute.is_some(),
            path: absolute.unwrap_or(written),
            is_handed_on,
        });
    }

    /// Takes the paths of a `use`, each as a whole.
    fn take_use(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        let (path, called) = match tree {
            UseTree::Path(path) => {
                return self.take_use(&path.tree, &with(&path.ident), is_public);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.take_use(tree, before, is_public);
                }
                return;
            }
            UseTree::Name(name) => (with(&name.ident), name.ident.to_string()),
            UseTree::Rename(name) => (with(&name.ident), name.rename.to_string()),
            UseTree::Glob(_) => ([before, &["*".to_owned()]].concat(), String::new()),
        };
        if let Some(absolute) = absolute(&self.module, &path) {
            self.found.imports.insert(called, absolute);
        }
        self.name(path, is_public);
    }

    /// Takes the paths in the tokens of a macro, and the groups of its `use` lines.
    fn take_tokens(&mut self, tokens: TokenStream) {
        for path in paths(tokens) {
            self.name(path, false);
        }
    }

    /// Takes what a macro defines, and what it implements; what a variable of it stands for is not known.
    fn take_items(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, tree) in trees.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &trees[before]);
            match (tree, trees.get(at + 1)) {
                (TokenTree::Group(group), _) => self.take_items(group.stream()),
                (TokenTree::Ident(word), _) if word == "impl" && ends_an_item(before) => {
                    if let Some(item) = item_of_impl(&trees[at..]) {
                        self.take_impl(&item);
                    }
                }
                (TokenTree::Ident(word), Some(TokenTree::Ident(name)))
                    if ["struct", "enum", "type", "trait"]
                        .iter()
                        .any(|of| word == of) =>
                {
                    self.define(name);
                }
                _ => {}
            }
        }
    }

    fn take_impl(&mut self, item: &syn::ItemImpl) {
        if let Some(to) = type_path(&item.self_ty) {
            let of = item.trait_.as_ref().map(|(path, ..)| written(path));
            self.found.impls.push(Impl { of, to });
        }
    }

    fn define(&mut self, name: &syn::Ident) {
        self.found.defined.push(name.to_string());
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(is_for_tests) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        if item.content.is_none() {
            let borrowed = item.attrs.iter().find_map(path_attribute);
            self.found.declared.push(Declared { name, borrowed });
            return;
        }
        self.module.push(name);
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_public = !matches!(item.vis, Visibility::Inherited);
        self.take_use(&item.tree, &[], is_public);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(written(path), false);
        visit::visit_path(self, path);
    }

    /// `pub(in crate::room)` names whom it is shown to.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if called.path.is_ident("include") {
            self.found.included.push(called.tokens.to_string());
        }
        self.take_tokens(called.tokens.clone());
        self.take_items(called.tokens.clone());
        visit::visit_macro(self, called);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.take_tokens(list.tokens.clone());
        // serde takes paths as texts.
        for text in texts(list.tokens.clone()) {
            if text.starts_with("crate::") || text.starts_with("super::") {
                self.take_tokens(text.parse().unwrap_or_default());
            }
        }
        visit::visit_meta_list(self, list);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.take_impl(item);
        visit::visit_item_impl(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.define(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.define(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.define(&item.ident);
        visit::visit_item_type(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.define(&item.ident);
        visit::visit_item_trait(self, item);
    }
}

fn written(path: &syn::Path) -> Written {
    let segments = path.segments.iter();
    segments.map(|segment| segment.ident.to_string()).collect()
}

/// Returns the path of a type, or of the trait behind `dyn`, whatever refers to it.
fn type_path(of: &Type) -> Option<Written> {
    match of {
        Type::Path(path) => Some(written(&path.path)),
        Type::Reference(of) => type_path(&of.elem),
        Type::Slice(of) => type_path(&of.elem),
        Type::Array(of) => type_path(&of.elem),
        Type::Paren(of) => type_path(&of.elem),
        Type::TraitObject(of) => of.bounds.iter().find_map(|bound| match bound {
            syn::TypeParamBound::Trait(bound) => Some(written(&bound.path)),
            _ => None,
        }),
        _ => None,
    }
}

/// Returns whether an item is compiled for tests alone.
fn is_for_tests(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else {
        return false;
    };
    let tokens = list.tokens.to_string();
    list.path.is_ident("cfg") && (tokens == "test" || tokens.starts_with("all (test"))
}

fn path_attribute(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(value) => match &value.lit {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Returns every path in some tokens.
fn paths(tokens: TokenStream) -> Vec<Written> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut paths = Vec::new();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        at += 1;
        let mut path = match tree {
            // `pub(crate)` names whom it is shown to.
            TokenTree::Ident(word) if word == "pub" => {
                at += usize::from(trees.get(at).is_some_and(is_scope));
                continue;
            }
            TokenTree::Ident(name) => vec![name.to_string()],
            TokenTree::Group(group) => {
                paths.extend(self::paths(group.stream()));
                continue;
            }
            _ => continue,
        };
        while is_colons(&trees[at..]) {
            match trees.get(at + 2) {
                Some(TokenTree::Ident(name)) => path.push(name.to_string()),
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => path.push("*".into()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let below = self::paths(group.stream());
                    paths.extend(below.iter().map(|below| [&path[..], below].concat()));
                    path.clear();
                }
                _ => break,
            }
            at += 3;
        }
        if !path.is_empty() {
            paths.push(path);
        }
    }
    paths
}

/// Returns whether a group behind `pub` says who sees it, and is no type.
fn is_scope(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else {
        return false;
    };
    let words: Vec<String> = group
        .stream()
        .into_iter()
        .map(|tree| tree.to_string())
        .collect();
    match &words[..] {
        [word] => ["crate", "self", "super"].contains(&word.as_str()),
        [word, ..] => word == "in",
        [] => false,
    }
}

/// Returns whether an item may begin behind it: the end of another, an attribute, or nothing.
fn ends_an_item(before: Option<&TokenTree>) -> bool {
    match before {
        None => true,
        Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Parenthesis,
        Some(TokenTree::Punct(sign)) => sign.as_char() == ';',
        Some(tree) => tree.to_string() == "unsafe",
    }
}

/// Returns the impl with which some tokens begin, without its body; variables of a macro are read as names.
fn item_of_impl(trees: &[TokenTree]) -> Option<syn::ItemImpl> {
    let is_body = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let end = trees.iter().position(is_body)?;
    let head = trees[..end].iter().filter(|tree| tree.to_string() != "$");
    let body = TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new()));
    syn::parse2(head.cloned().chain([body]).collect()).ok()
}

fn is_colons(trees: &[TokenTree]) -> bool {
    let is_colon =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(colon) if colon.as_char() == ':');
    trees.len() > 1 && trees[..2].iter().all(is_colon)
}

/// Returns the texts in some tokens.
fn texts(tokens: TokenStream) -> Vec<String> {
    let text = |tree: TokenTree| match tree {
        TokenTree::Literal(literal) => vec![literal.to_string().trim_matches('"').to_owned()],
        TokenTree::Group(group) => texts(group.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(text).collect()
}
