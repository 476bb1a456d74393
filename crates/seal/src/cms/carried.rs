//! The lists and answers about revocation that a message carries, wherever its writer put them.

use crate::{
    asn1::Element,
    cms::read::SignedMessage,
    oid,
    revocation::{Place, Revocations},
};

/// Everything about revocation in a message: in its field for that (RFC 5652 §10.2.1), in Adobe's signed attribute (ISO 32000-2
/// §12.8.3.3.2) and in the unsigned one of CAdES (ETSI EN 319 122-1 §A.1.5.2).
pub(crate) fn revocations(message: &SignedMessage) -> Revocations {
    let mut found = Revocations::default();
    let _ = choices(&message.revocation_lists, &mut found);
    for attribute in [message.signed_attribute(oid::ADOBE_REVOCATION), message.unsigned_attribute(oid::REVOCATION_VALUES)] {
        if let Ok(Some(value)) = attribute {
            let _ = lists_and_answers(&value, &mut found);
        }
    }
    found.add_certificates(&message.certificates);
    found
}

/// RevocationInfoChoices: lists as they are, answers under a name (RFC 5940 §2.1).
fn choices(contents: &[u8], found: &mut Revocations) -> der::Result<()> {
    let mut rest = contents;
    while !rest.is_empty() {
        let (choice, after) = Element::split_first(rest)?;
        match choice.sequence() {
            Ok(_) => found.add_list(choice.raw, Place::Signature),
            Err(_) => {
                let mut fields = choice.children()?;
                fields.required()?.oid()?;
                found.add_answer(fields.required()?.raw, Place::Signature);
            }
        }
        rest = after;
    }
    Ok(())
}

/// `[0]` lists, `[1]` answers: both attributes are built like that.
fn lists_and_answers(value: &[u8], found: &mut Revocations) -> der::Result<()> {
    let mut fields = Element::from_der(value)?.sequence()?;
    if let Some(lists) = fields.context(0) {
        lists.children()?.required()?.sequence()?.for_each(|list| found.add_list(list.raw, Place::Signature));
    }
    if let Some(answers) = fields.context(1) {
        answers.children()?.required()?.sequence()?.for_each(|answer| found.add_answer(answer.raw, Place::Signature));
    }
    Ok(())
}
