//! Whether a policy accepts nothing that another one refuses.
//!
//! The other one, the base, is gone through rule by rule. A rule that cannot be shown to refuse all that
//! the base refuses is told.

use http::Method;

use super::{
    Loosened, Loosening,
    surface::{self, Field, UNJUDGED, What},
    walk::POLICY,
};
use crate::{
    AddressPolicy, Mode, RuleClass,
    fact::{Effect, Fact},
    policy::{Compiled, Endpoint, Lookup, multipart::FileRule},
    schema::{Narrowing, Wider},
};

/// What `own` may accept that `base` refuses.
pub(crate) fn loosenings(base: &Compiled, own: &Compiled) -> Vec<Loosened> {
    let mut comparison = Comparison {
        own,
        narrowing: Narrowing::new(&base.program, &own.program, &base.addresses),
        found: Vec::new(),
    };
    comparison.addresses(&base.addresses, &own.addresses);
    comparison.host_headers(base);
    comparison.fallback(&base.fallback, &own.fallback);
    for (pattern, method, endpoint) in own.routes.iter() {
        let name = format!("{method} {pattern}");
        let Lookup::Found(of_base) = base.routes.find(Some(pattern), method) else {
            comparison.routes(&name);
            // Where the base lets policies have routes of their own, it still says how.
            comparison.mode(&name, &base.fallback, endpoint);
            comparison.limits(&name, &base.fallback, endpoint);
            continue;
        };
        comparison.endpoint(&name, of_base, endpoint);
        // What answers GET answers HEAD too, for which the base may have another schema.
        if *method == Method::GET
            && let Lookup::Found(answers) = own.routes.find(Some(pattern), &Method::HEAD)
            && std::ptr::eq(&raw const **answers, &raw const **endpoint)
            && let Lookup::Found(head) = base.routes.find(Some(pattern), &Method::HEAD)
            && !std::ptr::eq(&raw const **head, &raw const **of_base)
        {
            comparison.endpoint(&format!("HEAD {pattern}"), head, endpoint);
        }
    }
    comparison
        .found
        .sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
    comparison.found
}

struct Comparison<'a> {
    own: &'a Compiled,
    narrowing: Narrowing<'a>,
    found: Vec<Loosened>,
}

impl Comparison<'_> {
    fn tell(
        &mut self,
        kind: Loosening,
        place: impl Into<String>,
        rule: &'static str,
        (base, own): (Option<String>, Option<String>),
    ) {
        self.found.push(Loosened {
            kind,
            place: place.into(),
            rule,
            base,
            own,
        });
    }

    fn addresses(&mut self, base: &AddressPolicy, own: &AddressPolicy) {
        for rule in own.looser_than(base) {
            let kind = Loosening::named(&format!("addresses.{rule}"));
            let values = (address_fact(base, rule), address_fact(own, rule));
            self.tell(
                kind.unwrap_or(Loosening::Schemas),
                "addresses",
                rule,
                values,
            );
        }
    }

    fn host_headers(&mut self, base: &Compiled) {
        let all = self.own.host_headers.0.as_slice();
        for (header, addresses) in &base.host_headers.0 {
            let place = format!("host_headers: header {}", header.header());
            let own = all.iter().find(|(own, _)| own == header);
            let Some((_, own)) = own else {
                self.tell(
                    Loosening::HostHeaders,
                    place,
                    "judged",
                    (Some("yes".into()), None),
                );
                continue;
            };
            for rule in own.looser_than(addresses) {
                let values = (address_fact(addresses, rule), address_fact(own, rule));
                self.tell(Loosening::HostHeaders, place.clone(), rule, values);
            }
        }
    }

    /// Compares what holds for requests of no route.
    fn fallback(&mut self, base: &Endpoint, own: &Endpoint) {
        self.mode(POLICY, base, own);
        // Nothing passes its limits where nothing passes.
        if own.modes.of(RuleClass::Route) != Mode::Enforce {
            self.limits(POLICY, base, own);
        }
    }

    fn routes(&mut self, name: &str) {
        let values = (None, Some("yes".to_owned()));
        self.tell(Loosening::Routes, name, "declared", values);
    }

    fn endpoint(&mut self, name: &str, base: &Endpoint, own: &Endpoint) {
        self.mode(name, base, own);
        self.limits(name, base, own);
        let (bodies, own_bodies) = (surface::bodies(base), surface::bodies(own));
        if !own_bodies.is_subset(&bodies) {
            let told = |bodies| Some(Fact::Opened(bodies).to_string());
            self.tell(
                Loosening::Schemas,
                name,
                "bodies",
                (told(bodies), told(own_bodies.clone())),
            );
        }
        let (fields, own_fields) = (surface::fields(base), surface::fields(own));
        let find = |fields: &[Field<'_>], field: &Field<'_>| {
            let key = (field.part, field.name);
            let found = fields.binary_search_by(|other| (other.part, other.name).cmp(&key));
            found.ok()
        };
        for field in &own_fields {
            let unjudged = UNJUDGED.contains(&field.part);
            match find(&fields, field) {
                Some(at) => self.field(field.place(name), &fields[at], field),
                // The base refuses the body that it would stand in.
                None if unjudged || !is_taken(field, base) => {}
                None => {
                    let values = (None, Some("yes".into()));
                    self.tell(Loosening::Schemas, field.place(name), "declared", values);
                }
            }
        }
        for field in &fields {
            let unjudged = UNJUDGED.contains(&field.part);
            if find(&own_fields, field).is_some() || !is_taken(field, own) {
                continue;
            }
            if unjudged || field.required {
                let rule = if field.required {
                    "required"
                } else {
                    "declared"
                };
                let values = (Some("yes".into()), None);
                self.tell(Loosening::Schemas, field.place(name), rule, values);
            }
        }
    }

    fn field(&mut self, place: String, base: &Field<'_>, own: &Field<'_>) {
        if base.required && !own.required {
            let values = (Some("yes".into()), None);
            self.tell(Loosening::Schemas, place.clone(), "required", values);
        }
        let wider = match (base.what, own.what) {
            (What::Schema(base), What::Schema(schema)) if own.part == surface::BODY => {
                self.narrowing.compare(base, schema)
            }
            (What::Schema(base), What::Schema(own)) => self.narrowing.compare_parameter(base, own),
            (What::File(base), What::File(own)) => self.file(&place, base, own),
            _ => {
                let values = (None, None);
                return self.tell(Loosening::Schemas, place, "type", values);
            }
        };
        for Wider {
            place: step,
            rule,
            base,
            own,
        } in wider
        {
            self.tell(
                Loosening::Schemas,
                format!("{place}{step}"),
                rule,
                (base, own),
            );
        }
    }

    fn file(&mut self, place: &str, base: &FileRule, own: &FileRule) -> Vec<Wider> {
        for (rule, before, after) in both(
            |tell| surface::file(base, tell),
            |tell| surface::file(own, tell),
        ) {
            if may_be_looser(before.as_ref(), after.as_ref()) {
                self.tell(Loosening::Schemas, place, rule, told(before, after));
            }
        }
        Vec::new()
    }

    fn mode(&mut self, place: &str, base: &Endpoint, own: &Endpoint) {
        let (base, own) = (base.modes.fact(), own.modes.fact());
        if may_be_looser(Some(&base), Some(&own)) {
            self.tell(Loosening::Mode, place, "mode", told(Some(base), Some(own)));
        }
    }

    fn limits(&mut self, place: &str, base: &Endpoint, own: &Endpoint) {
        for ((rule, before), (_, after)) in base.limits.facts().into_iter().zip(own.limits.facts())
        {
            // How many violations are looked for is no such kind: one is enough to refuse.
            if let Some(kind) = Loosening::named(rule)
                && may_be_looser(Some(&before), Some(&after))
            {
                self.tell(kind, place, rule, told(Some(before), Some(after)));
            }
        }
    }
}

/// Whether an endpoint takes the kind of body that a field stands in.
fn is_taken(field: &Field<'_>, endpoint: &Endpoint) -> bool {
    let bodies = endpoint.bodies();
    match field.part {
        surface::BODY => bodies.json,
        surface::FORM => bodies.form,
        surface::MULTIPART => bodies.multipart,
        _ => true,
    }
}

/// Whether more may pass by a rule.
fn may_be_looser(base: Option<&Fact>, own: Option<&Fact>) -> bool {
    !matches!(Fact::effect(base, own), None | Some(Effect::Tighter))
}

fn told(base: Option<Fact>, own: Option<Fact>) -> (Option<String>, Option<String>) {
    let text = |fact: Option<Fact>| fact.map(|fact| fact.to_string());
    (text(base), text(own))
}

type Teller<'a> = &'a mut dyn FnMut(&'static str, Fact);

/// The values of each rule in two places.
fn both(
    base: impl FnOnce(Teller<'_>),
    own: impl FnOnce(Teller<'_>),
) -> Vec<(&'static str, Option<Fact>, Option<Fact>)> {
    let mut rules: Vec<(&'static str, Option<Fact>, Option<Fact>)> = Vec::new();
    base(&mut |rule, fact| rules.push((rule, Some(fact), None)));
    own(
        &mut |rule, fact| match rules.iter_mut().find(|(known, ..)| *known == rule) {
            Some((_, _, own)) => *own = Some(fact),
            None => rules.push((rule, None, Some(fact))),
        },
    );
    rules
}

fn address_fact(addresses: &AddressPolicy, rule: &str) -> Option<String> {
    let mut found = None;
    addresses.facts(&mut |name, fact| {
        if name == rule {
            found = Some(fact.to_string());
        }
    });
    found
}
