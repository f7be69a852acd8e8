"""How much memory and disk the embedded engine asks for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engines.memory import (
    BESIDE_THE_HEAP,
    GIBIBYTE,
    LARGEST_HEAP,
    MEBIBYTE,
    SMALLEST_HEAP,
    heap_for,
    machine_memory,
    require_disk,
)
from graph.errors import SettingRefused, TooLittleDisk, TooLittleMemory


@pytest.mark.parametrize(
    ("total", "available", "heap"),
    [
        (24, 23, "3072m"),  # never more than what was measured
        (8, 7, "2048m"),  # a quarter
        (4, 3, "1024m"),  # a quarter
        (2, 1.75, "1024m"),  # more than a quarter, since less than the usual is slow
        (2, 1.25, "768m"),  # what is free beside Java and the application
        (64, 2.5, "2048m"),  # a large machine that is nearly full
    ],
)
def test_the_heap_is_chosen_from_the_machine(total: float, available: float, heap: str) -> None:
    """A quarter of the machine, within bounds and within what is free."""
    assert heap_for(int(total * GIBIBYTE), int(available * GIBIBYTE), None) == heap


@given(total=st.integers(0, 2**44), share=st.floats(0, 1))
def test_a_chosen_heap_fits_in_what_is_free(total: int, share: float) -> None:
    """Whatever the machine, the heap leaves room beside it and keeps its bounds, or is refused."""
    available = int(total * share)
    try:
        heap = heap_for(total, available, None)
    except TooLittleMemory:
        assert available < SMALLEST_HEAP + BESIDE_THE_HEAP
        return
    size = int(heap.removesuffix("m")) * MEBIBYTE
    assert SMALLEST_HEAP <= size <= min(LARGEST_HEAP, available - BESIDE_THE_HEAP)


def test_too_little_free_memory_is_refused_with_the_figures() -> None:
    """The sentence says what is needed, what is there and what to do."""
    with pytest.raises(TooLittleMemory, match=r"needs 1024 MiB .* there are 900 MiB: end other programs"):
        heap_for(8 * GIBIBYTE, 900 * MEBIBYTE, None)


@pytest.mark.parametrize(
    ("setting", "heap"), [("2g", "2048m"), ("1500M", "1500m"), (" 300m ", "300m"), ("4G", "4096m")]
)
def test_the_operators_heap_is_taken(setting: str, heap: str) -> None:
    """A setting in Java's notation is used as it is, even where less is free at the moment."""
    assert heap_for(4 * GIBIBYTE, 0, setting) == heap


@pytest.mark.parametrize("setting", ["abc", "", "2", "g", "-1g", "1.5g", "0m", "2 g", "2t", "2gb", "٢g", "2g\n3g"])
def test_a_heap_that_is_no_size_is_refused(setting: str) -> None:
    """The sentence names the setting and says what it may be, without repeating the value."""
    with pytest.raises(SettingRefused, match=r"^GRAPH_HEAP must be a whole number followed by m or g") as caught:
        heap_for(4 * GIBIBYTE, 4 * GIBIBYTE, setting)
    assert caught.value.setting == "GRAPH_HEAP"


@pytest.mark.parametrize("setting", ["10m", "255m", "1M"])
def test_a_heap_too_small_to_start_is_refused(setting: str) -> None:
    """Java would refuse it, or the engine die at its first query; the sentence says the least that works."""
    with pytest.raises(SettingRefused, match=r"GRAPH_HEAP must be at least 256m"):
        heap_for(4 * GIBIBYTE, 4 * GIBIBYTE, setting)


@pytest.mark.parametrize("setting", ["5g", "9999999g"])
def test_a_heap_beyond_the_machine_is_refused(setting: str) -> None:
    """More than there is would be swapped, or killed in the middle of a write."""
    with pytest.raises(TooLittleMemory, match="there are 4096 MiB"):
        heap_for(4 * GIBIBYTE, 4 * GIBIBYTE, setting)


def test_the_machines_memory_is_read() -> None:
    """What is free is a part of what there is."""
    found = machine_memory(())
    assert 0 < found.available <= found.total


def test_a_containers_limit_counts_where_it_is_less(tmp_path: Path) -> None:
    """In a container the machine's memory is not ours; no limit, or no such file, changes nothing."""
    limit, unlimited = tmp_path / "limit", tmp_path / "unlimited"
    limit.write_text("1048576\n")
    unlimited.write_text("max\n")
    machine = machine_memory(())
    assert machine_memory((tmp_path / "absent", unlimited)).total == machine.total
    found = machine_memory((unlimited, limit))
    assert (found.total, found.available) == (1048576, 1048576)


def test_too_little_disk_is_refused_with_the_figures(tmp_path: Path) -> None:
    """The sentence names the folder, what it needs, what is free and what to do."""
    require_disk(tmp_path, 1)
    with pytest.raises(TooLittleDisk, match=r"needs \d+ MiB of free disk .* make room") as caught:
        require_disk(tmp_path, 2**60)
    assert str(tmp_path) in str(caught.value)
