//! Name constraints: which names an authority allows those below it (RFC 5280 §4.2.1.10 and §6.1.4 g).
//! Always true: a name of a kind that is constrained and cannot be compared is not allowed.

use x509_cert::{
    ext::pkix::{constraints::name::GeneralSubtree, name::GeneralName},
    name::Name,
};

use crate::{
    certificate::{Certificate, folded, spelled},
    oid,
};

/// A name of `below` that `authority` does not allow; none where it allows all.
pub(super) fn forbidden(authority: &Certificate, below: &Certificate) -> Option<String> {
    let constraints = authority.name_constraints()?;
    let permitted = constraints.permitted_subtrees.unwrap_or_default();
    let excluded = constraints.excluded_subtrees.unwrap_or_default();
    names_of(below).into_iter().find(|name| !is_allowed(name, &permitted, &excluded)).map(|name| told(&name))
}

/// Every name of a certificate's holder. An address for mail in the subject counts where no other is named.
fn names_of(certificate: &Certificate) -> Vec<GeneralName> {
    let mut names = certificate.alternative_names();
    let subject = certificate.subject();
    if !names.iter().any(|name| matches!(name, GeneralName::Rfc822Name(_))) {
        let addresses = subject.iter().filter(|attribute| attribute.oid == oid::EMAIL_ADDRESS);
        let spelled = addresses.filter_map(|attribute| der::asn1::Ia5String::new(&spelled(&attribute.value)?).ok());
        names.extend(spelled.map(GeneralName::Rfc822Name));
    }
    if !subject.is_empty() {
        names.push(GeneralName::DirectoryName(subject.clone()));
    }
    names
}

fn is_allowed(name: &GeneralName, permitted: &[GeneralSubtree], excluded: &[GeneralSubtree]) -> bool {
    let of_its_kind = |trees: &[GeneralSubtree]| -> Vec<GeneralSubtree> {
        trees.iter().filter(|tree| std::mem::discriminant(&tree.base) == std::mem::discriminant(name)).cloned().collect()
    };
    let (permitted, excluded) = (of_its_kind(permitted), of_its_kind(excluded));
    // None means that it cannot be said: then it is neither permitted, nor not excluded.
    let lies = |tree: &GeneralSubtree| {
        let whole = tree.minimum == 0 && tree.maximum.is_none();
        if whole { lies_below(name, &tree.base) } else { None }
    };
    let inside = permitted.is_empty() || permitted.iter().any(|tree| lies(tree) == Some(true));
    inside && excluded.iter().all(|tree| lies(tree) == Some(false))
}

/// Whether a name lies in a tree of names of its kind. None where that cannot be said.
fn lies_below(name: &GeneralName, base: &GeneralName) -> Option<bool> {
    match (name, base) {
        (GeneralName::DirectoryName(name), GeneralName::DirectoryName(base)) => Some(begins_with(name, base)),
        (GeneralName::DnsName(name), GeneralName::DnsName(base)) => Some(host_below(name.as_str(), base.as_str(), true)),
        (GeneralName::Rfc822Name(name), GeneralName::Rfc822Name(base)) => mail_below(name.as_str(), base.as_str()),
        (GeneralName::UniformResourceIdentifier(name), GeneralName::UniformResourceIdentifier(base)) => {
            Some(host_below(host_of(name.as_str())?, base.as_str(), false))
        }
        (GeneralName::IpAddress(name), GeneralName::IpAddress(base)) => Some(address_below(name.as_bytes(), base.as_bytes())),
        _ => None,
    }
}

fn begins_with(name: &Name, base: &Name) -> bool {
    folded(name).starts_with(&folded(base))
}

/// Whether a host is the one named, or below it: of the web's names any host below is meant, elsewhere only where a dot leads.
fn host_below(host: &str, base: &str, always_below: bool) -> bool {
    let (host, base) = (host.trim_end_matches('.').to_ascii_lowercase(), base.to_ascii_lowercase());
    let (bare, below) = base.strip_prefix('.').map_or((base.as_str(), always_below), |bare| (bare, true));
    let exactly = host == bare && !base.starts_with('.');
    exactly || bare.is_empty() || below && host.strip_suffix(bare).is_some_and(|rest| rest.ends_with('.'))
}

/// A mailbox, all of a host, or with a leading dot all of the hosts below it.
fn mail_below(address: &str, base: &str) -> Option<bool> {
    let (_, host) = address.rsplit_once('@')?;
    Some(if base.contains('@') { address.eq_ignore_ascii_case(base) } else { host_below(host, base, false) })
}

/// The host of an address on the web, if it names one and not a number.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_number = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    (!host.is_empty() && !is_number).then_some(host)
}

/// An address against a network and its mask, one behind the other.
fn address_below(address: &[u8], network: &[u8]) -> bool {
    let (base, mask) = network.split_at(network.len() / 2);
    let lies = |((address, base), mask): ((&u8, &u8), &u8)| address & mask == base & mask;
    address.len() == base.len() && base.len() == mask.len() && address.iter().zip(base).zip(mask).all(lies)
}

fn told(name: &GeneralName) -> String {
    match name {
        GeneralName::DirectoryName(name) => name.to_string(),
        GeneralName::DnsName(text) | GeneralName::Rfc822Name(text) | GeneralName::UniformResourceIdentifier(text) => text.to_string(),
        GeneralName::IpAddress(octets) => match octets.as_bytes() {
            &[a, b, c, d] => std::net::Ipv4Addr::new(a, b, c, d).to_string(),
            other => {
                <[u8; 16]>::try_from(other).map_or_else(|_| "an address".to_owned(), |bytes| std::net::Ipv6Addr::from(bytes).to_string())
            }
        },
        _ => "a name of another kind".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use der::asn1::{Ia5String, OctetString};
    use std::str::FromStr;

    fn text(of: fn(Ia5String) -> GeneralName, words: &str) -> GeneralName {
        of(Ia5String::new(words).expect("letters of ASCII"))
    }

    fn lies(name: GeneralName, base: GeneralName) -> Option<bool> {
        lies_below(&name, &base)
    }

    #[test]
    fn hosts_lie_below_a_name_and_addresses_in_a_network() {
        let dns = |name, base| lies(text(GeneralName::DnsName, name), text(GeneralName::DnsName, base));
        assert_eq!([dns("a.example.com", "Example.com"), dns("example.com", "example.com"), dns("x", "")], [Some(true); 3]);
        assert_eq!(
            [dns("badexample.com", "example.com"), dns("example.com", "a.example.com"), dns("example.com", ".example.com")],
            [Some(false); 3]
        );
        let ip = |name: &[u8], base: &[u8]| {
            let octets = |bytes: &[u8]| GeneralName::IpAddress(OctetString::new(bytes).expect("short"));
            lies(octets(name), octets(base))
        };
        let network = [10, 1, 0, 0, 255, 255, 0, 0];
        assert_eq!(
            [ip(&[10, 1, 2, 3], &network), ip(&[10, 2, 2, 3], &network), ip(&[0; 16], &network)],
            [Some(true), Some(false), Some(false)]
        );
    }

    #[test]
    fn mail_and_addresses_of_the_web_go_by_their_host() {
        let mail = |name, base| lies(text(GeneralName::Rfc822Name, name), text(GeneralName::Rfc822Name, base));
        assert_eq!(
            [mail("a@b.example", "A@B.example"), mail("a@b.example", "b.example"), mail("a@c.b.example", ".b.example")],
            [Some(true); 3]
        );
        assert_eq!([mail("a@c.b.example", "b.example"), mail("a@b.example", ".b.example")], [Some(false); 2]);
        assert_eq!(mail("nobody", "b.example"), None);
        let web = |name, base| lies(text(GeneralName::UniformResourceIdentifier, name), text(GeneralName::UniformResourceIdentifier, base));
        assert_eq!([web("https://me@b.example:8/x", "b.example"), web("http://a.b.example", ".b.example")], [Some(true); 2]);
        assert_eq!([web("http://a.b.example", "b.example"), web("http://b.example.evil/", "b.example")], [Some(false); 2]);
        assert_eq!([web("urn:x", "b.example"), web("http://10.0.0.1/", "b.example")], [None; 2]);
    }

    #[test]
    fn distinguished_names_are_compared_as_people_read_them() {
        let name = |text: &str| GeneralName::DirectoryName(Name::from_str(text).expect("a name"));
        let whole = name("CN=Ada,O=ACME  Power,C=GB");
        assert_eq!(lies(whole.clone(), name("O=acme power,C=gb")), Some(true));
        assert_eq!(lies(whole, name("O=Other,C=GB")), Some(false));
    }

    #[test]
    fn what_cannot_be_compared_is_neither_permitted_nor_free() {
        let of = |name: GeneralName| GeneralSubtree { base: name, minimum: 0, maximum: None };
        let urn = text(GeneralName::UniformResourceIdentifier, "urn:x");
        let tree = [of(text(GeneralName::UniformResourceIdentifier, "b.example"))];
        assert!(!is_allowed(&urn, &tree, &[]) && !is_allowed(&urn, &[], &tree));
        assert!(is_allowed(&urn, &[of(text(GeneralName::DnsName, "b.example"))], &[]));
        let near = GeneralSubtree { minimum: 1, ..of(text(GeneralName::DnsName, "b.example")) };
        assert!(!is_allowed(&text(GeneralName::DnsName, "b.example"), &[near], &[]));
    }
}
