"""What a resolver is given: the caller of this request, and the services that answer."""

from dataclasses import dataclass
from typing import TypeAlias

from strawberry.types import Info as StrawberryInfo

from directory.access.accounting import Accounting
from directory.access.caller import Caller
from directory.api.regions import RegionBook
from directory.consents.decisions import Decisions
from directory.contacts.bodies import Bodies
from directory.contacts.service import Contacts
from directory.ledger.publication import Publication
from directory.notices.reading import Notices
from directory.programme.network import NetworkReader
from directory.receipts.issuing import Receipts
from directory.rights.service import Rights


@dataclass(frozen=True, slots=True)
class Services:
    """The services, one set for the process."""

    contacts: Contacts
    bodies: Bodies
    accounting: Accounting
    network: NetworkReader
    regions: RegionBook
    notices: Notices
    decisions: Decisions
    rights: Rights
    receipts: Receipts
    ledger: Publication


@dataclass(frozen=True, slots=True)
class Context:
    """One request's context."""

    caller: Caller
    services: Services


Info: TypeAlias = StrawberryInfo[Context, None]
