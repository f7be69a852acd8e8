"""Made-up identifiers: of people of 2099 or with serial numbers of zeros, so that no real one stands here."""

from typing import Final

from hypothesis import strategies as st

RESIDENT_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def check_digit(twelve: str) -> str:
    """Work out the check digit of a resident registration, or of an alien one, from its definition."""
    total = sum(int(digit) * weight for digit, weight in zip(twelve, RESIDENT_WEIGHTS, strict=True))
    return str(((13 if twelve[6] in "5678" else 11) - total % 11) % 10)


def other_digit(digit: str) -> str:
    """Give a digit that is not this one, as registrations since October 2020 end in."""
    return str((int(digit) + 1) % 10)


@st.composite
def halves(draw: st.DrawFn, *, checked: bool | None = None) -> tuple[str, str]:
    """Make the halves of a registration of somebody born in 2099; `checked` says whether its check digit is right."""
    month = draw(st.integers(1, 12))
    front = f"99{month:02d}{draw(st.integers(1, 28)):02d}"
    back = draw(st.sampled_from("3478")) + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=5, max_size=5))
    )
    last = check_digit(front + back)
    right = draw(st.booleans()) if checked is None else checked
    return front, back + (last if right else other_digit(last))


@st.composite
def licences(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Make the groups of a licence with a serial number of zeros."""
    year, last = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    return f"{draw(st.integers(11, 28))}", f"{year:02d}", "000000", f"{last:02d}"


PASSPORTS: Final = st.sampled_from("MSROD").flatmap(
    lambda letter: st.sampled_from((f"{letter}00000000", *(f"{letter}000{inner}0000" for inner in "ABCXYZ")))
)
