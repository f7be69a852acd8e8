"""Verification: alike for anybody, the same work for anybody, and a code that opens nothing twice (P8, L4)."""

import re
import stat
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio

from consent import one_time_codes
from consent.one_time_codes import A_CALLER, A_CONTACT, LIFETIME, MOST_TRIES
from directory.rights.verification import TOKEN_LIFETIME
from graph import verifications
from graph.transaction import Transaction
from graph.verifications import CodeRequest
from tests.directory.desk import Answer, Desk
from tests.directory.rights.people import CONFIRM, REQUEST, Visitor, visiting
from tests.loaded_city import NOW, City

NOBODY: Final = ("010-0999-9999", "nobody-at-all@example.org")
WHO: Final = "query ($t: String!) { me(personToken: $t) { person } }"


@pytest_asyncio.fixture
async def visitor(city: City, desk: Desk) -> AsyncIterator[Visitor]:
    """Enrol somebody for one test."""
    async with visiting(city, desk) as somebody:
        yield somebody


async def asked(visitor: Visitor, contact: str, *, by: str = "kiosk") -> Answer:
    """Ask for a code."""
    return await visitor.desk.ask(REQUEST, {"contact": contact}, by=by)


async def verification_of(visitor: Visitor, contact: str) -> str:
    """Ask for a code, and give the verification."""
    found: str = (await asked(visitor, contact)).data["requestVerification"]["verification"]
    return found


async def confirmed(visitor: Visitor, verification: str, code: str, *, by: str = "kiosk") -> Answer:
    """Send a code back."""
    return await visitor.desk.ask(CONFIRM, {"verification": verification, "code": code}, by=by)


def alike(answer: Answer) -> tuple[int, str, bytes]:
    """Give all of an answer but for what is random in it."""
    status, headers, raw = answer.without_trace
    return status, str(sorted(headers.items())), re.sub(rb'"verification":"[0-9a-f]{32}"', b'"verification":"ID"', raw)


async def test_the_answer_is_alike_for_anybody(visitor: Visitor) -> None:
    """L4: byte by byte, by telephone and by e-mail, for somebody who is registered and for nobody."""
    contacts = (visitor.person.phone, visitor.person.email, *NOBODY)
    assert len({alike(answer) for answer in [await asked(visitor, contact) for contact in contacts]}) == 1


class Counted:
    """A transaction that keeps what it was asked, as texts and as the shapes of the parameters."""

    def __init__(self, tx: Transaction) -> None:
        """Take the transaction that answers."""
        self._tx = tx
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    async def run(self, text: str, **parameters: Any) -> Any:  # noqa: ANN401 - the driver's.
        """Ask, and remember."""
        self.asked.append((text, shape(parameters)))
        return await self._tx.run(text, **parameters)


def shape(value: Any) -> Any:  # noqa: ANN401 - whatever is given.
    """Give the shape of a value: everything but which letters its texts are of."""
    if isinstance(value, dict):
        return tuple((key, shape(each)) for key, each in sorted(value.items()))
    return (type(value).__name__, len(value)) if isinstance(value, str | list) else type(value).__name__


@pytest.mark.parametrize("kind", ["phone", "email"])
async def test_the_work_is_the_same_for_anybody(visitor: Visitor, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """L4: the same statements with parameters of the same sizes, and as much cryptography, for a hit and for a miss."""
    done: list[list[tuple[str, Any]]] = []

    async def watching(tx: Transaction, request: CodeRequest) -> verifications.CodeAsked:
        counted = Counted(tx)
        answer = await ask(counted, request)
        done.append(counted.asked)
        return answer

    ask, hashes = verifications.ask, []
    real = one_time_codes.code_hash
    monkeypatch.setattr(verifications, "ask", watching)
    monkeypatch.setattr(
        "directory.rights.verification.code_hash", lambda *args, **named: hashes.append(1) or real(*args, **named)
    )
    known = visitor.person.phone if kind == "phone" else visitor.person.email
    nobody = NOBODY[0] if kind == "phone" else f"{'0' * 8}-0000-0000-0000-{'0' * 12}@example.org"
    await asked(visitor, known)
    await asked(visitor, nobody)
    assert len(done) == 2
    # The counter of the caller has one more instant at the second time, whoever was asked for first.
    hit, miss = ([step for step in steps if "instants" not in dict(step[1])] for steps in done)
    assert hit == miss
    assert [text for text, _ in done[0]] == [text for text, _ in done[1]]
    assert len(hashes) == 2


async def test_a_code_is_sent_to_whoever_is_registered_alone(visitor: Visitor) -> None:
    """The outbox has the code and the verification of the one, nothing of the other, and no address of anybody."""
    hit, miss = await verification_of(visitor, visitor.person.phone), await verification_of(visitor, NOBODY[0])
    assert re.fullmatch("[0-9]{8}", await visitor.code(hit) or "")
    assert await visitor.code(miss) is None
    path = visitor.outbox / f"{hit}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(visitor.outbox.stat().st_mode) == 0o700
    for file in visitor.outbox.iterdir():
        content = file.read_text(encoding="utf-8")
        assert visitor.person.phone[3:] not in content
        assert "@" not in content


@pytest.mark.parametrize("written", ["010-0000-4242", "+82 10 0000 4242", "０１０－００００－４２４２"])
async def test_a_contact_is_found_however_it_is_written(visitor: Visitor, written: str) -> None:
    """T1 to T6: one number, one index."""
    assert await visitor.code(await verification_of(visitor, written)) is not None


@pytest.mark.parametrize("contact", ["", "canary", "02-12", "120", "@", "x@", "+1 650 253 0000", "7" * 400])
async def test_what_is_no_contact_is_refused_without_being_repeated(visitor: Visitor, contact: str) -> None:
    """That hangs on what was written alone."""
    answer = await asked(visitor, contact)
    assert answer.codes == ["BAD_INPUT"]
    assert not contact or len(contact) < 3 or contact.encode() not in answer.raw


async def test_a_right_code_gives_a_token_once(visitor: Visitor) -> None:
    """The token opens the person's own record through the same key alone; the code gives no second one."""
    verification = await verification_of(visitor, visitor.person.email)
    code = await visitor.code(verification)
    assert code is not None
    spaced = f"{code[:4]} {code[4:]}"
    found = (await confirmed(visitor, verification, spaced)).data["confirmVerification"]
    token = found["personToken"]
    assert (await visitor.me(token, "person"))["person"] == visitor.person.id
    assert (await confirmed(visitor, verification, code)).codes == ["VERIFICATION_REFUSED"]
    assert (await visitor.me(token, "person"))["person"] == visitor.person.id
    for other in ("staff", "service", "officer"):
        assert (await visitor.desk.ask(WHO, {"t": token}, by=other)).codes == ["VERIFICATION_REFUSED"]


async def test_everything_else_is_refused_alike(visitor: Visitor) -> None:
    """A wrong code, another's verification, a made-up one, another caller: one answer, byte by byte."""
    ours, nobody = await verification_of(visitor, visitor.person.phone), await verification_of(visitor, NOBODY[1])
    code = await visitor.code(ours)
    assert code is not None
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    tries = [
        (ours, wrong),
        (nobody, wrong),
        (nobody, code),
        ("0" * 32, code),
        ("", code),
        (ours, ""),
        (ours, "x" * 900),
    ]
    answers = [await confirmed(visitor, *each) for each in tries]
    answers.append(await confirmed(visitor, ours, code, by="staff"))
    assert len({(answer.status, answer.without_trace[2]) for answer in answers}) == 1
    assert answers[0].codes == ["VERIFICATION_REFUSED"]


async def test_a_code_is_tried_five_times(visitor: Visitor) -> None:
    """The sixth try is in vain though it be right."""
    verification = await verification_of(visitor, visitor.person.phone)
    code = await visitor.code(verification)
    assert code is not None
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(MOST_TRIES):
        assert (await confirmed(visitor, verification, wrong)).codes == ["VERIFICATION_REFUSED"]
    assert (await confirmed(visitor, verification, code)).codes == ["VERIFICATION_REFUSED"]


async def test_codes_and_tokens_end(visitor: Visitor) -> None:
    """A code after ten minutes, a token after half an hour."""
    desk = visitor.desk
    verification = await verification_of(visitor, visitor.person.phone)
    code = await visitor.code(verification)
    assert code is not None
    with desk.clock.at(desk.clock.now + LIFETIME):
        assert (await confirmed(visitor, verification, code)).codes == ["VERIFICATION_REFUSED"]
    token = await visitor.token()
    with desk.clock.at(desk.clock.now + TOKEN_LIFETIME - 10):
        assert (await visitor.me(token, "person"))["person"] == visitor.person.id
    with desk.clock.at(desk.clock.now + TOKEN_LIFETIME):
        assert (await desk.ask(WHO, {"t": token}, by="kiosk")).codes == ["VERIFICATION_REFUSED"]


@pytest.mark.parametrize("token", ["", "person_", "person_" + "A" * 43, "x" * 5_000])
async def test_what_is_no_token_opens_nothing(visitor: Visitor, token: str) -> None:
    """It is answered as an ended one."""
    assert (await visitor.desk.ask(WHO, {"t": token}, by="kiosk")).codes == ["VERIFICATION_REFUSED"]


async def test_a_contact_gets_few_codes_an_hour_without_a_word(visitor: Visitor) -> None:
    """The sixth is not sent, and answered as ever, whether the contact is anybody's or not; an hour later it is."""
    answers = [await asked(visitor, visitor.person.phone) for _ in range(A_CONTACT.most + 1)]
    assert len({alike(answer)[2] for answer in answers}) == 1
    sent = [await visitor.code(answer.data["requestVerification"]["verification"]) for answer in answers]
    assert [code is not None for code in sent] == [True] * A_CONTACT.most + [False]
    with visitor.desk.clock.at(visitor.desk.clock.now + A_CONTACT.window + 1):
        assert await visitor.code(await verification_of(visitor, visitor.person.phone)) is not None


async def test_a_caller_that_asks_too_often_is_told(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is about the caller alone: nobody learns of it who is registered; another key is not concerned."""
    limit = one_time_codes.Limit(2, A_CALLER.window)
    monkeypatch.setattr(verifications, "A_CALLER", limit)
    with visitor.desk.clock.at(NOW + 10 * A_CALLER.window):
        for contact in (visitor.person.phone, NOBODY[0]):
            assert (await asked(visitor, contact)).data
        for contact in (visitor.person.phone, NOBODY[0]):
            assert (await asked(visitor, contact)).codes == ["RATE_LIMITED"]
        assert (await asked(visitor, visitor.person.phone, by="staff")).data


async def test_neither_code_nor_token_nor_contact_is_in_the_graph(visitor: Visitor) -> None:
    """What is kept is a keyed hash, a hash, and a blind index."""
    token = await visitor.token()

    async def kept(tx: Transaction) -> str:
        found = await tx.run("MATCH (v:Verification) RETURN collect(properties(v)) AS rows")
        return str((await found.single(strict=True))["rows"])

    text = await visitor.desk.city.graph.read(kept)
    assert token not in text
    assert visitor.person.phone not in text
    codes = {file.read_text(encoding="utf-8").partition('"code": "')[2][:8] for file in visitor.outbox.iterdir()}
    assert not any(f"'{code}'" in text for code in codes)
