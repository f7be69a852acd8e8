"""The caller of one request: the key it came with, where it came from, and the trace that finds it in the logs."""

from dataclasses import dataclass

from consent.scope import Scope
from graph.actors import AccessKey
from graph.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated caller; `origin` is the network address, `trace` the request's id."""

    key: AccessKey
    origin: str
    trace: str

    @property
    def actor(self) -> str:
        """The id of the actor."""
        return self.key.scope.actor

    @property
    def kind(self) -> ActorKind:
        """What kind of caller this is."""
        return self.key.kind

    @property
    def scope(self) -> Scope:
        """How far the caller may act."""
        return self.key.scope
