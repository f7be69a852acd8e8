"""Contact lists: whom a caller may see for a purpose, and of each person what that person agreed to show."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consent.ledger.commitments import SALT_BYTES
from consent.vocabulary import Field, Purpose
from directory.access.caller import Caller
from directory.contacts.cursors import Cursors
from directory.contacts.filters import ParticipantFilter, body_condition, born_between
from directory.contacts.regions import RegionMap
from directory.errors import BadCursor, BadInput, Forbidden
from directory.sealing.key_service import FileKeyService
from graph import bodies, disclosures, people
from graph.connection import Graph
from graph.disclosures import Look, ShownPage
from graph.opening import Asked, Opener
from graph.opening import ShownPerson as ShownPerson  # noqa: PLC0414 - part of what this module answers with.
from graph.people import Audience, BodyCondition, PageRequest
from graph.transaction import Transaction
from graph.vocabulary import ActorKind
from graph.windows import Axis

# Members of so few bodies are read body by body; more of them are met soon enough on a walk by id.
_MOST_ROSTERS = 250
_ESTIMATE_LIFETIME = 60_000
# The other kinds have their own business: a kiosk takes decisions down, a privacy officer reads who looked.
_LISTERS: Final = frozenset({ActorKind.STAFF, ActorKind.SERVICE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller asked to see: fields to open, whether to say what is withheld and why.

    `nodes` says whether people are to be shown at all; without it a page may still be wanted for where it ends, which
    is `people`. `count` says whether the size of the audience is wanted.
    """

    fields: frozenset[Field]
    reasons: bool
    nodes: bool = True
    people: bool = True
    count: bool = False


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A page of people shown at `at`, the cursor to go on after (None on the last page), the count if asked for."""

    people: tuple[ShownPerson, ...]
    end_cursor: str | None
    has_next_page: bool
    count: int | None
    at: int


@dataclass(frozen=True, slots=True)
class ShownAt:
    """One person as shown at an instant in epoch milliseconds."""

    person: ShownPerson
    at: int


class Contacts:
    """Answers contact lists and single people; everything shown is recorded before it is returned."""

    def __init__(self, graph: Graph, keys: FileKeyService, regions: RegionMap, clock: Callable[[], int]) -> None:
        """Take the graph, the keys, the map of regions, and a clock that gives epoch milliseconds."""
        self._graph = graph
        self._opener = Opener(keys, keys.keyring.tenant)
        self._cursors = Cursors(keys.keyring.cursor_key)
        self._regions = regions
        self._clock = clock
        self._people = 0
        self._estimated_until = 0

    async def page(  # noqa: PLR0913, PLR0917 - the parts of the question.
        self,
        caller: Caller,
        purpose: Purpose,
        where: ParticipantFilter,
        wanted: Wanted,
        first: int,
        after: str | None,
    ) -> ContactPage:
        """Return a page of up to `first` people; raises Forbidden, BadInput, BadCursor, or what the graph raises."""
        _require(caller, purpose)
        now = self._clock()
        audience = await self._audience(caller, purpose, where, now)
        query = {"purpose": purpose, "where": where.described()}
        walk: str | None = None
        position: str | None = None
        if after is not None:
            walk, position = self._cursors.open(after, caller=caller.actor, query=query, now=now)
        roster = None
        if audience.affiliation is not None:
            roster = await self._graph.read(_roster, audience.affiliation)
        count = await self._graph.read(people.count, audience, roster) if wanted.count else None
        page = ShownPage((), None)
        if wanted.people:
            request = await self._request(audience, wanted, first, position, roster)
            # With bodies come or gone since the page before, the walk may be another, to which the position is foreign.
            if walk not in {None, _walk(request)} or not request.goes_on:
                raise BadCursor
            walk = _walk(request)
            page = await self._graph.write(
                disclosures.disclose_page,
                request,
                _asked(audience, wanted),
                self._opener,
                _look(caller, audience),
            )
        elif wanted.count:
            await self._graph.write(disclosures.record, _look(caller, audience), ())
        cursor = None
        if page.last is not None:
            cursor = self._cursors.seal([walk, page.last], caller=caller.actor, query=query, now=now)
        return ContactPage(page.people, cursor, cursor is not None, count, now)

    async def one(self, caller: Caller, purpose: Purpose, participant: str, wanted: Wanted) -> ShownAt | None:
        """Return one person, or None for nobody and for somebody out of the caller's scope alike (L3)."""
        _require(caller, purpose)
        audience = Audience(purpose, caller.scope, self._clock())
        shown = await self._graph.write(
            disclosures.disclose_one,
            participant,
            _asked(audience, wanted),
            self._opener,
            _look(caller, audience, "participant"),
        )
        return None if shown is None else ShownAt(shown, audience.now)

    async def _audience(self, caller: Caller, purpose: Purpose, where: ParticipantFilter, now: int) -> Audience:
        regions = dongs = None
        if where.regions is not None:
            regions = self._regions.checked(where.regions, "where.regions")
            dongs = self._regions.dongs_in(regions)
        condition = body_condition(where, self._regions)
        if where.body is not None and await self._graph.read(_is_unknown, where.body):
            raise BadInput("where.body", "is no body's id; the query bodies lists them")
        return Audience(
            purpose=purpose,
            scope=caller.scope,
            now=now,
            regions=regions,
            dongs=dongs,
            affiliation=condition,
            sex=where.sex,
            born=born_between(where, now),
        )

    async def _request(
        self,
        audience: Audience,
        wanted: Wanted,
        size: int,
        position: str | None,
        roster: tuple[str, ...] | None,
    ) -> PageRequest:
        population = await self._estimate(audience.now)
        # By place only where everybody in the answer agreed to show where they live: the order would tell it.
        by_place = audience.dongs is not None and roster is None
        axis = Axis.by_id(population)
        if by_place:
            axis = Axis.by_place(audience.dongs or (), self._regions.dongs, population)
        return PageRequest(
            audience=audience,
            size=size,
            after=position,
            axis=axis,
            by_place=by_place,
            bodies=roster,
            with_affiliations=wanted.reasons or Field.AFFILIATION in wanted.fields,
        )

    async def _estimate(self, now: int) -> int:
        """About how many people there are: how wide to cut windows, and nothing that an answer depends on."""
        if now >= self._estimated_until:
            self._people = await self._graph.read(people.population)
            self._estimated_until = now + _ESTIMATE_LIFETIME
        return self._people


def _walk(request: PageRequest) -> str:
    if request.bodies is not None:
        return "bodies"
    return "place" if request.by_place else "id"


def _require(caller: Caller, purpose: Purpose) -> None:
    if purpose not in caller.scope.purposes or caller.kind not in _LISTERS:
        raise Forbidden("this purpose")


def _asked(audience: Audience, wanted: Wanted) -> Asked:
    return Asked(
        purpose=audience.purpose,
        scope=audience.scope,
        now=audience.now,
        fields=wanted.fields,
        reasons=frozenset(Field) if wanted.reasons else frozenset(),
        filtered=audience.filtered,
        people=wanted.nodes,
    )


def _look(caller: Caller, audience: Audience, operation: str = "participants") -> Look:
    return Look(
        id=uuid.uuid4().hex,
        at=audience.now,
        actor=caller.actor,
        department=caller.scope.department,
        purpose=audience.purpose,
        operation=operation,
        origin=caller.origin,
        trace=caller.trace,
        filtered=" ".join(sorted(audience.filtered)),
        seed=secrets.token_bytes(SALT_BYTES),
    )


async def _roster(tx: Transaction, condition: BodyCondition) -> tuple[str, ...] | None:
    return await bodies.ids(tx, condition, most=_MOST_ROSTERS)


async def _is_unknown(tx: Transaction, body: str) -> bool:
    return not await bodies.ids(tx, BodyCondition(bodies=(body,)), most=1)
