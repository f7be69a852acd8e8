"""Opening takes the permit for just that value, and a value opens only where it was sealed (E3)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from consent.errors import ErrorCode, SealingError
from consent.gate import decide, decide_fields
from consent.permit import Permit, Refusal
from consent.standing import Standing
from consent.vocabulary import Field, Purpose
from graph import opening
from graph.errors import PermitMismatch
from graph.opening import Opener
from tests.graph.opened import ALL_ASKED, EVERYWHERE, agreed_to, opener, row_of
from tests.loaded_city import NOW, City


def _of_another_person(permit: Permit | Refusal, standing: Standing, field: Field) -> Permit | Refusal:
    other = replace(standing, person="somebody-else")
    return decide(other, field, Purpose.CITY_NEWS, EVERYWHERE, NOW)


def _of_another_field(permit: Permit | Refusal, standing: Standing, field: Field) -> Permit | Refusal:
    other = Field.SEX if field is Field.AGE else Field.AGE
    return decide(standing, other, Purpose.CITY_NEWS, EVERYWHERE, NOW)


@pytest.mark.parametrize("issued", [_of_another_person, _of_another_field])
@pytest.mark.parametrize("field", Field)
async def test_a_permit_for_something_else_opens_nothing(
    city: City, monkeypatch: pytest.MonkeyPatch, issued: Callable[..., Permit | Refusal], field: Field
) -> None:
    """A permit for another person or field is a fault of the program, never an answer."""
    row = await row_of(city, agreed_to(city, *Field)[0])

    def mistaken(standing: Standing, fields: Sequence[Field], *rest: Any) -> list[Permit | Refusal]:  # noqa: ANN401 - passed on
        answers = decide_fields(standing, fields, *rest)
        return [issued(answer, standing, field) for answer, field in zip(answers, fields, strict=True)]

    monkeypatch.setattr(opening, "decide_fields", mistaken)
    with pytest.raises(PermitMismatch):
        opener(city).open(*row, replace(ALL_ASKED, fields=frozenset({field})))


@pytest.mark.parametrize("key", ["name", "phone", "email", "data_key"])
async def test_a_value_moved_from_another_person_does_not_open(city: City, key: str) -> None:
    """What was sealed for one participant is worthless at another (E3)."""
    mine, theirs = agreed_to(city, Field.NAME, Field.PHONE, Field.EMAIL)[:2]
    person, affiliations = await row_of(city, mine)
    other, _ = await row_of(city, theirs)
    with pytest.raises(SealingError) as caught:
        opener(city).open(person | {key: other[key]}, affiliations, ALL_ASKED)
    assert caught.value.code is ErrorCode.SEAL_BROKEN


async def test_a_whole_sealed_record_under_another_id_does_not_open(city: City) -> None:
    """Ciphertext and key together, put under another person's id, still do not open (E3)."""
    mine, theirs = agreed_to(city, Field.NAME, Field.PHONE, Field.EMAIL)[:2]
    person, affiliations = await row_of(city, mine)
    with pytest.raises(SealingError):
        opener(city).open(person | {"id": theirs.id}, affiliations, ALL_ASKED)


@pytest.mark.parametrize(("key", "other"), [("name", "phone"), ("phone", "name"), ("email", "name")])
async def test_a_value_moved_from_another_field_does_not_open(city: City, key: str, other: str) -> None:
    """A name in the place of a number fails to open, rather than being shown on the wrong permit (E3)."""
    person, affiliations = await row_of(city, agreed_to(city, Field.NAME, Field.PHONE, Field.EMAIL)[0])
    with pytest.raises(SealingError):
        opener(city).open(person | {key: person[other]}, affiliations, ALL_ASKED)


async def test_another_tenants_opener_opens_nothing(city: City) -> None:
    """Every seal is bound to the directory it was made for."""
    row = await row_of(city, agreed_to(city, Field.NAME)[0])
    with pytest.raises(SealingError):
        Opener(city.keyring, "busan").open(*row, ALL_ASKED)
