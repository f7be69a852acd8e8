"""The figures as Markdown tables."""

from collections.abc import Iterable, Sequence

from bench.bars import bars
from bench.figures import Bar, EngineFigures, Ladder, Loaded, Run, Spread, Timed


def markdown(run: Run) -> str:
    """Return the whole report."""
    sections = [_heading(run), _facts(run), _against_bars(run)]
    sections += [section for figures in run.engines for section in _of_engine(figures)]
    for section in run.sections:
        sections += [f"### {section.title}", section.text]
    return "\n\n".join(sections) + "\n"


def _heading(run: Run) -> str:
    size = f"{run.people:,} people, and {run.people // 10:,} for growth; {run.seconds / 60:.0f} minutes."
    if not run.whole_city:
        size += " **Not the whole city: the bars are meant for 476,705 people.**"
    if run.quick:
        size += " **The quick run: few rounds, for a first look.**"
    return size


def _facts(run: Run) -> str:
    engines = {f"engine {number}": f"{each.name} {each.version}" for number, each in enumerate(run.engines, 1)}
    return table(("machine", ""), [(name, value) for name, value in (run.machine | engines).items()])


def _against_bars(run: Run) -> str:
    held = [{bar.what: bar for bar in bars(figures)} for figures in run.engines]
    apart = [bar for section in run.sections for bar in section.bars]
    rows = []
    for what in dict.fromkeys(what for each in held for what in each):
        first = next(each[what] for each in held if what in each)
        rows.append((what, f"{first.limit:g} {first.unit}", *(_verdict(each.get(what)) for each in held)))
    names = [figures.name for figures in run.engines]
    # Of these there is one figure, whatever the engine.
    rows += [(bar.what, f"{bar.limit:g} {bar.unit}", _verdict(bar), *("" for _ in held[1:])) for bar in apart]
    every = [*(bar for each in held for bar in each.values()), *apart]
    missed = sum(not bar.met for bar in every)
    summary = f"{missed} of {len(every)} figures miss their bar." if missed else "Every figure meets its bar."
    return f"### Against the bars\n\n{summary}\n\n" + table(("figure", "at most", *names), rows)


def _verdict(bar: Bar | None) -> str:
    if bar is None:
        return "not measured"
    shown = f"{_number(bar.value)} {bar.unit}"
    return f"{shown}, met" if bar.met else f"**{shown}, not met**"


def _of_engine(figures: EngineFigures) -> Iterable[str]:
    ladders = [*figures.pages, figures.lookup]
    yield f"### {figures.name} {figures.version}"
    yield "Load, from the command to its end:\n\n" + table(
        ("people", "nodes and edges", "seconds", "people a second", "rows a second", "memory of its processes, MB"),
        [_load_row(each) for each in (figures.load, figures.tenth_load)],
    )
    yield (
        f"Next start: ready after {figures.start.ready:.1f} s, the first page answered after "
        f"{figures.start.first_page:.1f} s."
    )
    yield "Milliseconds (quartiles), and times the raw query of the same round:\n\n" + table(
        (
            "",
            "people",
            "values",
            "raw query",
            "service",
            "request",
            "HTTP",
            "service ÷ raw",
            "request ÷ raw",
            "HTTP ÷ raw",
        ),
        [_ladder_row(each) for each in ladders],
    )
    yield "Where the time of a request goes, milliseconds:\n\n" + _parts(ladders)
    yield "Counts, milliseconds:\n\n" + table(
        ("audience", "people", "service", "HTTP"),
        [(each.what, f"{each.people:,}", _spread(each.service), _spread(each.http)) for each in figures.counts],
    )
    yield "Ten times the people, times the cost at a tenth:\n\n" + table(
        ("", "raw query", "service", "HTTP"),
        [(each.what, _spread(each.raw), _spread(each.service), _spread(each.http)) for each in figures.growth],
    )
    memory = figures.memory
    yield (
        f"Resident memory: the service {memory.fresh:.0f} MB before the first request of the mix and at most "
        f"{memory.service:.0f} MB over {memory.requests:,} of them, the engine {memory.engine:,.0f} MB."
    )
    yield (
        "Recorded durably, the ledger kept going beside it; times a transaction that writes one small node:\n\n"
        + table(
            ("", "in all", "milliseconds each", "a second", "times the small one"),
            [_timed_row(each) for each in figures.recording],
        )
    )
    yield from figures.left_out


def _load_row(load: Loaded) -> tuple[str, ...]:
    if load.seconds is None or load.megabytes is None:
        return f"{load.people:,}", f"{load.rows:,}", "not measured: loaded before", "", "", ""
    return (
        f"{load.people:,}",
        f"{load.rows:,}",
        f"{load.seconds:.1f}",
        f"{load.people / load.seconds:,.0f}",
        f"{load.rows / load.seconds:,.0f}",
        f"{load.megabytes:.0f}",
    )


def _ladder_row(each: Ladder) -> tuple[str, ...]:
    spreads = (
        each.raw,
        each.service,
        each.request,
        each.http,
        each.service_ratio,
        each.request_ratio,
        each.http_ratio,
    )
    return (each.what, str(each.rows), f"{each.values:,}", *map(_spread, spreads))


def _timed_row(each: Timed) -> tuple[str, ...]:
    a_second = 1000 / each.each.median
    return each.what, f"{each.number:,}", _spread(each.each), f"{a_second:,.0f}", f"{each.ratio:.1f}"


def _parts(ladders: Sequence[Ladder]) -> str:
    names = list(ladders[0].parts)
    return table(("", *names), [(each.what, *(f"{each.parts[name]:.2f}" for name in names)) for each in ladders])


def _spread(spread: Spread) -> str:
    return f"{_number(spread.median)} ({_number(spread.lower)}–{_number(spread.upper)})"


def _number(value: float) -> str:
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2  # noqa: PLR2004 - three digits tell enough.
    return f"{value:,.{decimals}f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table: its first column is text, the others are to be read as numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))
