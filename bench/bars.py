"""The bars, and each figure held against its own."""

from typing import Final

from bench.figures import Bar, EngineFigures

RATIO: Final = 3.0
COUNT_CITY: Final = 1_000.0
COUNT_DONGS: Final = 200.0
GROWTH: Final = 1.3
SERVICE_MEGABYTES: Final = 300.0
START: Final = 10.0


def bars(figures: EngineFigures) -> list[Bar]:
    """Return every figure that has a bar, in the order of the report; medians where there are many measurements."""
    found = [Bar("next start, to ready", figures.start.ready, START, "s")]
    for page in figures.pages:
        found += [
            Bar(f"{page.what}: service / raw query", page.service_ratio.median, RATIO, "×"),
            Bar(f"{page.what}: whole request / raw query", page.request_ratio.median, RATIO, "×"),
            Bar(f"{page.what}: over HTTP / raw query", page.http_ratio.median, RATIO, "×"),
        ]
    found += [Bar(f"count, {each.what}", each.http.median, each.limit, "ms") for each in figures.counts]
    for grown in figures.growth:
        found += [
            Bar(f"{grown.what}: ten times the people, service", grown.service.median, GROWTH, "×"),
            Bar(f"{grown.what}: ten times the people, over HTTP", grown.http.median, GROWTH, "×"),
        ]
    requests = figures.memory.requests
    found.append(Bar(f"service after {requests:,} requests", figures.memory.service, SERVICE_MEGABYTES, "MB"))
    return found
