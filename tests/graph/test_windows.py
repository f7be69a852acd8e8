"""Windows of a walk: together they cover every key of the axis once, whatever their widths."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from graph.windows import Axis, Window, run_length

DONGS = tuple(f"11{number:03d}" for number in range(10, 30))
SPAN = 16**8

ids = st.uuids(version=4).map(str) | st.sampled_from(
    [
        "00000000-0000-4000-8000-000000000000",
        "ffffffff-ffff-4fff-bfff-ffffffffffff",
        "7fffffff-ffff-4fff-bfff-ffffffffffff",
        "80000000-0000-4000-8000-000000000000",
    ]
)
places = st.tuples(st.sampled_from(DONGS), ids).map(":".join)
chosen_dongs = st.lists(st.sampled_from(DONGS), min_size=1, unique=True)
estimates = st.sampled_from([0, 1, 1_000, 10**9])
# Shares of the whole axis, so that a walk ends soon.
widths = st.lists(st.floats(0.01, 1), min_size=1, max_size=5)


def walk(axis: Axis, shares: list[float], after: str | None = None) -> list[Window]:
    """Cut the axis into windows of these shares of it, over and over, from a key or from the start."""
    windows: list[Window] = []
    at = 0 if after is None else axis.position(after)
    while at < axis.length:
        windows.append(axis.window(after, at, int(axis.length * shares[len(windows) % len(shares)]) + 1))
        assert windows[-1].end > at
        at = windows[-1].end
    return windows


def holding(windows: list[Window], key: str) -> int:
    """Count the windows in which a key lies."""
    return sum(window.low < key < window.high for window in windows)


@given(ids, widths, estimates)
def test_every_id_lies_in_exactly_one_window(key: str, shares: list[float], people: int) -> None:
    """None is left out and none is read twice."""
    assert holding(walk(Axis.by_id(people), shares), key) == 1


@given(st.lists(places, min_size=1, max_size=20), chosen_dongs, widths, estimates)
def test_every_place_lies_in_one_window_if_its_dong_was_chosen(
    keys: list[str], dongs: list[str], shares: list[float], people: int
) -> None:
    """The windows cover the chosen dongs once, and nobody of another dong."""
    windows = walk(Axis.by_place(dongs, DONGS, people), shares)
    for key in keys:
        assert holding(windows, key) == (key.split(":")[0] in dongs)


@given(st.lists(places, min_size=2, max_size=30, unique=True), widths, st.data())
def test_a_walk_goes_on_after_any_key(keys: list[str], shares: list[float], data: st.DataObject) -> None:
    """Whoever comes after the key is in one window, and the key and whoever came before in none."""
    axis = Axis.by_place(DONGS, DONGS, 1_000)
    after = data.draw(st.sampled_from(keys))
    windows = walk(axis, shares, after)
    for key in keys:
        assert holding(windows, key) == (key > after)


@given(chosen_dongs, widths)
def test_windows_come_in_order(dongs: list[str], shares: list[float]) -> None:
    """Each begins where the one before ended, so that pages come in the order of keys."""
    axis = Axis.by_place(dongs, DONGS, 1_000)
    windows = walk(axis, shares)
    assert all(before.end < after.end and before.high <= after.low for before, after in pairwise(windows))
    assert windows[-1].end == axis.length


@given(st.lists(places, min_size=2, unique=True))
def test_positions_are_in_the_order_of_keys(keys: list[str]) -> None:
    """A later key never stands before an earlier one."""
    axis = Axis.by_place(DONGS, DONGS, 1)
    positions = [axis.position(key) for key in sorted(keys)]
    assert positions == sorted(positions)
    assert all(0 <= position < axis.length for position in positions)


@given(st.integers(1, 500_000), st.floats(1, 1_000))
def test_a_window_is_as_wide_as_so_many_people_need(people: int, expected: float) -> None:
    """Of evenly spread ids, about so many fall into the window."""
    axis = Axis.by_id(people)
    width = axis.width_for(expected)
    assert width >= 1
    assert abs(width * people / axis.length - expected) <= people / axis.length + 1e-6


def test_an_axis_of_no_dong_has_no_length() -> None:
    """Where there is nowhere to look, there is no window."""
    axis = Axis.by_place((), DONGS, 1_000)
    assert axis.length == 0
    assert walk(axis, [1.0]) == []
    assert Axis.by_place((), (), 0).people == 0


def test_an_axis_by_place_expects_its_share_of_the_people() -> None:
    """Two of twenty dongs are expected to hold a tenth of everybody."""
    axis = Axis.by_place(DONGS[:2] + DONGS[:1], DONGS, 1_000)
    assert axis.prefixes == tuple(f"{dong}:" for dong in DONGS[:2])
    assert axis.people == 100
    assert axis.borders == ()


def test_neighbouring_dongs_share_a_window_and_distant_ones_do_not() -> None:
    """Only where other dongs lie in between does a window end."""
    axis = Axis.by_place([DONGS[3], DONGS[4], DONGS[9]], DONGS, 1_000)
    assert axis.borders == (2,)
    assert [window.end for window in walk(axis, [1.0])] == [2 * SPAN, 3 * SPAN]


def test_the_bounds_leave_no_id_out() -> None:
    """The least and the greatest id lie strictly within the one window of everything."""
    (window,) = walk(Axis.by_id(10), [1.0])
    for key in (UUID(int=0), UUID(int=2**128 - 1)):
        assert window.low < str(key) < window.high


@given(st.lists(st.integers(0, 1_000), min_size=1), st.integers(1, 500))
def test_runs_of_bodies_have_as_many_members_as_are_wanted(sizes: list[int], wanted: int) -> None:
    """A run ends as soon as there are enough, or before a body that has more than enough by itself."""
    length = run_length(sizes, wanted)
    run, rest = sizes[:length], sizes[length:]
    assert run
    assert sum(run[:-1]) < wanted
    assert len(run) == 1 or max(run) <= wanted
    assert not rest or sum(run) >= wanted or rest[0] > wanted
