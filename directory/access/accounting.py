"""Accounting for every look: what a privacy officer reads of who was shown what (P15)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from directory.access.caller import Caller
from directory.clock import milliseconds
from directory.contacts.cursors import Cursors
from directory.errors import BadInput, Forbidden
from graph import disclosures
from graph.connection import Graph
from graph.disclosures import Disclosure
from graph.vocabulary import ActorKind

_END_OF_TIME = 2**53
_READ_TIME = 20.0


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """A page of disclosures, newest first, and the cursor to go on after (None on the last page)."""

    disclosures: tuple[Disclosure, ...]
    end_cursor: str | None
    has_next_page: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Which disclosures: of a participant, or to an actor, or both; from one instant on, before another."""

    participant: str | None
    actor: str | None
    since: datetime | None
    until: datetime | None


class Accounting:
    """Answers who was shown what, to privacy officers alone."""

    def __init__(self, graph: Graph, cursors: Cursors, clock: Callable[[], int]) -> None:
        """Take the graph, the sealer of cursors, and a clock in epoch milliseconds."""
        self._graph = graph
        self._cursors = cursors
        self._clock = clock

    async def page(self, caller: Caller, asked: Question, first: int, after: str | None) -> DisclosurePage:
        """Return a page of up to `first` disclosures; raises Forbidden, BadInput, BadCursor."""
        if caller.kind is not ActorKind.PRIVACY_OFFICER:
            raise Forbidden("reading who was shown what; a privacy officer's key does")
        participant, actor, since, until = asked.participant, asked.actor, asked.since, asked.until
        if participant is None and actor is None:
            raise BadInput("participant", "or the argument actor has to be given")
        start = 0 if since is None else milliseconds(since, "from")
        end = _END_OF_TIME if until is None else milliseconds(until, "to")
        if start >= end:
            raise BadInput("from", "must be before the argument to")
        now, query = self._clock(), {"participant": participant, "actor": actor, "from": start, "to": end}
        before = None
        if after is not None:
            at, look, whom = self._cursors.open(after, caller=caller.actor, query=query, now=now)
            before = (at, look, whom)
        question = disclosures.Question(participant, actor, start, end, before, first + 1)
        found = await self._graph.read(disclosures.read, question, within=_READ_TIME)
        cursor = None
        if len(found) > first:
            last = found[first - 1]
            position = [last.look.at, last.look.id, last.participant]
            cursor = self._cursors.seal(position, caller=caller.actor, query=query, now=now)
        return DisclosurePage(tuple(found[:first]), cursor, cursor is not None)
