"""Where a recorded decision came from, in words (P12): from whom, or through what where the person did not decide."""

from typing import Final

from consent.events import ConsentEvent
from consent.notice_parts import Words
from consent.vocabulary import CaptureMethod, EventKind
from directory.rights.report import Source, instant

_BY_METHOD: Final = {
    CaptureMethod.KIOSK: Words("본인(무인단말기)", "Yourself (at a kiosk)"),
    CaptureMethod.PAPER: Words("본인(서면)", "Yourself (on paper)"),
    CaptureMethod.WEB: Words("본인(누리집)", "Yourself (on the web)"),
    CaptureMethod.TELEPHONE: Words("본인(전화)", "Yourself (by telephone)"),
    CaptureMethod.ROSTER: Words(
        "단체나 위원회의 명부(증빙: {evidence})",
        "A list of your organization or committee (evidence: {evidence})",
    ),
}
_BY_GUARDIAN: Final = Words("법정대리인({check})", "Your guardian ({check})")
_NOBODY: Final = Words("시스템 기록({operator})", "Recorded by the directory ({operator})")
# Use for danger to life is nobody's consent: whoever used it says why.
_RECORDED: Final = Words("{operator}의 기록(근거: {basis})", "Recorded by {operator} (basis: {basis})")


def source_of(event: ConsentEvent) -> Source:
    """Return the source of one event."""
    words, capture = _words(event), event.capture
    named = {"operator": capture.operator, "evidence": capture.evidence, "basis": event.basis}
    checks = ("", "") if event.guardian is None else (event.guardian.check.korean, event.guardian.check.meaning)
    return Source(
        f"동의 여부: {event.purpose.korean if event.purpose else ''}",
        f"The decision on {event.purpose}",
        words.ko.format(check=checks[0], **named),
        words.en.format(check=checks[1].rstrip("."), **named),
        instant(event.at),
    )


def _words(event: ConsentEvent) -> Words:
    if event.kind is EventKind.OVERRIDE:
        return _RECORDED
    if event.guardian is not None:
        return _BY_GUARDIAN
    return _BY_METHOD.get(event.capture.method, _NOBODY)
