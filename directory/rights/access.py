"""Reading everything that is held about a person, for the report that is given to them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from consent.folding import fold
from consent.keyring import KeyService
from consent.sealing import open_field
from consent.standing import PurposeStanding
from consent.vocabulary import Field, Purpose, Sex
from directory.contacts.regions import RegionMap
from directory.reference.departments import departments
from directory.reference.programme import programme
from directory.rights.origins import source_of
from directory.rights.report import (
    AccessReport,
    HeldAffiliation,
    HeldDecision,
    HeldStanding,
    LookAtMe,
    Named,
    Source,
    WaitingContact,
    held_case,
    instant,
    maybe_instant,
)
from directory.vocabulary import Membership
from graph import cases, holdings, intake, verifications
from graph.cases import Waiting
from graph.disclosures import Disclosure
from graph.holdings import HeldEvent, Holdings
from graph.standings import PROPERTIES
from graph.transaction import Transaction

_SEALED: Final = {Field.NAME: "name", Field.PHONE: "phone", Field.EMAIL: "email"}
# What the report says in words of its own; any other property is named among the technical ones.
_TOLD: Final = frozenset(
    {
        *("id", "name", "sex", "born", "phone", "email", "dong", "jurisdiction", "group"),
        *("enrolment_department", "enrolment_until"),
        *(name for names in PROPERTIES.values() for name in (names.state, names.until, names.covers)),
    }
)


class AccessReports:
    """Reads reports."""

    def __init__(self, keys: KeyService, tenant: str, regions: RegionMap, clock: Callable[[], int]) -> None:
        """Take what opens the person's own values, the map of regions, and a clock in epoch milliseconds."""
        self._keys = keys
        self._tenant = tenant
        self._regions = regions
        self._clock = clock

    async def read(self, tx: Transaction, person: str) -> AccessReport | None:
        """Return everything about a person as it is in this transaction, None where there is nobody of this id."""
        held = await holdings.holdings(tx, person)
        if held is None:
            return None
        now, facts, values = self._clock(), held.properties, self._opened(person, held.properties)
        loaded = await intake.load(tx)
        department = facts.get("enrolment_department")
        return AccessReport(
            person=person,
            at=instant(now),
            synthetic=bool(loaded and loaded.synthetic),
            name=values.get(Field.NAME),
            sex=None if facts.get("sex") is None else Sex(facts["sex"]),
            born=facts.get("born"),
            phone=values.get(Field.PHONE),
            email=values.get(Field.EMAIL),
            residence=None if facts.get("dong") is None else self._region(facts["dong"]),
            office=self._region(facts["jurisdiction"]),
            group=_group(facts["group"]),
            enrolled_by=None if department is None else _department(department),
            enrolment_until=maybe_instant(facts.get("enrolment_until")),
            affiliations=tuple(_affiliation(each) for each in held.affiliations),
            standings=standings(held),
            decisions=tuple(_decision(each) for each in held.events),
            looks=tuple(_look(each) for each in await holdings.looks_at(tx, person)),
            cases=tuple(
                held_case(each.case, now, self._waiting(person, facts, each.waiting))
                for each in await cases.stored_of(tx, person)
            ),
            codes_sent=tuple(instant(each.at) for each in await verifications.of_person(tx, person)),
            sources=sources(held, "" if loaded is None else loaded.source, synthetic=bool(loaded and loaded.synthetic)),
            technical=tuple(sorted(facts.keys() - _TOLD)),
        )

    def _waiting(self, person: str, facts: Mapping[str, Any], waiting: Waiting | None) -> WaitingContact | None:
        """Open what a correction waits to write, under the key of the person who wanted it."""
        if waiting is None:
            return None
        data_key, field = self._keys.unwrap(person, facts["data_key"]), waiting.field
        value = open_field(waiting.sealed, data_key=data_key, tenant=self._tenant, person=person, field=field)
        return WaitingContact(field, value)

    def _opened(self, person: str, facts: Mapping[str, Any]) -> dict[Field, str]:
        """Open the person's own values, which no gate withholds from them."""
        sealed = {field: facts[key] for field, key in _SEALED.items() if facts.get(key) is not None}
        if not sealed:
            return {}
        data_key = self._keys.unwrap(person, facts["data_key"])
        return {
            field: open_field(envelope, data_key=data_key, tenant=self._tenant, person=person, field=field)
            for field, envelope in sealed.items()
        }

    def _region(self, code: str) -> Named:
        region = self._regions.by_code.get(code)
        return Named(code, code, code) if region is None else Named(code, region.name_ko, region.name_en)


def standings(held: Holdings) -> tuple[HeldStanding, ...]:
    """Return what a person's events add up to, purpose by purpose."""
    folded = fold(each.event for each in held.events)
    return tuple(_standing(purpose, folded[purpose]) for purpose in Purpose if purpose in folded)


def _standing(purpose: Purpose, standing: PurposeStanding) -> HeldStanding:
    return HeldStanding(
        purpose=purpose,
        state=standing.state,
        fields=tuple(sorted(standing.fields)),
        channels=tuple(sorted(standing.channels)),
        sensitive=standing.sensitive,
        until=maybe_instant(standing.until),
    )


def sources(held: Holdings, loaded: str, *, synthetic: bool) -> tuple[Source, ...]:
    """Say where a person's data came from (P12): the record itself, and each decision."""
    by_load = Source(
        "성명, 연락처, 소속 등 기본 자료",
        "Name, contact details, affiliations",
        "지어낸 도시의 자료" if synthetic else f"일괄 등록: {loaded}",
        "The data of a made-up city" if synthetic else f"Taken in together with others: {loaded}",
        None,
    )
    return (by_load, *(source_of(each.event) for each in held.events))


def _affiliation(row: Mapping[str, Any]) -> HeldAffiliation:
    return HeldAffiliation(
        body=Named(row["body_id"], row["name_ko"], row["name_en"]),
        relation=Membership(row["relation"]),
        role=row["role"],
        seat=row["seat"],
        since=row["since"],
        until=row["until"],
        sensitive=bool(row["sensitive"]),
    )


def _decision(held: HeldEvent) -> HeldDecision:
    event = held.event
    return HeldDecision(
        id=event.id,
        kind=event.kind,
        purpose=event.purpose,
        at=instant(event.at),
        recorded=instant(event.recorded),
        notice=event.notice,
        notice_hash=event.notice_hash,
        language=event.language,
        fields=tuple(sorted(event.fields)),
        channels=tuple(sorted(event.channels)),
        sensitive=event.sensitive,
        until=maybe_instant(event.until),
        method=event.capture.method,
        operator=event.capture.operator,
        meeting=event.capture.meeting,
        evidence=event.capture.evidence,
        guardian=None if event.guardian is None else event.guardian.check,
        guardian_verified=None if event.guardian is None else instant(event.guardian.verified_at),
        basis=event.basis,
        place=held.leaf,
    )


def _look(disclosure: Disclosure) -> LookAtMe:
    look = disclosure.look
    return LookAtMe(
        at=instant(look.at),
        actor=look.actor,
        department=_department(look.department),
        purpose=look.purpose,
        operation=look.operation,
        origin=look.origin,
        fields=disclosure.fields,
    )


def _department(identity: str) -> Named:
    for department in departments():
        if department.id == identity:
            return Named(identity, department.name_ko, department.name_en)
    return Named(identity, identity, identity)


def _group(code: str) -> Named:
    for group in programme().groups:
        if group.code == code:
            return Named(code, group.name_ko, group.name_en)
    return Named(code, code, code)
