"""Ordinary strings of the kinds that a city office types, made up from a seed, for counting what is refused wrongly."""

import base64
import string
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from consent.vocabulary import Sex
from directory.reference.regions import all_regions, dongs
from directory.synthetic.chance import draw_uuid
from directory.synthetic.city import SyntheticCity
from directory.synthetic.names import Names
from directory.synthetic.romanisation import romanise

Maker = Callable[[Random], str]
_HYPHENS: Final = ("-", "-", "-", "-", ".", " ", "")
_ROADS: Final = (
    "세종대로",
    "구로중앙로",
    "영동대로",
    "오류로",
    "이촌로",
    "삼일대로",
    "사평대로",
    "칠패로",
    "육조거리",
    "일원로",
)
_BEGIN: Final = datetime(1930, 1, 1)  # noqa: DTZ001 - a made-up day, of no zone.
_DAYS: Final = 36_000
_DATE_FORMS: Final = (
    "%Y-%m-%d",
    "%Y.%m.%d",
    "%Y. %m. %d.",
    "%Y/%m/%d",
    "%Y%m%d",
    "%y%m%d",
    "%y.%m.%d",
    "%Y년 %m월 %d일",
)
_TIME_FORMS: Final = (
    *("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%f+09:00", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y.%m.%d. %H:%M"),
    *("%Y%m%d%H%M%S", "%H:%M:%S.%f"),
)
_BASE64URL: Final = string.ascii_letters + string.digits + "-_"


def makers(seed: int) -> dict[str, Maker]:
    """Return what makes a string of each kind; the strings depend on the `Random` that they are given alone."""
    names = Names(())
    rng = Random(seed)  # noqa: S311 - nothing secret is drawn.
    people = [names.draw(rng, rng.choice(list(Sex)), rng.randrange(1930, 2005)) for _ in range(5_000)]
    bodies = [body.name_ko for body in SyntheticCity(5_000, seed, as_of=date(2013, 6, 20)).bodies]
    return {
        "names": lambda of: of.choice(people)[0] if of.random() < 0.8 else " ".join(of.choice(people)[1:]).title(),  # noqa: PLR2004
        "bodies": lambda of: of.choice(bodies),
        "addresses": _address,
        "telephone numbers": _telephone,
        "lists of telephone numbers": lambda of: of.choice((", ", " / ", " ", "\n")).join(_telephone(of) for _ in "12"),
        "e-mail addresses": lambda of: _email(of, of.choice(people)),
        "dates": lambda of: _day(of).strftime(of.choice(_DATE_FORMS)),
        "ranges of dates": _range_of_dates,
        "instants": lambda of: _day(of).strftime(of.choice(_TIME_FORMS)),
        "business numbers": lambda of: _numbers(of, 3, 2, 5),
        "order numbers": _order,
        "account numbers, 10 to 12 or 14 digits": lambda of: _numbers(of, *of.choice(_ACCOUNTS)),
        "amounts": lambda of: f"{of.randrange(1_000, 1_000_000_000):,}원",
        "places on the map": lambda of: (
            f"{of.uniform(37.4, 37.7):.{of.randrange(4, 8)}f}, {of.uniform(126.8, 127.2):.5f}"
        ),
        "ids": lambda of: of.choice((draw_uuid(of), f"{of.getrandbits(128):032x}", f"{of.getrandbits(256):064x}")),
        "access keys and cursors": lambda of: of.choice(("civic_" + _token(of, 43), _token(of, 379))),
        "rows of a contact list": lambda of: _row(of, of.choice(people), of.choice(bodies)),
    }


def unusual_makers() -> dict[str, Maker]:
    """Return what makes numbers that no field of the directory holds, of which more are refused; reported apart."""
    return {
        "13 digits in one piece": lambda of: _digits(of, 13),
        "13 digits as a bank writes them (3-4-4-2, 4-3-6)": lambda of: _numbers(
            of, *of.choice(((3, 4, 4, 2), (4, 3, 6))), hyphens="- "
        ),
        "16 digits in one piece, as of a card": lambda of: _digits(of, 16),
        "25 digits in one piece, as of a building": lambda of: _digits(of, 25),
        "milliseconds since 1970": lambda of: str(of.randrange(1_000_000_000_000, 1_900_000_000_000)),
        "a full date and seven digits, in one piece": lambda of: _day(of).strftime("%Y%m%d") + _digits(of, 7),
    }


_ACCOUNTS: Final = ((3, 3, 6), (3, 2, 6), (4, 4, 4), (6, 2, 6), (3, 6, 2, 3))


def _digits(of: Random, length: int) -> str:
    return "".join(of.choices(string.digits, k=length))


def _numbers(of: Random, *lengths: int, hyphens: Iterable[str] = _HYPHENS) -> str:
    return of.choice(tuple(hyphens)).join(_digits(of, length) for length in lengths)


def _token(of: Random, length: int) -> str:
    if length < 100:  # noqa: PLR2004 - a key, not a cursor.
        return "".join(of.choices(_BASE64URL, k=length))
    return base64.urlsafe_b64encode(of.randbytes(length * 3 // 4)).decode().rstrip("=")


def _day(of: Random) -> datetime:
    return _BEGIN + timedelta(days=of.randrange(_DAYS), microseconds=of.randrange(86_400_000_000))


def _address(of: Random) -> str:
    dong = of.choice(dongs())
    district = next(region for region in all_regions() if region.code == dong.code[:5]).name_ko
    tail = of.choice(
        (
            f"{of.choice(_ROADS)} {of.randrange(1, 700)}",
            f"{of.choice(_ROADS)}{of.randrange(1, 40)}길 {of.randrange(1, 99)}-{of.randrange(1, 30)}",
            f"{dong.name_ko} {of.randrange(1, 999)}-{of.randrange(1, 99)}",
            f"{dong.name_ko} 산 {of.randrange(1, 99)}-{of.randrange(1, 9)}",
        )
    )
    flat = of.choice(("", f", {of.randrange(101, 120)}동 {of.randrange(1, 25)}0{of.randrange(1, 9)}호"))
    code = of.choice(("", f"({_digits(of, 5)}) ", f"{_digits(of, 3)}-{_digits(of, 3)} "))
    if of.random() < 0.1:  # noqa: PLR2004 - some write in Latin letters.
        road, place = romanise(of.choice(_ROADS)).title(), romanise(district).title()
        return f"{of.randrange(1, 700)} {road}, {place}, Seoul {_digits(of, 5)}"
    return f"{code}서울특별시 {district} {tail}{flat}"


def _telephone(of: Random) -> str:
    hyphen = of.choice(_HYPHENS)
    area = of.choice(("02", "031", "032", "051", "064", "070", "0505", "0507"))
    mobile = hyphen.join((of.choice(("010", "010", "010", "011", "016")), _digits(of, 4), _digits(of, 4)))
    return of.choice(
        (
            *(mobile, mobile, mobile),
            "+82" + of.choice((" ", "-", "")) + mobile[1:],
            hyphen.join((area, of.choice((_digits(of, 3), _digits(of, 4))), _digits(of, 4))),
            f"({area}) {_digits(of, 4)}-{_digits(of, 4)}",
            f"15{_digits(of, 2)}-{_digits(of, 4)}",
        )
    )


def _email(of: Random, person: tuple[str, str, str]) -> str:
    number = of.choice(("", _digits(of, 2), _digits(of, 4), _digits(of, 6), _digits(of, 8)))
    before = of.choice((f"{person[2]}.{person[1]}", person[2][:1] + person[1], person[1][:1]))
    return f"{before}{number}@{of.choice(('example.com', 'seoul.example', 'korea.ac.example'))}"


def _range_of_dates(of: Random) -> str:
    form = of.choice(_DATE_FORMS)
    return of.choice(("-", " - ", "~", " ~ ")).join(_day(of).strftime(form) for _ in "12")


def _order(of: Random) -> str:
    day = _day(of).replace(year=of.randrange(2018, 2030), day=1 + of.randrange(28))
    return of.choice(
        (
            f"{day:%Y%m%d}-{of.randrange(99_999):07d}",
            f"{day:%Y%m%d}{_digits(of, 8)}",
            f"{day:%Y%m%d}{_digits(of, 9)}",
            f"ORD-{day:%Y%m%d}-{_digits(of, 4)}",
            f"ORD{day:%Y%m%d}{_digits(of, 4)}",
            f"{day:%y%m%d}-{_digits(of, 4)}",
            f"PO-{_digits(of, 8)}",
            f"제{day:%Y}-{of.randrange(1, 99_999)}호",
            _digits(of, 14),
            _digits(of, 10),
            f"B{_digits(of, 9)}",
        )
    )


def _row(of: Random, person: tuple[str, str, str], body: str) -> str:
    cells = (person[0], f"{_day(of):%Y-%m-%d}", of.choice("MF"), _telephone(of), _address(of), body, _email(of, person))
    return of.choice((",", "\t", " | ")).join(cells)
