"""Access keys: issued once as a token, kept as a hash, looked up at every request."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass

from consent.ledger.commitments import SALT_BYTES
from consent.scope import Scope
from directory.errors import NoSuchDepartment, NoSuchKey, Unauthenticated
from graph import actors
from graph.actors import AccessKey
from graph.connection import Graph
from graph.ledger import EntrySeed
from graph.vocabulary import ActorKind

_PREFIX = "civic_"
# A token has 256 random bits, so that a plain hash of it can't be turned back; a slow one would gain nothing.
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key with its token, which is shown this once and kept nowhere."""

    key: AccessKey
    token: str

    def __repr__(self) -> str:
        """Show the key without its token."""
        return f"Issued({self.key.id})"


def token_hash(token: str) -> str:
    """Return the hash under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


async def issue(  # noqa: PLR0913 - the facts of a key.
    graph: Graph,
    *,
    kind: ActorKind,
    label: str,
    scope: Scope,
    now: int,
    until: int | None = None,
    by: str | None = None,
) -> Issued:
    """Issue a key for an actor of a department; raises NoSuchDepartment. Instants are in epoch milliseconds.

    `by` is the actor who issues it, None where it is done on the command line.
    """
    key = AccessKey(uuid.uuid4().hex, kind, label, scope, now, until, None)
    token = _PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    if not await graph.write(actors.issue, key, token_hash(token), entry_seed(by)):
        raise NoSuchDepartment
    return Issued(key, token)


async def authenticate(graph: Graph, header: str | None, now: int) -> AccessKey:
    """Return the key of an Authorization header; raises the same Unauthenticated whatever is wrong with it.

    It is looked up in the graph at every request, so that a revoked key is closed at once, everywhere.
    """
    scheme, _, token = (header or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
        raise Unauthenticated
    key = await graph.read(actors.by_hash, token_hash(token))
    if key is None or not key.opens(now):
        raise Unauthenticated
    return key


async def revoke(graph: Graph, key_id: str, now: int, *, by: str | None = None) -> None:
    """Close a key; raises NoSuchKey. `by` is the actor who closes it, None where it is done on the command line."""
    if not await graph.write(actors.revoke, key_id, now, entry_seed(by)):
        raise NoSuchKey


def entry_seed(by: str | None) -> EntrySeed:
    """Draw what an entry of the ledger needs of chance."""
    return EntrySeed(uuid.uuid4().hex, secrets.token_bytes(SALT_BYTES), by)
