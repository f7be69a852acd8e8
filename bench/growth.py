"""Growth: the same questions put to all the people and to a tenth of them, side by side."""

from collections.abc import Sequence
from functools import partial

from bench.figures import Growth
from bench.ladder import Case
from bench.lookups import lookup_cases
from bench.opened import Opened
from bench.pages import page_cases
from bench.questions import PAGE_SIZE, PAGES, Audience
from bench.rounds import Effort, Variant, interleaved

# A dong of a small city has few people: then a smaller page is compared, the same at both sizes.
_SIZES = (PAGE_SIZE, PAGE_SIZE // 4)


async def measure_growth(whole: Opened, tenth: Opened, effort: Effort) -> tuple[list[Growth], list[str]]:
    """Measure pages and look-ups at both sizes; the sentences say of which there is no full page at a tenth.

    Both engines have to be as warm as each other, so the tenth should have been asked what the whole was.
    """
    grown, left_out = [], []
    for audience in PAGES:
        for size in _SIZES:
            many = await _full(whole, audience, effort, size)
            few = await _full(tenth, audience, effort, size)
            if many and few:
                what = f"page of {size}, {audience.what}"
                grown.append(await _measure(what, (whole, many), (tenth, few), effort))
                break
        else:
            left_out.append(f"Growth of pages, {audience.what}: a tenth of the people do not fill one of {size}.")
    lookups = (whole, await lookup_cases(whole)), (tenth, await lookup_cases(tenth))
    grown.append(await _measure("look-up by id", *lookups, effort))
    return grown, left_out


async def _full(opened: Opened, audience: Audience, effort: Effort, size: int) -> list[Case]:
    return [case for case in await page_cases(opened, audience, effort, size) if case.rows == size]


async def _measure(
    what: str, many: tuple[Opened, Sequence[Case]], few: tuple[Opened, Sequence[Case]], effort: Effort
) -> Growth:
    pairs = [
        _variants("all", many[0], one) | _variants("tenth", few[0], other)
        for one, other in zip(many[1], _repeated(few[1], len(many[1])), strict=True)
    ]
    times = await interleaved(pairs, effort)
    return Growth(
        what,
        raw=times.ratio("all raw", "tenth raw"),
        service=times.ratio("all service", "tenth service"),
        http=times.ratio("all http", "tenth http"),
    )


def _repeated(cases: Sequence[Case], count: int) -> list[Case]:
    """Return so many cases, over again where there are fewer."""
    return [cases[number % len(cases)] for number in range(count)]


def _variants(size: str, opened: Opened, case: Case) -> dict[str, Variant]:
    return {
        f"{size} raw": case.raw,
        f"{size} service": case.service,
        f"{size} http": partial(opened.http.post, case.question.body),
    }
