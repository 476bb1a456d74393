//! The verdict as JSON, which scripts read.

use serde_json::json;

use crate::{
    document::{replaced, sign, unsigned, verify},
    signing::own_identity,
};

#[test]
fn a_verdict_is_told_in_the_words_of_the_contract() {
    let twice = sign(&sign(&unsigned(), &own_identity("Anna Author")), &own_identity("Paul Approver"));
    let told = serde_json::to_value(verify(&twice, &[]).expect("readable")).expect("JSON");
    assert_eq!(told["certification"], "form_filling_and_signing");
    let first = &told["signatures"][0];
    assert_eq!(first["signer"]["name"], "Anna Author");
    assert_eq!(first["level"], "B-B");
    assert_eq!(first["trusted"], "unknown");
    assert_eq!(first["time_source"], json!({"kind": "signer_clock"}));
    assert_eq!(first["changed_since"], json!({"kind": "foreseen_only", "changes": [{"kind": "further_signature", "field": "approver"}]}));
    assert_eq!(told["signatures"][1]["changed_since"], json!({"kind": "nothing"}));
}

#[test]
fn a_problem_is_told_by_name() {
    let altered = replaced(&sign(&unsigned(), &own_identity("Anna Author")), b"3 h 44 min", b"0 h 44 min");
    let told = serde_json::to_value(verify(&altered, &[]).expect("readable")).expect("JSON");
    assert_eq!(told["signatures"][0]["problems"], json!([{"kind": "digest_mismatch"}]));
}
