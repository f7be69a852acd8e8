"""Demonstration keys for the made-up city, one for each kind of caller, so that anybody can try it at once."""

import json
from pathlib import Path

from consent.scope import Scope
from consent.vocabulary import CONSENTED_PURPOSES, Purpose
from directory.access.keys import issue, revoke, token_hash
from directory.sealing.keyring_file import write_private
from graph import actors
from graph.connection import Graph
from graph.vocabulary import ActorKind

DEMONSTRATION = "demonstration"


def _callers() -> dict[str, tuple[ActorKind, Scope]]:
    """Name each kind of caller, with what its key allows."""
    everything = frozenset(CONSENTED_PURPOSES)
    return {
        "staff": (
            ActorKind.STAFF,
            Scope("demo-staff", "bureau-administration", everything, None, None),
        ),
        "district_staff": (
            ActorKind.STAFF,
            Scope("demo-district-staff", "district-11010", everything, ("11010",), None),
        ),
        "service": (
            ActorKind.SERVICE,
            Scope(
                "demo-service",
                "bureau-fire",
                frozenset({Purpose.DISASTER_RESPONSE}),
                None,
                frozenset({"fire-brigades", "disaster-safety-network"}),
            ),
        ),
        "kiosk": (
            ActorKind.KIOSK,
            Scope("demo-kiosk", "bureau-administration", frozenset({Purpose.ENROLMENT}), None, None),
        ),
        "privacy_officer": (
            ActorKind.PRIVACY_OFFICER,
            Scope("demo-privacy-officer", "bureau-audit", frozenset(), None, None),
        ),
    }


async def ensure_demonstration_keys(graph: Graph, path: Path, now: int) -> dict[str, str]:
    """Return the token of each kind of caller, from the file, or issue new ones and close the ones before.

    The file is read by its owner alone. Only for a directory of made-up people.
    """
    tokens = _read(path)
    known = {kind: await graph.read(actors.by_hash, token_hash(token)) for kind, token in tokens.items()}
    if set(tokens) == set(_callers()) and all(key is not None and key.opens(now) for key in known.values()):
        return tokens
    for key in await graph.read(actors.all_keys):
        if key.label == DEMONSTRATION and key.revoked is None:
            await revoke(graph, key.id, now)
    tokens = {}
    for name, (kind, scope) in _callers().items():
        issued = await issue(graph, kind=kind, label=DEMONSTRATION, scope=scope, now=now)
        tokens[name] = issued.token
    write_private(path, json.dumps(tokens, indent=2).encode() + b"\n")
    return tokens


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) and all(isinstance(v, str) for v in content.values()) else {}
