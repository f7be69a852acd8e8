"""The access report as a page that needs no other file: to be shown at a kiosk, printed, or taken home (P9)."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from consent.cases import APPEALS
from consent.korean_time import SEOUL
from consent.notice_parts import Language
from consent.vocabulary import Channel, Term
from directory.rights.report import AccessReport
from directory.rights.wording import RIGHTS
from directory.web.pages import STATIC, templates
from directory.web.rights_wording import REPORT_WORDINGS


def report_page(report: AccessReport, language: Language) -> str:
    """Return the page in one language; everything put into it is escaped, and nothing in it is loaded or run."""
    return (
        templates()
        .get_template("rights.html")
        .render(
            language=language,
            words=REPORT_WORDINGS[language],
            report=report,
            style=_style(),
            appeals=APPEALS,
            rights=RIGHTS.of(language),
            named=lambda named: named.name_ko if language is Language.KO else named.name_en,
            term=lambda term: _term(term, language),
            terms=lambda found: _terms(found, language),
            when=_when,
            each=lambda words: words.of(language),
        )
    )


def _term(term: Term, language: Language) -> str:
    """Return a word of the vocabulary as it is read."""
    if language is Language.KO:
        return term.korean
    return "SMS" if term is Channel.SMS else term.value.replace("_", " ").capitalize()


def _terms(found: Iterable[Term], language: Language) -> str:
    return ", ".join(_term(term, language) for term in found) or "–"


def _when(at: datetime | None) -> str:
    """Return an instant as it was in Seoul, to the minute."""
    return "–" if at is None else at.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")


@cache
def _style() -> str:
    """Return the style of all pages without its typefaces, which are files, and with what this page adds."""
    lines = (STATIC / "civic.css").read_text(encoding="utf-8").splitlines()
    common = "\n".join(line for line in lines if not line.startswith("@font-face"))
    return common + "\n" + (STATIC / "report.css").read_text(encoding="utf-8")
