"""Actors and their access keys: who may call, for which department, purposes, regions and groups.

A key is kept as its hash alone; the token that a caller sends can't be found in the graph. Issuing and revoking one
changes who may look, and is an entry of the ledger, written in the same transaction.
"""

from dataclasses import dataclass
from typing import Any, Final, LiteralString

from consent.canonical import canonical
from consent.ledger.commitments import leaf_hash, salt_text
from consent.scope import Scope
from consent.vocabulary import Purpose
from graph.ledger import PENDING, EntrySeed
from graph.transaction import Transaction
from graph.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key without its token: whose it is, and from when until when it opens (epoch milliseconds, end exclusive)."""

    id: str
    kind: ActorKind
    label: str
    scope: Scope
    issued: int
    until: int | None
    revoked: int | None

    def opens(self, now: int) -> bool:
        """Say whether the key is neither revoked nor past its end."""
        return self.revoked is None and (self.until is None or now < self.until)


_ISSUE: Final[LiteralString] = """
MATCH (d:Department {id: $department})
MERGE (a:Actor {id: $actor})
MERGE (a)-[:WORKS_FOR]->(d)
CREATE (k:AccessKey) SET k = $key
CREATE (k)-[:OPENS_FOR]->(a)
RETURN k.id AS id
"""
_FIELDS: Final[LiteralString] = " RETURN properties(k) AS key "
_BY_HASH: Final[LiteralString] = "MATCH (k:AccessKey {hash: $hash})" + _FIELDS
_ALL: Final[LiteralString] = "MATCH (k:AccessKey)" + _FIELDS + "ORDER BY k.issued, k.id"
_BY_ID: Final[LiteralString] = "MATCH (k:AccessKey {id: $id})" + _FIELDS
_REVOKE: Final[LiteralString] = "MATCH (k:AccessKey {id: $id}) SET k.revoked = coalesce(k.revoked, $now)" + _FIELDS
_RECORD_CHANGE: Final[LiteralString] = "CREATE (e:Entry:PermissionChange) SET e = $row"


async def issue(tx: Transaction, key: AccessKey, digest: str, entry: EntrySeed) -> bool:
    """Keep a new key under the hash of its token, and record that; False when there is no such department."""
    scope = key.scope
    row: dict[str, Any] = {
        "id": key.id,
        "hash": digest,
        "kind": str(key.kind),
        "label": key.label,
        "actor": scope.actor,
        "department": scope.department,
        "purposes": sorted(scope.purposes),
        # A list that is absent reads as "all": an empty one must stay apart from it.
        "all_regions": scope.regions is None,
        "regions": sorted(scope.regions or ()),
        "all_groups": scope.groups is None,
        "groups": sorted(scope.groups or ()),
        "issued": key.issued,
        "until": key.until,
    }
    result = await tx.run(_ISSUE, department=scope.department, actor=scope.actor, key=row)
    if await result.single() is None:
        return False
    await _record_change(tx, "ISSUED", key, key.issued, entry)
    return True


async def by_hash(tx: Transaction, digest: str) -> AccessKey | None:
    """Return the key whose token has this hash, revoked or not, or None."""
    result = await tx.run(_BY_HASH, hash=digest)
    record = await result.single()
    return None if record is None else _key(record["key"])


async def all_keys(tx: Transaction) -> list[AccessKey]:
    """Return every key that was ever issued, oldest first."""
    result = await tx.run(_ALL)
    return [_key(row["key"]) async for row in result]


async def revoke(tx: Transaction, key: str, now: int, entry: EntrySeed) -> bool:
    """Close a key from now on, and record that; False when there is none of this id.

    Revoking again keeps the first instant and records nothing.
    """
    found = await (await tx.run(_BY_ID, id=key)).single()
    if found is None:
        return False
    if _key(found["key"]).revoked is None:
        closed = await (await tx.run(_REVOKE, id=key, now=now)).single(strict=True)
        await _record_change(tx, "REVOKED", _key(closed["key"]), now, entry)
    return True


async def _record_change(tx: Transaction, change: str, key: AccessKey, at: int, entry: EntrySeed) -> None:
    scope = key.scope
    content = canonical(
        {
            "id": entry.id,
            "at": at,
            "change": change,
            "by": entry.by,
            "key": key.id,
            "kind": str(key.kind),
            "actor": scope.actor,
            "department": scope.department,
            "purposes": sorted(scope.purposes),
            "regions": None if scope.regions is None else sorted(scope.regions),
            "groups": None if scope.groups is None else sorted(scope.groups),
            "until": key.until,
        }
    )
    row = {
        "id": entry.id,
        "at": at,
        "content": content.decode(),
        "salt": salt_text(entry.salt),
        "leaf_hash": leaf_hash(content, entry.salt).hex(),
        "ledger_queue": PENDING,
    }
    await (await tx.run(_RECORD_CHANGE, row=row)).consume()


def _key(row: dict[str, Any]) -> AccessKey:
    scope = Scope(
        actor=row["actor"],
        department=row["department"],
        purposes=frozenset(Purpose(purpose) for purpose in row["purposes"]),
        regions=None if row["all_regions"] is True else tuple(row["regions"]),
        groups=None if row["all_groups"] is True else frozenset(row["groups"]),
    )
    return AccessKey(
        id=row["id"],
        kind=ActorKind(row["kind"]),
        label=row["label"],
        scope=scope,
        issued=row["issued"],
        until=row.get("until"),
        revoked=row.get("revoked"),
    )
