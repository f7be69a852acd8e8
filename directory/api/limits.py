"""How much one request may ask for: depth, aliases, tokens, page size, and the values it could return."""

from dataclasses import dataclass
from typing import Final

from graphql import (
    ASTValidationRule,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)

from directory.errors import BadInput, LimitExceeded

MOST_TOKENS: Final = 2_000
MOST_DEPTH: Final = 12
MOST_ALIASES: Final = 30
MOST_VALUES: Final = 200_000
# Introspection is as deep as types are wrapped, and asks for every type once: tools' question weighs 378,000 and is
# 15 levels deep. Twice as much would keep everybody else waiting for somebody's joke.
MOST_INTROSPECTION_DEPTH: Final = 20
MOST_INTROSPECTION_VALUES: Final = 500_000
LARGEST_PAGE: Final = 500
USUAL_PAGE: Final = 50

# About how many entries a list has: the shape of the city, and for pages the size that is asked for.
_ENTRIES: Final = {
    # Not a list, but counting asks the whole city.
    "count": 20_000,
    "regions": 449,
    "borders": 8,
    "affiliations": 3,
    "withheld": 7,
    "groups": 12,
    "categories": 4,
    "stages": 3,
    "fields": 7,
    "notices": 10,
    "items": 7,
    "channels": 3,
    "checks": 6,
    "recipients": 3,
    "overseas": 3,
    "appeals": 3,
    "events": 4,
    "codesSent": 20,
    "myCases": 20,
    "cases": 20,
    "standings": 5,
    "decisions": 30,
    "looks": 1_000,
    "sources": 20,
    "purposes": 5,
    # Of the schema, when it is asked about itself.
    "types": 150,
    "inputFields": 15,
    "enumValues": 12,
    "possibleTypes": 3,
    "interfaces": 2,
    "directives": 6,
    "args": 6,
    # Not a list, but a page that is made of the whole report.
    "page": 5_000,
}


def page_size(first: int | None) -> int:
    """Return the page size, the usual one for null; raises BadInput for one that is out of range."""
    if first is None:
        return USUAL_PAGE
    if not 1 <= first <= LARGEST_PAGE:
        raise BadInput("first", f"must be from 1 to {LARGEST_PAGE}")
    return first


@dataclass(slots=True)
class _Weight:
    """What a selection weighs: the depth below it, the aliases in it, and the values it could return.

    What is asked of the schema itself counts apart: it is deeper than data is, and of a size that is known.
    """

    depth: int = 0
    aliases: int = 0
    values: int = 0
    schema_depth: int = 0
    schema_values: int = 0


class LimitsRule(ValidationRule):
    """Refuses an operation that is too deep, has too many aliases, or could return too many values."""

    def __init__(self, context: ValidationContext) -> None:
        """Take the document's context."""
        super().__init__(context)
        self._fragments: dict[str, FragmentDefinitionNode] = {
            definition.name.value: definition
            for definition in context.document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._weights: dict[tuple[str, int], _Weight] = {}

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: object) -> None:
        """Weigh an operation, through its fragments, and report what is too much."""
        weight = self._weigh(node.selection_set, 1, frozenset())
        for what, found, most in (
            ("levels of fields", weight.depth, MOST_DEPTH),
            ("aliases", weight.aliases, MOST_ALIASES),
            ("values that it could return", weight.values, MOST_VALUES),
            ("levels of introspection", weight.schema_depth, MOST_INTROSPECTION_DEPTH),
            ("values of introspection", weight.schema_values, MOST_INTROSPECTION_VALUES),
        ):
            if found > most:
                error = LimitExceeded(what, most)
                self.report_error(GraphQLError(str(error), node, original_error=error))

    def _weigh(self, selections: SelectionSetNode, page: int, inside: frozenset[str]) -> _Weight:
        total = _Weight()
        for node in selections.selections:
            if isinstance(node, FieldNode):
                weight = self._weigh_field(node, page, inside)
            elif isinstance(node, InlineFragmentNode):
                weight = self._weigh(node.selection_set, page, inside)
            elif isinstance(node, FragmentSpreadNode):
                weight = self._weigh_fragment(node.name.value, page, inside)
            else:
                continue
            total.depth = max(total.depth, weight.depth)
            total.schema_depth = max(total.schema_depth, weight.schema_depth)
            total.aliases += weight.aliases
            total.values += weight.values
            total.schema_values += weight.schema_values
        return total

    def _weigh_field(self, node: FieldNode, page: int, inside: frozenset[str]) -> _Weight:
        name = node.name.value
        below = _Weight()
        entries = page if name == "nodes" else _ENTRIES.get(name, 1)
        if node.selection_set is not None:
            below = self._weigh(node.selection_set, _page_of(node), inside)
        aliases = below.aliases + (node.alias is not None)
        if name.startswith("__"):
            # What was weighed below as if it were data is of the schema.
            return _Weight(aliases=aliases, schema_depth=below.depth + 1, schema_values=below.values + 1)
        return _Weight(
            depth=below.depth + 1,
            aliases=aliases,
            values=(below.values + 1) * entries,
            schema_depth=below.schema_depth,
            schema_values=below.schema_values * entries,
        )

    def _weigh_fragment(self, name: str, page: int, inside: frozenset[str]) -> _Weight:
        fragment = self._fragments.get(name)
        # A fragment that is unknown, or spreads itself, is refused by the rules of the language.
        if fragment is None or name in inside:
            return _Weight()
        if (name, page) not in self._weights:
            self._weights[name, page] = self._weigh(fragment.selection_set, page, inside | {name})
        return self._weights[name, page]


def _page_of(node: FieldNode) -> int:
    """Return how many entries the page under this field may have."""
    for given in node.arguments or ():
        if given.name.value == "first":
            return min(int(given.value.value), LARGEST_PAGE) if isinstance(given.value, IntValueNode) else LARGEST_PAGE
    return 100


# One list for all requests: a rule made anew for each would defeat the cache of validations.
RULES: Final[list[type[ASTValidationRule]]] = [LimitsRule]
