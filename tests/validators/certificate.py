"""Writes the certificate of a PKCS#12 file as PEM: certificate.py IDENTITY.p12 PASSPHRASE-FILE OUT.pem"""
import sys
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

identity, passphrase, out = map(Path, sys.argv[1:])
_, certificate, _ = pkcs12.load_key_and_certificates(identity.read_bytes(), passphrase.read_bytes().rstrip(b"\r\n"))
out.write_bytes(certificate.public_bytes(Encoding.PEM))
