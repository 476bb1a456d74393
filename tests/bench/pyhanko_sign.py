"""Signs a file in its first free field with pyHanko, in one running process: pyhanko_sign.py PDF IDENTITY PASSPHRASE ROUNDS.

Prints the median of the rounds in seconds, after one that warms up.
"""
import io
import statistics
import sys
import time

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

path, identity, passphrase, rounds = sys.argv[1:]
signer = signers.SimpleSigner.load_pkcs12(identity, passphrase=passphrase.encode())
pdf = open(path, "rb").read()
field = next(name for name, value, _ in fields.enumerate_sig_fields(IncrementalPdfFileWriter(io.BytesIO(pdf)).prev) if value is None)
taken = []
for _ in range(int(rounds) + 1):
    began = time.perf_counter()
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer=signer)
    taken.append(time.perf_counter() - began)
print(statistics.median(taken[1:]))
