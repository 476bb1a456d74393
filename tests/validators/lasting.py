"""pyHanko's judgement by AdES (ETSI EN 319 102-1) of every signature in a file, by what travels with it: `lasting.py ROOT.pem FILE`.

Prints `FIELD<tab>valid`, or `FIELD<tab>` and why not. Nothing is fetched: a signature that needs the network is not valid.
"""

import asyncio
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    CertValidationPolicySpec,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, FreshnessReqType
from pyhanko_certvalidator.registry import SimpleTrustManager

root, path = sys.argv[1:]
policy = CertValidationPolicySpec(
    trust_manager=SimpleTrustManager.build(trust_roots=[load_cert_from_pemder(root)]),
    revinfo_policy=CertRevTrustPolicy(
        REQUIRE_REVINFO, freshness=None, freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION
    ),
)
signature_spec = SignatureValidationSpec(
    cert_validation_policy=policy,
    revinfo_gathering_policy=RevocationInfoGatheringSpec(
        online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
    ),
)
spec = PdfSignatureValidationSpec(signature_validation_spec=signature_spec)
with open(path, "rb") as source:
    for signature in PdfFileReader(source).embedded_regular_signatures:
        try:
            result = asyncio.run(ades_lta_validation(signature, spec))
            valid = result.api_status is not None and result.api_status.bottom_line
            said = "valid" if valid else f"{result.ades_subindic} {result.failure_msg or ''}"
        except Exception as fault:
            said = f"{type(fault).__name__}: {fault}"
        print(signature.field_name, said.strip().replace("\n", " "), sep="\t")
