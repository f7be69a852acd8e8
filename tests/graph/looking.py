"""Looks as tests make, read and remove them."""

import secrets
import uuid
from typing import Final

from consent.vocabulary import Purpose
from graph import disclosures
from graph.connection import Graph
from graph.disclosures import Disclosure, Look, Question
from graph.transaction import Transaction
from tests.loaded_city import BUREAU, NOW

ALWAYS: Final = 2**53


async def forget(tx: Transaction) -> None:
    """Remove every look and disclosure."""
    await (await tx.run("MATCH (n:Look) DETACH DELETE n")).consume()
    await (await tx.run("MATCH (n:Disclosure) DETACH DELETE n")).consume()


def look(at: int = NOW, actor: str = "actor", identity: str | None = None) -> Look:
    """Make a look, with an id of its own."""
    chosen = identity or uuid.uuid4().hex
    seed = secrets.token_bytes(32)
    return Look(chosen, at, actor, BUREAU, Purpose.CITY_NEWS, "participants", "127.0.0.1", "trace", seed=seed)


async def read(graph: Graph, question: Question) -> list[Disclosure]:
    """Read disclosures."""
    return await graph.read(disclosures.read, question)
