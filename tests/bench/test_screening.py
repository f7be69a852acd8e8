"""The benchmark of the screen: what it counts, and that a small run gives every figure."""

import json

import pytest

from bench import screening
from bench.figures import Bar
from bench.screening import Refused, bar_of, markdown, measure_screening


def test_a_share_is_told_of_a_million() -> None:
    """Two of a thousand are 2,000 of a million."""
    assert Refused("names", 1_000, 2).a_million == 2_000


def test_a_small_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind is counted, hardly anything ordinary is refused, and the table and the JSON have all of it."""
    monkeypatch.setattr(screening, "_CELLS", 1_000)
    monkeypatch.setattr(screening, "_ROUNDS", 2)
    figures = measure_screening(2_000)
    assert sum(each.strings for each in figures.ordinary) >= 2_000
    assert sum(each.refused for each in figures.ordinary) < 10
    assert all(each.kind in markdown(figures) for each in (*figures.ordinary, *figures.unusual))
    assert isinstance(bar_of(figures), Bar)
    assert screening.main(["--strings", "500", "--json"]) in {0, 1}
    assert len(json.loads(capsys.readouterr().out)["ordinary"]) == len(figures.ordinary)
