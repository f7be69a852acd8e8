"""What the screen answers: rules and places alone, the same by the quick way as by the thorough one."""

import pickle
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consent.errors import ErrorCode, IdentifierRefused
from consent.identifiers.quick import is_surely_clean
from consent.identifiers.rules import FieldKind, Finding, Rule
from consent.identifiers.screen import is_clean, screen, screen_closely
from tests.consent.identifiers.synthetic import halves

# Made of what rules look at, so that chance often comes near to an identifier.
PIECES = st.lists(
    st.sampled_from(
        [
            *("99", "12", "31", "991231", "3001230", "20991231", "0", "1", "7", "00", "000000", "119900000000"),
            *(
                "-",
                " ",
                ".",
                "/",
                ":",
                "+",
                "*",
                "**",
                "x",
                "○",
                "\n",
                "  ",
                "년",
                "월",
                "일",
                "생",
                "다시",
                "의",
                "에",
                "남",
            ),
            *("–", "—", "…", "·", "~", "_", "#", "?", "\\*", "〇", "ő", "é", "×", "‘", "’"),
            *(
                "M",
                "s",
                "A",
                "O",
                "l",
                "구구일이삼일",
                "공",
                "이",
                "九",
                "하나",
                "제로",
                "nine ",
                "zero ",
                "ㅇ",
                "9️⃣",
                "９",
            ),
            *("주민", "번호", "뒷자리", "뒤 ", "면허", "여권", "서울", "RRN", "last 7 ", "passport", "driver", "민증"),
            *("@example.com", "010-0123-4567", "가", "b", "\u200b", "\u202e"),
        ]
    ),
    max_size=16,
).map("".join)


@settings(deadline=None)
@given(PIECES)
@example("M" + "0" * 8)
def test_the_first_look_overlooks_nothing(text: str) -> None:
    """What the quick way takes for clean is clean for the thorough one as well."""
    if is_surely_clean(text):
        assert screen_closely(text, FieldKind.TEXT) == ()


@settings(deadline=None)
@given(PIECES | st.text())
def test_findings_are_in_order_and_apart(text: str) -> None:
    """Each place is told once, and lies within the text."""
    found = screen(text)
    assert is_clean(text) is (found == ())
    assert list(found) == sorted(found)
    for one, next_one in pairwise(found):
        assert one.end <= next_one.start
    assert all(0 <= each.start < each.end <= len(text) for each in found)


@settings(deadline=None)
@given(halves())
def test_a_finding_does_not_hold_the_number(number: tuple[str, str]) -> None:
    """It has a rule and two places: nothing in it or in its representation is what was found (U9)."""
    (found,) = screen("-".join(number))
    assert found == Finding(0, 14, Rule.U3)
    assert number[0] not in repr(found)
    assert number[1] not in repr(found)


def test_several_findings() -> None:
    """Each is told, with its rule."""
    found = screen("991231-3001230, M00000000, 11-99-000000-00")
    assert [each.rule for each in found] == [Rule.U3, Rule.U8, Rule.U7]


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_its_words(rule: Rule) -> None:
    """In Korean and in English: what was found, and how to mend it."""
    assert rule.value == rule.name
    assert rule.meaning.endswith(".")
    assert rule.mend.endswith(".")
    assert any("가" <= sign <= "힣" for sign in rule.korean)
    assert rule.mend_korean.endswith(".")


def test_the_refusal_says_the_rule_and_where() -> None:
    """And nothing else; it survives the way between processes."""
    refused = IdentifierRefused(Rule.U7, "variables.where.body")
    again = pickle.loads(pickle.dumps(refused))  # noqa: S301 - what was pickled here.
    for each in (refused, again):
        assert (each.code, each.rule, each.where) == (ErrorCode.IDENTIFIER_REFUSED, Rule.U7, "variables.where.body")
        assert str(each) == f"IDENTIFIER_REFUSED: {each.sentence}"
        assert "variables.where.body" in each.sentence
        assert "U7" in each.sentence
        assert each.sentence.endswith(Rule.U7.mend)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "9",
            "9 ",
            "9-",
            "일",
            "일 ",
            "O",
            "l ",
            "*",
            "9*",
            "M 0 ",
            "- ",
            "99.",
            "991231-",
            "서울 99-",
            "주민 9 ",
            "뒤 7",
        ),
        *("면허 11 ", "a@", "010-", "one ", "다시", "9다시", "1e", "\u202e9 ", "ㅇ", "x", "991231-1*", "+82-10 ", "ᄀ"),
        *("0123456789abcdef", "37.12345,", "12:30:", "passport O ", "back ", "住", "\u200b"),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """The time grows with the length of a text, and not faster, whoever makes it up to be slow."""
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    screen(text)
    # On the slowest of these it takes about a third of a second.
    assert time.process_time() - begun < 5
