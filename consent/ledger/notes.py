"""Signed notes in the form of C2SP signed-note: a text, an empty line, and a line with the Ed25519 signature.

Other tools read and verify them: `name+id+key` is the public key as they take it.
"""

import base64
import binascii
import hashlib
import re
from typing import Final, Never, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consent.ledger.errors import LedgerCode, LedgerError

KEY_BYTES: Final = 32

_ED25519: Final = b"\x01"
_ID_BYTES: Final = 4
_SIGNATURE_BYTES: Final = 64
_MOST_BYTES: Final = 65_536
_MOST_SIGNATURES: Final = 16
# A name of a key is a word of letters that can be seen, without a plus, which parts the key's text.
_NAME: Final = re.compile(r"[!-*,-~]{1,200}")
_SIGNATURE: Final = re.compile(r"— ([^ +]+) ([A-Za-z0-9+/=]+)")
# All control characters but the end of a line.
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


class Verifier:
    """A public key under its name; it tells whether a note is signed by it."""

    def __init__(self, name: str, public: bytes) -> None:
        """Take the name and the key's 32 bytes; raises LedgerError LEDGER_KEY."""
        if not _NAME.fullmatch(name) or len(public) != KEY_BYTES:
            raise LedgerError(LedgerCode.LEDGER_KEY)
        self.name = name
        self.public = public
        self.key_id = hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]
        self._key = Ed25519PublicKey.from_public_bytes(public)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+id+base64`, as `str` of a verifier gives it; raises LedgerError LEDGER_KEY."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        key = _decoded(encoded)
        if key is None or key[:1] != _ED25519:
            raise LedgerError(LedgerCode.LEDGER_KEY)
        verifier = cls(name, key[1:])
        if verifier.key_id.hex() != key_id:
            raise LedgerError(LedgerCode.LEDGER_KEY)
        return verifier

    def __str__(self) -> str:
        """Return the public key as other tools take it."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def __eq__(self, other: object) -> bool:
        """Say whether the other is the same key under the same name."""
        return isinstance(other, Verifier) and (self.name, self.public) == (other.name, other.public)

    def __hash__(self) -> int:
        """Return the hash that goes with equality."""
        return hash((self.name, self.public))

    def text_of(self, note: str) -> str:
        """Return the text of a note that this key signed.

        Signatures of other keys, as a witness adds them, are passed over. Raises LedgerError LEDGER_NOTE for what is
        no note, and LEDGER_SIGNATURE where there is no signature of this key or it does not fit.
        """
        text, signatures = _parts(note)
        ours = [
            signature[_ID_BYTES:]
            for name, signature in signatures
            if name == self.name and signature[:_ID_BYTES] == self.key_id
        ]
        if len(ours) != 1:
            raise LedgerError(LedgerCode.LEDGER_SIGNATURE)
        try:
            self._key.verify(ours[0], text.encode())
        except InvalidSignature:
            fits = False
        else:
            fits = True
        if not fits:
            raise LedgerError(LedgerCode.LEDGER_SIGNATURE)
        return text


class Signer:
    """A private key under its name; its representation shows no key, and it refuses to be pickled or copied."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, private: bytes) -> None:
        """Take the name and the key's 32 random bytes; raises LedgerError LEDGER_KEY."""
        if len(private) != KEY_BYTES:
            raise LedgerError(LedgerCode.LEDGER_KEY)
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """Return the note of a text, which ends with the end of a line; raises LedgerError LEDGER_NOTE."""
        if not text.endswith("\n") or _CONTROL.search(text):
            raise LedgerError(LedgerCode.LEDGER_NOTE)
        signature = self.verifier.key_id + self._key.sign(text.encode())
        return f"{text}\n— {self.verifier.name} {base64.b64encode(signature).decode()}\n"

    def __repr__(self) -> str:
        """Show the public key alone."""
        return f"Signer({self.verifier})"

    def __reduce_ex__(self, _protocol: object) -> Never:
        """Refuse pickling and copying, by which keys would stray; raises TypeError."""
        raise TypeError("A signing key cannot be pickled or copied.")


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return a note's text and its signatures; raises LedgerError LEDGER_NOTE."""
    text, separator, lines = note.rpartition("\n\n")
    found = []
    well_formed = bool(separator) and lines.endswith("\n") and len(note) <= _MOST_BYTES and not _CONTROL.search(note)
    for line in lines[:-1].split("\n") if well_formed else ():
        match = _SIGNATURE.fullmatch(line)
        signature = _decoded(match[2]) if match else None
        if match is None or signature is None:
            well_formed = False
            break
        found.append((match[1], signature))
    if not well_formed or len(found) > _MOST_SIGNATURES:
        raise LedgerError(LedgerCode.LEDGER_NOTE)
    return text + "\n", found


def _decoded(text: str) -> bytes | None:
    """Decode base64 in its one right spelling; None for anything else."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if content and base64.b64encode(content).decode() == text else None
