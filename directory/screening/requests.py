"""The body of a GraphQL request: the document, the variables, the operation's name, and whatever else was sent (U9)."""

import re
from collections.abc import Mapping
from typing import Final

from directory.screening.documents import DocumentScreen
from directory.screening.values import require_clean

_MEMBERS: Final = frozenset({"query", "variables", "operationName", "extensions"})
_NAME: Final = re.compile(r"\b([_A-Za-z][_0-9A-Za-z]*)\s*[:(]")


class RequestScreen:
    """Screens bodies; a message names the fields and arguments of the schema alone, never a key that was made up."""

    def __init__(self, schema: str) -> None:
        """Take the schema in its own language, for the names in it."""
        self._known = _MEMBERS | frozenset(_NAME.findall(schema))
        self._documents = DocumentScreen()

    def require_clean(self, body: Mapping[str, object]) -> None:
        """Raise IdentifierRefused where anything in the body looks like an identifier."""
        document = body.get("query")
        if isinstance(document, str):
            self._documents.require_clean(document)
            body = {name: value for name, value in body.items() if name != "query"}
        require_clean(body, "", known=self._known)
