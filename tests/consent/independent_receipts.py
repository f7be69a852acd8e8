"""A verifier of receipts that shares no code with the project: written from docs/receipts.md and the standards alone.

RFC 8785 for the canonical form, RFC 9162 2.1 for the tree, C2SP signed-note for the signature.
"""

import base64
import hashlib
import hmac
import json
import zlib
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def problems(receipt: dict[str, Any], trusted_key: str | None = None) -> list[str]:
    """Return what does not hold of a receipt; nothing where all does."""
    if receipt.get("format") != "civic-receipt/1":
        return ["format"]
    event = receipt["proof"]["event"]
    found = proof_problems(receipt["proof"], trusted_key)
    if event["notice"]:
        notice = receipt["notice"]
        if notice["id"] != event["notice"] or _sha256(rfc8785.dumps(notice)).hex() != event["notice_hash"]:
            found.append("notice")
    header, decided = receipt["receipt"]["header"], receipt["receipt"]["event"]
    if (header["receipt_id"], header["pii_principal_id"]) != (event["id"], event["person"]):
        found.append("header")
    if (decided["time"], decided["recorded"]) != (event["at"], event["recorded"]):
        found.append("event")
    kantara = receipt["kantara"]
    if kantara is not None and (kantara["consentTimestamp"], kantara["version"]) != (
        event["at"] // 1000,
        "KI-CR-v1.1.0",
    ):
        found.append("kantara")
    return found


def proof_problems(proof: dict[str, Any], trusted_key: str | None = None) -> list[str]:
    """Return what does not hold of the proof alone."""
    salt = base64.urlsafe_b64decode(proof["salt"] + "=" * (-len(proof["salt"]) % 4))
    data = hmac.new(salt, rfc8785.dumps(proof["event"]), hashlib.sha256).digest()
    root = _root(_sha256(b"\x00" + data), proof["leaf_index"], proof["tree_size"], proof["inclusion_path"])
    text, _, signature_line = proof["checkpoint"].rpartition("\n\n")
    origin, size, signed_root, _ = (text + "\n").split("\n", 3)
    found = []
    if root != base64.b64decode(signed_root) or int(size) != proof["tree_size"]:
        found.append("root")
    name, key_id, encoded = proof["public_key"].split("+", 2)
    key = base64.b64decode(encoded)
    if origin != name or not _signed(text + "\n", signature_line, name, key_id, key):
        found.append("signature")
    if trusted_key is not None and trusted_key != proof["public_key"]:
        found.append("key")
    return found


def from_codes(first: str, second: str) -> dict[str, Any]:
    """Read the proof from the texts of the two printed codes."""
    record = zlib.decompress(_base32(first.removeprefix("CIVIC1:")), wbits=-15)
    names = ("event", "salt", "leaf_index", "checkpoint", "public_key")
    proof = dict(zip(names, json.loads(record), strict=True))
    path = _base32(second.removeprefix("CIVIC2:"))
    proof["inclusion_path"] = [path[at : at + 32].hex() for at in range(0, len(path), 32)]
    proof["tree_size"] = int(proof["checkpoint"].split("\n")[1])
    return proof


def _root(node: bytes, index: int, size: int, path: list[str]) -> bytes | None:
    """Climb the path as RFC 9162 2.1.3.2 has it."""
    if index >= size:
        return None
    number, last = index, size - 1
    for step in path:
        other = bytes.fromhex(step)
        if last == 0:
            return None
        if number % 2 == 1 or number == last:
            node = _sha256(b"\x01" + other + node)
            while number % 2 == 0 and number != 0:
                number, last = number // 2, last // 2
        else:
            node = _sha256(b"\x01" + node + other)
        number, last = number // 2, last // 2
    return node if last == 0 else None


def _signed(text: str, line: str, name: str, key_id: str, key: bytes) -> bool:
    mark, signer, encoded = line.rstrip("\n").split(" ")
    signature = base64.b64decode(encoded)
    named = _sha256(name.encode() + b"\n" + key)[:4]
    if (mark, signer, key_id) != ("\u2014", name, named.hex()) or signature[:4] != named or key[:1] != b"\x01":
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], text.encode())
    except InvalidSignature:
        return False
    return True


def _base32(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
