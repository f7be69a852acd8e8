"""For whom an archive is encrypted: an age key whose identity is kept elsewhere, or a passphrase."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyrage  # type: ignore[import-untyped]  # it is written in Rust and carries no types.
from pyrage import passphrase as age_passphrase
from pyrage import x25519

from directory.backup.errors import BackupCode, BackupError
from directory.sealing.keyring_file import write_private


@dataclass(frozen=True, slots=True, repr=False)
class Opener:
    """An age identity, which opens what was encrypted for its recipient."""

    identity: x25519.Identity

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read an identity from its file; raises BackupError IDENTITY_BROKEN."""
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise BackupError(BackupCode.IDENTITY_BROKEN, path)
        content = path.read_bytes().decode("ascii", "replace")
        lines = [line.strip() for line in content.splitlines() if line.strip() and not line.startswith("#")]
        return cls(_identity(lines[0] if lines else "", path))

    @classmethod
    def by_passphrase(cls, passphrase: str, sealed: bytes) -> Self:
        """Open the identity that an archive carries under its passphrase; raises BackupError ARCHIVE_LOCKED."""
        try:
            text = age_passphrase.decrypt(sealed, passphrase).decode()
        except (pyrage.DecryptError, UnicodeDecodeError):
            text = None
        if text is None:
            raise BackupError(BackupCode.ARCHIVE_LOCKED)
        return cls(_identity(text))

    def open(self, sealed: bytes) -> bytes:
        """Open a part; raises BackupError ARCHIVE_LOCKED where it is another recipient's."""
        try:
            return bytes(pyrage.decrypt(sealed, [self.identity]))
        except pyrage.DecryptError:
            raise BackupError(BackupCode.ARCHIVE_LOCKED) from None


@dataclass(frozen=True, slots=True)
class Lock:
    """What an archive is encrypted for: the recipient, and for a passphrase the identity, sealed under it."""

    recipient: str
    sealed_identity: bytes | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the recipient of the directory's backups; raises BackupError RECIPIENT_MISSING or RECIPIENT_BROKEN."""
        try:
            text = path.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            raise BackupError(BackupCode.RECIPIENT_MISSING, path) from None
        _recipient(text)
        return cls(text)

    @classmethod
    def by_passphrase(cls, passphrase: str) -> Self:
        """Make a key for one archive, and seal it under the passphrase: stretching that takes a second, once."""
        identity = x25519.Identity.generate()
        return cls(str(identity.to_public()), age_passphrase.encrypt(str(identity).encode(), passphrase))


def seal_for(recipient: str, content: bytes) -> bytes:
    """Encrypt for a recipient (age1…); raises BackupError RECIPIENT_BROKEN."""
    return bytes(pyrage.encrypt(content, [_recipient(recipient)]))


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise BackupError(BackupCode.RECIPIENT_BROKEN) from None


def make_key(recipient: Path, identity: Path) -> str:
    """Make the key of the directory's backups: the recipient stays here, the identity goes elsewhere.

    Returns the recipient. Raises BackupError IDENTITY_EXISTS rather than replace a key that older backups need.
    """
    for path in (recipient, identity):
        if path.exists():
            raise BackupError(BackupCode.IDENTITY_EXISTS, path)
    made = x25519.Identity.generate()
    public = str(made.to_public())
    write_private(identity, f"# Opens the backups for {public}\n{made}\n".encode())
    write_private(recipient, f"{public}\n".encode())
    return public


def _identity(text: str, path: object = "") -> x25519.Identity:
    try:
        return x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        identity = None
    # Raised here, since the library's error may carry what it failed on.
    if identity is None:
        raise BackupError(BackupCode.IDENTITY_BROKEN, path)
    return identity
