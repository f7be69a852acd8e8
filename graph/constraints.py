"""The constraints and indexes of the graph, one for every way in; both engines take the same statements."""

from typing import Final, LiteralString

from graph.transaction import Transaction

STATEMENTS: Final[tuple[LiteralString, ...]] = (
    "CREATE CONSTRAINT region_code IF NOT EXISTS FOR (n:Region) REQUIRE n.code IS UNIQUE",
    "CREATE CONSTRAINT department_id IF NOT EXISTS FOR (n:Department) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT stage_number IF NOT EXISTS FOR (n:Stage) REQUIRE n.number IS UNIQUE",
    "CREATE CONSTRAINT target_group IF NOT EXISTS FOR (n:Target) REQUIRE n.group IS UNIQUE",
    "CREATE CONSTRAINT body_id IF NOT EXISTS FOR (n:Body) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT body_sort_key IF NOT EXISTS FOR (n:Body) REQUIRE n.sort_key IS UNIQUE",
    "CREATE INDEX body_group IF NOT EXISTS FOR (n:Body) ON (n.group)",
    "CREATE INDEX body_kind IF NOT EXISTS FOR (n:Body) ON (n.kind)",
    "CREATE CONSTRAINT participant_id IF NOT EXISTS FOR (n:Participant) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT participant_place IF NOT EXISTS FOR (n:Participant) REQUIRE n.place IS UNIQUE",
    "CREATE CONSTRAINT participant_phone_index IF NOT EXISTS FOR (n:Participant) REQUIRE n.phone_index IS UNIQUE",
    "CREATE CONSTRAINT participant_email_index IF NOT EXISTS FOR (n:Participant) REQUIRE n.email_index IS UNIQUE",
    "CREATE INDEX participant_name_index IF NOT EXISTS FOR (n:Participant) ON (n.name_index)",
    "CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT access_key_id IF NOT EXISTS FOR (n:AccessKey) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT access_key_hash IF NOT EXISTS FOR (n:AccessKey) REQUIRE n.hash IS UNIQUE",
    "CREATE CONSTRAINT look_id IF NOT EXISTS FOR (n:Look) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX look_actor IF NOT EXISTS FOR (n:Look) ON (n.actor)",
    "CREATE INDEX disclosure_participant IF NOT EXISTS FOR (n:Disclosure) ON (n.participant)",
    "CREATE CONSTRAINT load_name IF NOT EXISTS FOR (n:Load) REQUIRE n.name IS UNIQUE",
)


async def create(tx: Transaction, statement: LiteralString) -> None:
    """Run one of the statements, in a transaction of its own; harmless where it stands already."""
    result = await tx.run(statement)
    await result.consume()
