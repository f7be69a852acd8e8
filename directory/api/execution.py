"""Completes objects of plain attributes by a plan, and leaves all else to graphql-core.

A plan belongs to a selection. It takes all objects that the selection is made of at once, reads one attribute of all
of them, then the next, and puts the answers together at the end: nearly all of the work is then done in loops of the
interpreter's own. It gives up at the first value that is out of the ordinary, and graphql-core completes the object as
if there were no plan. So whatever is unusual keeps one meaning, and every error one wording and one place.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from enum import Enum
from inspect import getattr_static
from itertools import chain, islice
from operator import attrgetter
from types import MemberDescriptorType, NoneType
from typing import Any, ClassVar, Final, TypeAlias

from graphql import (
    FieldNode,
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLString,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.incremental.incremental_executor import DeliveryGroupMap
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter
from strawberry.schema.types import base_scalars
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

# Completes values of one type, and raises whatever it raises where one of them is up to graphql-core.
_Complete: TypeAlias = Callable[[list[Any]], list[Any]]

_Composite: TypeAlias = GraphQLObjectType | GraphQLList[Any]

_DEFINITION: Final = GraphQLCoreConverter.DEFINITION_BACKREF
# A selection beyond these is left to graphql-core, which collects no more of it than the data reaches.
_MOST_FIELDS: Final = 500
_MOST_LEVELS: Final = 16
# A cache that is full is emptied: what is asked all the time is back at once.
_MOST_PLANS: Final = 256

# The classes, exactly, of values that a scalar leaves as they are, and of those that it makes something of.
_KEPT: Final[dict[GraphQLOutputType, type]] = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}
_COERCED: Final[dict[GraphQLOutputType, type]] = {GraphQLInt: int, GraphQLFloat: float}


# All of strawberry's dates and times have this one function.
_ISO_FORMAT: Final[object] = base_scalars.isoformat


class _Unusual(Exception):
    """What only graphql-core may complete."""


class _Planner:
    """Makes the plan of a selection, and raises whatever it raises where there can be none."""

    def __init__(self, executor: "PlannedExecutor") -> None:
        self._executor = executor
        self._fields = 0

    def plan(self, type_: GraphQLOutputType, details: FieldDetailsList, level: int = 0) -> _Complete:
        """Return what completes values of a type under a selection; `level` counts the objects around it."""
        if not isinstance(type_, GraphQLNonNull):
            if type_ in _KEPT:
                return _values({_KEPT[type_], NoneType})
            return _or_null(self.plan(GraphQLNonNull(type_), details, level))
        present = type_.of_type
        if isinstance(present, GraphQLList):
            return _lists(self.plan(present.of_type, details, level))
        if isinstance(present, GraphQLObjectType):
            return self._objects(present, details, level)
        return _leaves(present)

    def _objects(self, type_: GraphQLObjectType, details: FieldDetailsList, level: int) -> _Complete:
        definition = type_.extensions.get(_DEFINITION)
        if not isinstance(definition, StrawberryObjectDefinition) or type_.is_type_of or level > _MOST_LEVELS:
            raise _Unusual
        selected, deferred, _ = self._executor.collect_subfields(type_, details)
        self._fields += len(selected)
        if deferred or self._fields > _MOST_FIELDS:
            raise _Unusual
        columns: list[_Complete] = []
        attributes: list[str] = []
        for fields in selected.values():
            name = fields[0].node.name.value
            if name == "__typename":
                columns.append(_typenames(type_.name))
                continue
            field = self._executor.schema.get_field(type_, name)
            if field is None:
                raise _Unusual
            attributes.append(_attribute(field, [each.node for each in fields]))
            columns.append(_column(attributes[-1], self.plan(field.type, fields, level + 1)))
        return _rows(definition.origin, attributes, tuple(selected), columns)


def _rows(origin: type, attributes: Sequence[str], keys: tuple[str, ...], columns: Sequence[_Complete]) -> _Complete:
    plain: dict[type, bool] = {}

    def complete(objects: list[Any]) -> list[dict[str, Any]]:
        for cls in set(map(type, objects)):
            if cls not in plain:
                plain[cls] = issubclass(cls, origin) and _is_plain(cls, attributes)
            if not plain[cls]:
                raise _Unusual
        table = [column(objects) for column in columns]
        # A dict that is written out is made several times faster than one from pairs: most objects are small.
        match keys:
            case ():
                return [{} for _ in objects]
            case (one,):
                return [{one: value} for value in table[0]]
            case (one, two):
                return [{one: value, two: other} for value, other in zip(*table, strict=True)]
            case _:
                return [dict(zip(keys, row, strict=False)) for row in zip(*table, strict=True)]

    return complete


def _column(attribute: str, plan: _Complete) -> _Complete:
    read = attrgetter(attribute)
    return lambda objects: plan(list(map(read, objects)))


def _typenames(name: str) -> _Complete:
    return lambda objects: [name] * len(objects)


def _lists(items: _Complete) -> _Complete:
    """Complete lists and tuples, which can be read again by graphql-core: all of their items together."""

    def complete(lists: list[Any]) -> list[Any]:
        if not {list, tuple}.issuperset(map(type, lists)):
            raise _Unusual
        completed = iter(items(list(chain.from_iterable(lists))))
        return [list(islice(completed, len(each))) for each in lists]

    return complete


def _or_null(plan: _Complete) -> _Complete:
    def complete(values: list[Any]) -> list[Any]:
        if NoneType not in set(map(type, values)):
            return plan(values)
        completed = iter(plan([value for value in values if value is not None]))
        return [None if value is None else next(completed) for value in values]

    return complete


def _leaves(type_: GraphQLOutputType) -> _Complete:
    if type_ in _KEPT:
        return _values({_KEPT[type_]})
    if isinstance(type_, CustomGraphQLEnumType):
        # Strawberry compares a member with the values of the type, one after the other, every time.
        members: Iterable[Enum] = type_.wrapped_cls
        names = {member: type_.coerce_output_value(member) for member in members}
        return _values({type_.wrapped_cls}, names.__getitem__)
    if isinstance(type_, GraphQLScalarType):
        if type_ in _COERCED:
            return _values({_COERCED[type_]}, type_.coerce_output_value)
        if type_.coerce_output_value is _ISO_FORMAT:
            return _values({date, datetime, time}, type_.coerce_output_value)
    # Any other scalar runs code that is not known here; of an interface or a union, the class of each object would
    # have to be found first.
    raise _Unusual


def _values(classes: set[type], convert: Callable[[Any], Any] | None = None) -> _Complete:
    def complete(values: list[Any]) -> list[Any]:
        if not classes.issuperset(map(type, values)):
            raise _Unusual
        return values if convert is None else list(map(convert, values))

    return complete


def _is_plain(cls: type, attributes: Sequence[str]) -> bool:
    """Say whether to read these of an instance runs no code: graphql-core may have to read them once more."""
    return (
        # An exception has one of its own, and is to be raised.
        getattr_static(cls, "__getattribute__") is object.__getattribute__
        and not hasattr(cls, "__getattr__")
        and not hasattr(cls, "__await__")
        and all(
            isinstance(found, MemberDescriptorType) or not hasattr(type(found), "__get__")
            for found in (getattr_static(cls, attribute, None) for attribute in attributes)
        )
    )


def _attribute(field: GraphQLField, nodes: list[FieldNode]) -> str:
    """Return the attribute that a field reads; raises _Unusual for a field that does anything but read it."""
    definition = field.extensions.get(_DEFINITION)
    if (
        not isinstance(definition, StrawberryField)
        # Strawberry marks the resolver that it makes for a field without one; a wrapper would copy the mark.
        or not getattr(field.resolve, "_is_default", False)
        or hasattr(field.resolve, "__wrapped__")
        or type(definition).get_result is not StrawberryField.get_result
        or not definition.is_basic_field
        or definition.default_resolver is not getattr
        or not definition.python_name.isidentifier()
        or field.args
        or not _only_switches(nodes)
    ):
        raise _Unusual
    return definition.python_name


def _only_switches(nodes: list[FieldNode]) -> bool:
    """Say whether these have no directives but @skip and @include, which are done with once fields are collected."""
    return all(each.name.value in {"skip", "include"} for node in nodes for each in node.directives or ())


class PlannedExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor, with plans: the same answers and the same errors for a fraction of the work.

    It rests on methods that graphql-core and strawberry do not promise to keep: both are pinned.
    """

    # Plans outlive a request. The key has the identity of all that a plan is made from, and the entry keeps those
    # alive, so that no identity comes up again for something else.
    _plans: ClassVar[dict[tuple[object, ...], tuple[tuple[object, ...], _Complete]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what graphql-core gives.
        """Take what graphql-core gives."""
        super().__init__(*args, **kwargs)
        self._found: dict[tuple[_Composite, int], tuple[FieldDetailsList, _Complete | None]] = {}

    def complete_value(  # noqa: PLR0913, PLR0917 - graphql-core's own.
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,  # noqa: ANN401 - whatever a resolver returned.
        position_context: DeliveryGroupMap | None,
    ) -> Any:  # noqa: ANN401 - the value as it goes into the answer.
        """Complete an object or a list by its plan, all else as graphql-core does, which comes back for the parts."""
        # Under @defer, parts of an object come later.
        if position_context is None and result is not None and isinstance(return_type, GraphQLObjectType | GraphQLList):
            found = self._found.get((return_type, id(field_details_list)))
            if found is None:
                plan = None
                with suppress(Exception):
                    plan = self._plan(return_type, field_details_list)
                # With the list in the entry, no other list gets its id.
                found = self._found[return_type, id(field_details_list)] = field_details_list, plan
            if found[1] is not None:
                # Whatever goes wrong here, graphql-core comes upon it again, and tells it in its own way.
                with suppress(Exception):
                    return found[1]([result])[0]
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)

    def _plan(self, type_: _Composite, details: FieldDetailsList) -> _Complete:
        """Return the plan of a selection; raises whatever it raises where there can be none."""
        nodes = [each.node for each in details]
        middleware = self.middleware_manager
        if (
            (middleware is not None and middleware.middlewares)
            or any(each.fragment_variable_values for each in details)
            or not _only_switches(nodes)
        ):
            raise _Unusual
        parts = (self.schema, type_, self.operation, *nodes, *self.fragment_definitions.values())
        # @skip and @include ask no more of a variable than this.
        switches = [(name, value is None, bool(value)) for name, value in self.variable_values.coerced.items()]
        key = (*map(id, parts), *switches)
        entry = self._plans.get(key)
        if entry is None:
            entry = parts, _Planner(self).plan(GraphQLNonNull(type_), details)
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            self._plans[key] = entry
        return entry[1]
