"""Blind indexes: known answers, what is normalised alike, and what the indexes do not tell."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consent.blind_index import email_index, name_index, normalise_email, normalise_name, phone_index
from consent.errors import ConsentError, EmailRefused, KeyringError, NameRefused, PhoneRefused

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))


def test_indexes_give_their_known_answers() -> None:
    """A fixed key gives exactly these fingerprints, computed with another HMAC-SHA256 (B2, B3)."""
    assert phone_index("+821012345678", KEY) == "c2e1f9cd2ca95f3b1d80c22982fdc159"
    assert email_index("gildong.hong@seoul.example", KEY) == "e2eff34071c6b6d5470a4297762bc5bb"
    assert name_index("홍길동", KEY) == 0xC30


def test_another_key_gives_another_index() -> None:
    """Fingerprints under two keys have nothing in common (B1)."""
    assert phone_index("+821012345678", KEY) != phone_index("+821012345678", OTHER)
    assert email_index("a@b.example", KEY) != email_index("a@b.example", OTHER)
    assert name_index("홍길동", KEY) != name_index("홍길동", OTHER)


@pytest.mark.parametrize(
    "number", ["01012345678", "+82 10 1234 5678", "+82101234567a", "+0", "", "+８２１０１２３４５６７８"]
)
def test_only_e164_is_indexed(number: str) -> None:
    """A number in any other form would be stored or looked up in vain, and is refused (B2)."""
    with pytest.raises(PhoneRefused, match="PHONE_INVALID"):
        phone_index(number, KEY)


def test_an_index_takes_a_whole_key() -> None:
    """A key of another size than 32 bytes is refused, where HMAC itself would take it (B1)."""
    for attempt in (
        lambda: phone_index("+821012345678", KEY[:31]),
        lambda: email_index("a@b.example", b""),
        lambda: name_index("홍길동", KEY + KEY),
    ):
        with pytest.raises(KeyringError, match="KEYRING_INVALID_KEY"):
            attempt()


@pytest.mark.parametrize(
    "written",
    [
        "홍길동",
        " 홍 길동 ",
        unicodedata.normalize("NFD", "홍길동"),
        "홍\u200b길\ufeff동",
        "홍\u3000길\t동\n",
        "홍\u3164길\u115f동",
    ],
)
def test_a_korean_name_is_found_however_it_was_written(written: str) -> None:
    """Decomposed, spaced and invisibly padded spellings share an index (B4)."""
    assert normalise_name(written) == "홍길동"
    assert name_index(written, KEY) == 0xC30


@pytest.mark.parametrize(
    ("written", "same"),
    [("Kim Min-Su", "KIM MIN-SU"), ("Straße", "STRASSE"), ("Zoë", "zoe\u0308"), ("홍길동A", "홍길동a")],
)
def test_a_latin_name_is_found_in_either_case(written: str, same: str) -> None:
    """Latin letters are folded, accents composed (B4)."""
    assert normalise_name(written) == normalise_name(same)


@pytest.mark.parametrize("blank", ["", " ", "\u200b", "\u3164\u2003", "\ud800"])
def test_a_name_that_shows_nothing_is_refused(blank: str) -> None:
    """A name without a visible character has no index (B3)."""
    with pytest.raises(NameRefused, match="NAME_INVALID"):
        name_index(blank, KEY)


@given(st.text())
@example("")
@example("홍길동")
def test_normalising_a_name_twice_changes_nothing(name: str) -> None:
    """What was normalised is normal, for every text in Unicode (B4)."""
    try:
        once = normalise_name(name)
    except NameRefused:
        return
    assert normalise_name(once) == once
    assert 0 <= name_index(name, KEY) < 4096


def test_a_name_index_is_shared_by_many() -> None:
    """Over many names the 12 bits are used evenly, so that a number tells no name (B3)."""
    shared = Counter(name_index(f"이름{number}", KEY) for number in range(40_960))
    assert len(shared) > 4_000
    assert max(shared.values()) < 40


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Gildong.Hong+City@Seoul.Example", "gildong.hong+city@seoul.example"),
        (" a.b@seoul.example ", "a.b@seoul.example"),
        ("ａ＠ｂ．example", "a@b.example"),
        ("길동@서울.example", "길동@xn--2i4bq6h.example"),
        ("a@XN--2I4BQ6H.example", "a@xn--2i4bq6h.example"),
        ("a@서울。example", "a@xn--2i4bq6h.example"),
        ('"a@b"@c.example', '"a@b"@c.example'),
    ],
)
def test_an_address_is_found_however_it_was_written(written: str, normal: str) -> None:
    """Width, case and the script of the domain do not matter; dots and tags do (B4)."""
    assert normalise_email(written) == normal
    assert email_index(written, KEY) == email_index(normal, KEY)


@pytest.mark.parametrize(
    "written",
    ["", "a", "@b.example", "a@", "a@b..example", "a@-b.example", "a\ud800@b.example", "a\u200b@b.example"],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    """An address without a mailbox or with an impossible domain has no index (B4)."""
    with pytest.raises(EmailRefused, match="EMAIL_INVALID") as failure:
        normalise_email(written)
    assert failure.value.__context__ is None


@given(st.text(max_size=12), st.text(max_size=12))
@example("", "")
@example("gildong", "seoul")
def test_normalising_an_address_twice_changes_nothing(mailbox: str, domain: str) -> None:
    """What was normalised is normal, and nothing but the refusal is ever raised (B4)."""
    try:
        once = normalise_email(f"{mailbox}@{domain}.example")
    except ConsentError:
        return
    assert normalise_email(once) == once
    assert len(email_index(once, KEY)) == 32
