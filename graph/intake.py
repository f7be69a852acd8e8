"""Putting the city into the graph: its frame (regions, departments, programme, bodies) and its people, in batches.

A load is a node that says what is being loaded and how far it is. A batch and the load's progress are written in one
transaction, so that a load that was cut off goes on with the first batch that is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString, TypeAlias

from graph import ledger
from graph.transaction import Transaction

Rows: TypeAlias = Sequence[dict[str, Any]]

_THE_LOAD: Final = "city"


@dataclass(frozen=True, slots=True)
class Load:
    """A load of the whole directory: what it is of, and how many of its batches are in; `frame` is batch zero.

    `key_check` is a seal that the right keyring opens, so that a wrong one is noticed before anybody is sealed with it.
    """

    source: str
    synthetic: bool
    people: int
    seed: int
    as_of: str
    batches: int
    done: int
    frame: bool
    key_check: str = ""

    @property
    def complete(self) -> bool:
        """Whether everything is in."""
        return self.frame and self.done == self.batches


async def load(tx: Transaction) -> Load | None:
    """Return the load that was begun on this graph, None where there was none."""
    result = await tx.run(
        "MATCH (l:Load {name: $name}) RETURN l {.source, .synthetic, .people, .seed, .as_of, .batches, .done,"
        " .frame, .key_check} AS load",
        name=_THE_LOAD,
    )
    record = await result.single()
    return None if record is None else Load(**record["load"])


async def begin(tx: Transaction, planned: Load) -> None:
    """Write down what will be loaded, before anything is."""
    row = {name: getattr(planned, name) for name in Load.__slots__} | {"name": _THE_LOAD}
    await _run(tx, "CREATE (l:Load) SET l = $row", row=row)


async def frame_done(tx: Transaction) -> None:
    """Write down that the frame is in."""
    await _run(tx, "MATCH (l:Load {name: $name}) SET l.frame = true", name=_THE_LOAD)


async def renew_key_check(tx: Transaction, check: str) -> None:
    """Put another key check in the place of the one there is, as after a rotation."""
    await _run(tx, "MATCH (l:Load {name: $name}) SET l.key_check = $check", name=_THE_LOAD, check=check)


# The frame is merged, since a load may be cut off within it.
_REGIONS: Final[dict[str, LiteralString]] = {
    "CITY": """
UNWIND $rows AS row MERGE (r:Region:City {code: row.code})
SET r.name_ko = row.name_ko, r.name_en = row.name_en, r.level = row.level, r.lat = row.lat, r.lon = row.lon
""",
    "DISTRICT": """
UNWIND $rows AS row MERGE (r:Region:District {code: row.code})
SET r.name_ko = row.name_ko, r.name_en = row.name_en, r.level = row.level, r.lat = row.lat, r.lon = row.lon
""",
    "DONG": """
UNWIND $rows AS row MERGE (r:Region:Dong {code: row.code})
SET r.name_ko = row.name_ko, r.name_en = row.name_en, r.level = row.level, r.lat = row.lat, r.lon = row.lon
""",
}
_PART_OF: Final[LiteralString] = """
UNWIND $rows AS row MATCH (part:Region {code: row.part}) MATCH (whole:Region {code: row.whole})
MERGE (part)-[:PART_OF]->(whole)
"""
_BORDERS: Final[LiteralString] = """
UNWIND $rows AS row MATCH (a:Region {code: row.a}) MATCH (b:Region {code: row.b}) MERGE (a)-[:BORDERS]->(b)
"""
_STAGES: Final[LiteralString] = """
UNWIND $rows AS row MERGE (s:Stage {number: row.number}) SET s.deadline = row.deadline
"""
_TARGETS: Final[LiteralString] = """
UNWIND $rows AS row MERGE (t:Target {group: row.group})
SET t.name_ko = row.name_ko, t.name_en = row.name_en, t.category = row.category, t.headcount = row.headcount,
    t.led_by = row.led_by, t.rank = row.rank
WITH t, row MATCH (s:Stage {number: row.stage}) MERGE (t)-[:OF]->(s)
"""
_DEPARTMENTS: Final[LiteralString] = """
UNWIND $rows AS row MERGE (d:Department {id: row.id})
SET d.name_ko = row.name_ko, d.name_en = row.name_en, d.level = row.level, d.region = row.region
WITH d, row MATCH (r:Region {code: row.region}) MERGE (d)-[:SERVES]->(r)
"""
_LEADS: Final[LiteralString] = """
UNWIND $rows AS row MATCH (d:Department {id: row.department}) MATCH (t:Target {group: row.group})
MERGE (d)-[:LEADS]->(t)
"""
_ORGANIZATIONS: Final[LiteralString] = """
UNWIND $rows AS row CREATE (b:Body:Organization) SET b = row
WITH b, row MATCH (r:Region {code: row.region}) CREATE (b)-[:BASED_IN]->(r)
"""
_COMMITTEES: Final[LiteralString] = """
UNWIND $rows AS row CREATE (b:Body:Committee) SET b = row
WITH b, row MATCH (r:Region {code: row.region}) CREATE (b)-[:BASED_IN]->(r)
"""
_COUNTS_TOWARDS: Final[LiteralString] = """
UNWIND $rows AS row MATCH (b:Body {id: row.id}) MATCH (t:Target {group: row.group}) CREATE (b)-[:COUNTS_TOWARDS]->(t)
"""
_KNOWN_BODIES: Final[LiteralString] = "UNWIND $ids AS id MATCH (b:Body {id: id}) RETURN b.id AS id"


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of everything but bodies and people, as the statements above take them."""

    regions: Rows
    part_of: Rows
    borders: Rows
    stages: Rows
    targets: Rows
    departments: Rows
    leads: Rows


async def add_frame(tx: Transaction, frame: Frame) -> None:
    """Write regions, programme and departments; harmless when repeated."""
    for level, text in _REGIONS.items():
        await _run(tx, text, rows=[row for row in frame.regions if row["level"] == level])
    await _run(tx, _PART_OF, rows=frame.part_of)
    await _run(tx, _BORDERS, rows=frame.borders)
    await _run(tx, _STAGES, rows=frame.stages)
    await _run(tx, _TARGETS, rows=frame.targets)
    await _run(tx, _DEPARTMENTS, rows=frame.departments)
    await _run(tx, _LEADS, rows=frame.leads)


async def add_bodies(tx: Transaction, rows: Rows) -> None:
    """Write bodies, with the region they are based in and the target they count towards; skips those there are."""
    result = await tx.run(_KNOWN_BODIES, ids=[row["id"] for row in rows])
    known = {row["id"] async for row in result}
    new = [row for row in rows if row["id"] not in known]
    await _run(tx, _ORGANIZATIONS, rows=[row for row in new if not row["committee"]])
    await _run(tx, _COMMITTEES, rows=[row for row in new if row["committee"]])
    await _run(tx, _COUNTS_TOWARDS, rows=[row for row in new if row["group"] is not None])


_PEOPLE: Final[LiteralString] = """
UNWIND $rows AS row MATCH (home:Region {code: row.person.dong})
CREATE (p:Participant) SET p = row.person CREATE (p)-[:LIVES_IN]->(home)
WITH p, row UNWIND row.affiliations AS a
MATCH (b:Body {id: a.body}) CREATE (p)-[:MEMBER_OF {role: a.role, since: a.since, until: a.until}]->(b)
"""
_SEATS: Final[LiteralString] = """
UNWIND $rows AS row MATCH (p:Participant {id: row.participant}) MATCH (b:Body {id: row.body})
CREATE (p)-[:SERVES_ON {seat: row.seat, role: row.role, since: row.since, until: row.until}]->(b)
"""
_PROGRESS: Final[LiteralString] = """
MATCH (l:Load {name: $name}) WHERE l.done = $number SET l.done = $number + 1 RETURN l.done AS done
"""


_EVENTS: Final[LiteralString] = "UNWIND $rows AS row CREATE (e:Entry:ConsentEvent) SET e = row"


async def add_people(  # noqa: PLR0913, PLR0917 - what a batch consists of.
    tx: Transaction, number: int, people: Rows, seats: Rows, events: Rows, hashes: Sequence[bytes]
) -> None:
    """Write batch `number` of people, counted from zero, unless it is in already.

    A row of `people` has `person`, the properties of the participant with `id` and `dong`, and `affiliations` with
    organizations; `seats` are the affiliations with committees. `events` are the consent events of these people as
    `graph.consents.event_row` makes them, and `hashes` their leaves: they get their places in the ledger here.
    """
    result = await tx.run(_PROGRESS, name=_THE_LOAD, number=number)
    if await result.single() is None:
        return
    await _run(tx, _PEOPLE, rows=people)
    await _run(tx, _SEATS, rows=seats)
    first = await ledger.size(tx)
    await _run(tx, _EVENTS, rows=[row | {"leaf": first + place} for place, row in enumerate(events)])
    if hashes:
        await ledger.append_hashes(tx, first, hashes)


async def _run(tx: Transaction, text: LiteralString, **parameters: Any) -> None:  # noqa: ANN401 - the driver's own type.
    if parameters.get("rows") == []:
        return
    result = await tx.run(text, **parameters)
    await result.consume()
