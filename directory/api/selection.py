"""What a query asks to see, worked out before anything is opened: only that is opened, and only that is recorded."""

from collections.abc import Iterator
from typing import Final

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)

from directory.api.context import Info
from directory.contacts.service import Wanted
from directory.vocabulary import Field

_FIELDS: Final = {
    "name": Field.NAME,
    "sex": Field.SEX,
    "age": Field.AGE,
    "phone": Field.PHONE,
    "email": Field.EMAIL,
    "residence": Field.RESIDENCE,
    "affiliations": Field.AFFILIATION,
}


def wanted_of_page(info: Info) -> Wanted:
    """Return what a query wants of a page: the fields under `nodes`, and whether `count` is there."""
    selected = list(_selected(info, info._raw_info.field_nodes))  # noqa: SLF001 - strawberry's own accessor.
    top = {node.name.value for node in selected}
    nodes = [node for node in selected if node.name.value == "nodes"]
    names = {node.name.value for node in _selected(info, nodes)}
    return Wanted(
        fields=frozenset(_FIELDS[name] for name in names & _FIELDS.keys()),
        reasons="withheld" in names,
        nodes=bool(nodes),
        people=bool(top - {"count", "__typename"}),
        count="count" in top,
    )


def wanted_of_person(info: Info) -> Wanted:
    """Return what a query wants of one participant."""
    names = {node.name.value for node in _selected(info, info._raw_info.field_nodes)}  # noqa: SLF001 - as above.
    return Wanted(frozenset(_FIELDS[name] for name in names & _FIELDS.keys()), "withheld" in names)


def wants(info: Info, name: str) -> bool:
    """Say whether the query asks for a field of this name directly under the one that is resolved."""
    return any(node.name.value == name for node in _selected(info, info._raw_info.field_nodes))  # noqa: SLF001


def _selected(info: Info, parents: list[FieldNode]) -> Iterator[FieldNode]:
    """Give the fields under these, through fragments of every kind, without those that directives leave out."""
    for parent in parents:
        if parent.selection_set is not None:
            yield from _within(info, parent.selection_set)


def _within(info: Info, selections: SelectionSetNode) -> Iterator[FieldNode]:
    for node in selections.selections:
        if not _included(info, node):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _within(info, node.selection_set)
        elif isinstance(node, FragmentSpreadNode):
            yield from _within(info, info._raw_info.fragments[node.name.value].selection_set)  # noqa: SLF001


def _included(info: Info, node: SelectionNode) -> bool:
    for directive in node.directives or ():
        name = directive.name.value
        if name in ("skip", "include"):
            # Validation has made sure that there is this one argument.
            given = (directive.arguments or ())[0].value
            if isinstance(given, VariableNode):
                condition = bool(info.variable_values.get(given.name.value))
            else:
                condition = isinstance(given, BooleanValueNode) and given.value
            if condition is (name == "skip"):
                return False
    return True
