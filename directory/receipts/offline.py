"""The page that verifies receipts without a network: its words as a script, and all of it as one file."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson

from consent.notice_parts import Words
from consent.receipt_errors import WORDING
from consent.receipt_fields import ACTIONS
from consent.receipt_steps import OPEN, PASSED, RECORDS, STATUSES, TITLES, VERDICTS
from consent.receipt_wording import MONTHS, TABLES
from directory.receipts.page_wording import PAGE

STATIC: Final = Path(__file__).parents[1] / "web" / "static"
WORDS: Final = STATIC / "receipt-words.js"
PAGE_FILE: Final = STATIC / "receipt-check.html"

_COMMENT: Final = (
    "/* The words of receipts and of their steps: made by `civic receipts words --script`, never by hand. */"
)
_SCRIPT: Final = re.compile(r'<script src="\./([a-z-]+\.js)"></script>\n')
_STYLE: Final = re.compile(r' *<link rel="stylesheet" href="\./([a-z-]+\.css)">\n')
_ICON: Final = re.compile(r' *<link rel="icon"[^>]*>\n')
_POLICY: Final = re.compile(r'(http-equiv="Content-Security-Policy" content=")[^"]*"')
_SAVE: Final = re.compile(r' *<p id="save".*</p>\n')
_FONT: Final = re.compile(r"@font-face \{[^}]*\}\n")


def words() -> dict[str, Any]:
    """Return every word that a verifier needs in order to write the same lines and the same steps."""
    tables: dict[str, Mapping[Any, Words]] = {
        **TABLES,
        "titles": TITLES,
        "statuses": STATUSES,
        "passed": PASSED,
        "failures": WORDING,
        "open": OPEN,
        "verdicts": VERDICTS,
        "records": RECORDS,
    }
    return {
        **{name: {str(word): _pair(each) for word, each in table.items()} for name, table in tables.items()},
        "months": list(MONTHS),
        "actions": {str(kind): action for kind, action in ACTIONS.items()},
    }


def words_script() -> str:
    """Return the script with the words of receipts and of the page, as it stands in static/receipt-words.js."""
    every = {**words(), "page": {name: _pair(each) for name, each in PAGE.items()}}
    text = orjson.dumps(every, option=orjson.OPT_INDENT_2).decode()
    return f'{_COMMENT}\n"use strict";\n\nconst RECEIPT_WORDS = {text};\n'


@cache
def one_file() -> str:
    """Return the page as a single file, which allows its own script and style alone, and no connection at all.

    The typeface is left out: the file is kept on people's own devices, which have one.
    """
    page = PAGE_FILE.read_text(encoding="utf-8")
    scripts = "\n".join(_static(name) for name in _SCRIPT.findall(page))
    styles = "\n".join(_FONT.sub("", _static(name)) for name in _STYLE.findall(page))
    policy = f"default-src 'none'; script-src {_hash(scripts)}; style-src {_hash(styles)}; base-uri 'none'"
    for pattern in (_ICON, _SAVE, _SCRIPT, _STYLE):
        page = pattern.sub("", page)
    page = _POLICY.sub(lambda found: f"{found[1]}{policy}; form-action 'none'\"", page)
    page = page.replace("</head>", f"<style>{styles}</style>\n</head>")
    return page.replace("</body>", f"<script>{scripts}</script>\n</body>")


def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _pair(each: Words) -> dict[str, str]:
    return {"ko": each.ko, "en": each.en}
