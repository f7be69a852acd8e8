"""Finding out that somebody is who they say: a code to the telephone or e-mail that is held, then a token (P8, L4).

The answer, and the work behind it, is the same whether or not the contact is anybody's. Only the courier knows, and
the courier works after the answer.
"""

import hmac
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consent.notice_parts import Language, Words
from consent.one_time_codes import LIFETIME, SEED_BYTES, code_from, code_hash, confirms
from directory.access.caller import Caller
from directory.access.keys import token_hash
from directory.rights.contacts import Contact, read_contact
from directory.rights.courier import Message, Outbox
from directory.rights.errors import RateLimited, VerificationRefused
from directory.rights.wording import SENT, code_text
from directory.sealing.key_service import FileKeyService
from graph import verifications
from graph.connection import Graph
from graph.errors import Conflict
from graph.transaction import Transaction
from graph.verifications import CodeAsked, CodeRequest, StoredVerification
from graph.vocabulary import ActorKind

TOKEN_LIFETIME: Final = 30 * 60 * 1000
"""How long a person's token opens, in milliseconds."""

_TOKEN_PREFIX: Final = "person_"  # noqa: S105 - by which a token is recognised.
_TOKEN_BYTES: Final = 32
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to whoever asks for a code: always alike."""

    verification: str
    message: Words


@dataclass(frozen=True, slots=True, repr=False)
class Confirmed:
    """The token that a right code turned into, and until when it opens (epoch milliseconds)."""

    token: str
    until: int


class Verifications:
    """Sends codes, takes them back, and knows whose a token is."""

    def __init__(self, graph: Graph, keys: FileKeyService, clock: Callable[[], int], outbox: Outbox) -> None:
        """Take the graph, the keys, a clock in epoch milliseconds, and what sends."""
        self._graph = graph
        self._keys = keys
        self._clock = clock
        self._outbox = outbox
        # A key of its own, since what is known of the one must not help with the other.
        self._key = hmac.digest(keys.keyring.cursor_key, b"one-time codes", "sha256")

    async def request(self, caller: Caller, contact: str, language: Language) -> Asked:
        """Have a code sent to a contact if it is somebody's; raises BadInput and RateLimited, which tell no more."""
        return await self._ask(caller, read_contact(contact, self._keys.keyring), language)

    async def request_for_case(
        self, caller: Caller, contact: Contact, language: Language, person: str, case: str
    ) -> Asked:
        """Have a code sent to a new contact of a person, who confirms a correction with it."""
        return await self._ask(caller, contact, language, person, case)

    async def _ask(
        self, caller: Caller, contact: Contact, language: Language, person: str = "", case: str = ""
    ) -> Asked:
        verification, code, now = secrets.token_hex(16), code_from(secrets.token_bytes(SEED_BYTES)), self._clock()
        request = CodeRequest(
            id=verification,
            field=contact.field,
            index=contact.index,
            caller=caller.actor,
            asker=self._asker(caller),
            hash=code_hash(code, key=self._key, verification=verification),
            at=now,
            until=now + LIFETIME,
            decoy=str(uuid.uuid4()),
            person=person,
            case=case,
        )
        asked = await self._written(request)
        if not asked.allowed:
            raise RateLimited
        if contact.channel is not None:
            text = code_text(code, language)
            message = Message(contact.channel, contact.value, text, verification, code)
            self._outbox.put(message, send=asked.send)
        return Asked(verification, SENT)

    def _asker(self, caller: Caller) -> str:
        """Name under what the requests are counted: many people share a service's key, and each network address of it.

        An address is kept as a keyed hash, for as long as the count is.
        """
        if caller.kind is not ActorKind.SERVICE:
            return caller.actor
        return f"{caller.actor}@{hmac.digest(self._key, caller.origin.encode(), 'sha256').hex()}"

    async def _written(self, request: CodeRequest) -> CodeAsked:
        try:
            return await self._graph.write(verifications.ask, request)
        except Conflict:
            # Two first requests of one caller, or for one contact, made its counter at the same moment.
            return await self._graph.write(verifications.ask, request)

    async def confirm(self, caller: Caller, verification: str, code: str) -> Confirmed:
        """Return a token for a right code; raises VerificationRefused, which is one answer for everything else."""
        token = _TOKEN_PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
        until = self._clock() + TOKEN_LIFETIME

        async def work(tx: Transaction) -> bool:
            found = await self.try_code(tx, caller, verification, code)
            right = found is not None and not found.case
            await verifications.end_try(tx, verification, right=right, token=token_hash(token), until=until)
            return right

        if not await self._graph.write(work):
            raise VerificationRefused
        return Confirmed(token, until)

    async def try_code(
        self, tx: Transaction, caller: Caller, verification: str, code: str
    ) -> StoredVerification | None:
        """Count a try at a code and return its verification where it is right and the caller's, else None."""
        found = await verifications.begin_try(tx, verification[:_LONGEST])
        if found is None:
            return None
        given = "".join(code.split())[:_LONGEST]
        right = confirms(found.code, given, key=self._key, verification=found.id, now=self._clock())
        return found if right and found.caller == caller.actor else None

    async def whose(self, caller: Caller, token: str) -> StoredVerification:
        """Return the verification behind a token of this caller; raises VerificationRefused for any other."""
        found = await self._graph.read(verifications.by_token, token_hash(token[:_LONGEST]))
        if found is None or found.caller != caller.actor or self._clock() >= found.token_until:
            raise VerificationRefused
        return found
