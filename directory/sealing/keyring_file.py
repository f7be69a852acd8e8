"""The file of the keyring: made at the first start, readable by its owner alone, replaced as a whole (E1)."""

import contextlib
import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from consent.errors import KeyringError, SealingError
from consent.keyring import IndexName, LocalKeyring
from consent.sealing import KEY_BYTES, NONCE_BYTES
from directory.errors import KeyringMismatch, KeyringMissing, KeyringUnsafe

TENANT = "seoul"
# In the place of a person's id: no person has it.
CHECK = "keyring-check"


def new_keyring() -> LocalKeyring:
    """Make a keyring of random keys."""
    return LocalKeyring(
        TENANT,
        {1: secrets.token_bytes(KEY_BYTES)},
        {name: {1: secrets.token_bytes(KEY_BYTES)} for name in IndexName},
        secrets.token_bytes(KEY_BYTES),
    )


def read_keyring(path: Path) -> LocalKeyring:
    """Read the keyring; raises KeyringMissing, KeyringUnsafe, or KeyringError for what is no keyring."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise KeyringMissing(path) from None
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyringUnsafe(path)
    return LocalKeyring.parse(content)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone can read, whole or not at all, and on the disk when this returns."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
    """Let one process at a time change a file; the lock is on its folder, since the file itself is replaced."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def key_check(keyring: LocalKeyring) -> str:
    """Return a seal by which the keyring is known again, to be kept with what it seals."""
    return keyring.wrap(CHECK, secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES))


def require_keyring_of(check: str, path: Path) -> None:
    """Read the keyring and raise KeyringMismatch unless it is the one that made this check."""
    try:
        read_keyring(path).unwrap(CHECK, check)
    except (SealingError, KeyringError):
        raise KeyringMismatch(path) from None


def ensure_keyring(path: Path, *, people: int) -> LocalKeyring:
    """Read the keyring, or make one where nobody is sealed yet; raises as `read_keyring` does otherwise."""
    with changing(path):
        if not path.exists() and people == 0:
            write_private(path, new_keyring().serialise())
    return read_keyring(path)
