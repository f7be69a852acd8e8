"""The report: JSON and Markdown in the build folder, and the kept figures in the documents."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import orjson

from bench.bars import bars
from bench.figures import Run
from bench.processes import ROOT
from bench.tables import markdown

BUILD: Final = ROOT / "build"
KEPT: Final = ROOT / "docs" / "benchmarks.md"
BEGIN: Final = "<!-- figures: begin -->"
END: Final = "<!-- figures: end -->"


def as_json(run: Run) -> bytes:
    """Return the run as JSON, each engine with its figures held against the bars."""
    document: dict[str, Any] = asdict(run)
    for figures, engine in zip(run.engines, document["engines"], strict=True):
        engine["bars"] = [asdict(bar) | {"met": bar.met} for bar in bars(figures)]
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def write(run: Run) -> list[Path]:
    """Write the report, and return the files relative to the project.

    The kept figures change only with a thorough run of everything over the whole city on every engine.
    """
    BUILD.mkdir(exist_ok=True)
    written = [BUILD / "bench.json", BUILD / "bench.md"]
    written[0].write_bytes(as_json(run))
    written[1].write_text(markdown(run), encoding="utf-8")
    whole = all(section.values is not None for section in run.sections) and bool(run.sections)
    if run.whole_city and not run.quick and len(run.engines) > 1 and whole:
        keep(KEPT, markdown(run))
        written.append(KEPT)
    return [path.relative_to(ROOT) for path in written]


def keep(path: Path, figures: str) -> None:
    """Put the figures between the marks of a document, whose other words stay."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    path.write_text(f"{before}{begin}\n\n{figures}\n{end}{after}", encoding="utf-8")
