"""One-time codes, by which whoever exercises a right shows that the telephone or e-mail that is held is theirs.

What is kept of a code is a keyed hash; how often one may be asked for, and tried, is decided here on counters that
somebody else keeps.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DIGITS: Final = 8
SEED_BYTES: Final = 16
"""So many random bytes make a code: enough that no code is likelier than another by more than 2^-100."""

LIFETIME: Final = 10 * 60 * 1000
"""How long a code is taken, in milliseconds."""

MOST_TRIES: Final = 5
"""How often a code may be tried, the right try included."""

_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in any stretch of so many milliseconds."""

    most: int
    window: int


HOUR: Final = 60 * 60 * 1000
A_CONTACT: Final = Limit(5, HOUR)
"""How often a code is sent to one telephone or address: what is left over, an attacker can guess nothing with."""

A_CALLER: Final = Limit(120, HOUR)
"""How often one caller may ask: two a minute are more than a kiosk at a meeting needs."""


@dataclass(frozen=True, slots=True)
class PendingCode:
    """What is kept of a code that was sent: its hash, its end (exclusive), how often it was tried, whether it was used.

    `sent` is false where the contact is nobody's: such a code opens nothing, though it be guessed.
    """

    hash: str
    until: int
    tries: int
    used: bool
    sent: bool


def code_from(seed: bytes) -> str:
    """Return the code that 16 random bytes make; raises ValueError for another number of them."""
    if len(seed) != SEED_BYTES:
        raise ValueError("A code is made of 16 random bytes.")
    return f"{int.from_bytes(seed) % 10**DIGITS:0{DIGITS}d}"


def code_hash(code: str, *, key: bytes, verification: str) -> str:
    """Return what is kept of a code: an HMAC under a key that no database has, bound to its verification.

    A code has 27 bits. Whoever has the hash can try them all in a second, and whoever has the key too, must not.
    """
    if len(key) != _KEY_BYTES:
        raise ValueError("The key of the codes has 32 bytes.")
    return hmac.digest(key, f"{verification}|{code}".encode(), "sha256").hex()


def confirms(pending: PendingCode, code: str, *, key: bytes, verification: str, now: int) -> bool:
    """Say whether a code is right and may still be used; `pending.tries` counts this try.

    Everything is looked at in any case, and compared in constant time, so that a wrong code takes as long as a right
    one that came late.
    """
    same = hmac.compare_digest(pending.hash, code_hash(code, key=key, verification=verification))
    in_time = now < pending.until
    few = pending.tries <= MOST_TRIES
    return all((same, in_time, few, not pending.used, pending.sent))


def remembered(instants: Sequence[int], limit: Limit, now: int) -> list[int]:
    """Return the instants that still count towards a limit, oldest first, and never more than it takes."""
    return sorted(at for at in instants if at > now - limit.window)[-limit.most :]


def allows(instants: Sequence[int], limit: Limit, now: int) -> bool:
    """Say whether one more fits into the sliding window."""
    return len(remembered(instants, limit, now)) < limit.most
