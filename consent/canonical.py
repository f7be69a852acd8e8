"""The canonical form in which content is hashed: one text for one content, as RFC 8785 has it."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import orjson

Content: TypeAlias = "bool | int | str | Sequence[Content] | Mapping[str, Content] | None"
"""What can be hashed: integers below 2^53 and no fractions, and keys in ASCII.

For these, sorting keys by their bytes is sorting them by UTF-16 units, and orjson escapes as RFC 8785 does.
"""

_OPTIONS: Final = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
)


def canonical(content: Content) -> bytes:
    """Return the canonical bytes; TypeError for what no content may hold, such as half a surrogate pair."""
    return orjson.dumps(content, option=_OPTIONS)
