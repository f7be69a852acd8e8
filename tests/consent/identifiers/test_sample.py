"""The sample of cases that the reference data has; the rules are not made for it, and it is not the whole."""

import csv
from pathlib import Path

import pytest

from consent.identifiers.rules import FieldKind
from consent.identifiers.screen import is_clean, screen

LINES = (Path(__file__).parent / "sample_vectors.csv").read_text(encoding="utf-8").splitlines()
SAMPLE = list(csv.DictReader(LINES))


@pytest.mark.parametrize("row", SAMPLE, ids=[row["why"] for row in SAMPLE])
def test_a_case_of_the_sample(row: dict[str, str]) -> None:
    """What the sample refuses is refused, and what it accepts passes (P6)."""
    text = row["text"].replace("\\u200b", "\u200b")
    field = FieldKind.CORPORATE_NUMBER if row["field"] == "corp_reg" else FieldKind.TEXT
    assert bool(screen(text, field=field)) is (row["expect"] == "refuse")
    assert is_clean(text, field=field) is (row["expect"] == "accept")
