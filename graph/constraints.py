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
    "CREATE INDEX participant_changed IF NOT EXISTS FOR (n:Participant) ON (n.changed)",
    "CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT access_key_id IF NOT EXISTS FOR (n:AccessKey) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT access_key_hash IF NOT EXISTS FOR (n:AccessKey) REQUIRE n.hash IS UNIQUE",
    "CREATE CONSTRAINT look_id IF NOT EXISTS FOR (n:Look) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX look_actor IF NOT EXISTS FOR (n:Look) ON (n.actor)",
    "CREATE INDEX disclosure_participant IF NOT EXISTS FOR (n:Disclosure) ON (n.participant)",
    "CREATE CONSTRAINT case_id IF NOT EXISTS FOR (n:Case) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX case_participant IF NOT EXISTS FOR (n:Case) ON (n.participant)",
    "CREATE INDEX case_state IF NOT EXISTS FOR (n:Case) ON (n.state)",
    "CREATE CONSTRAINT verification_id IF NOT EXISTS FOR (n:Verification) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT verification_token_hash IF NOT EXISTS FOR (n:Verification) REQUIRE n.token_hash IS UNIQUE",
    "CREATE INDEX verification_participant IF NOT EXISTS FOR (n:Verification) ON (n.participant)",
    "CREATE INDEX verification_contact IF NOT EXISTS FOR (n:Verification) ON (n.contact)",
    "CREATE CONSTRAINT attempts_key IF NOT EXISTS FOR (n:Attempts) REQUIRE n.key IS UNIQUE",
    "CREATE CONSTRAINT tombstone_id IF NOT EXISTS FOR (n:Tombstone) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT restore_name IF NOT EXISTS FOR (n:Restore) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT load_name IF NOT EXISTS FOR (n:Load) REQUIRE n.name IS UNIQUE",
    # Entry is the label that consent events, looks and permission changes share; both engines keep one index over them.
    # Places and tiles are unique by the head's order. As constraints they would make the embedded engine refuse for
    # good the second of two writers at once, where it has it begin again for the head's sake.
    "CREATE INDEX entry_leaf IF NOT EXISTS FOR (n:Entry) ON (n.leaf)",
    "CREATE INDEX entry_ledger_queue IF NOT EXISTS FOR (n:Entry) ON (n.ledger_queue)",
    "CREATE CONSTRAINT consent_event_id IF NOT EXISTS FOR (n:ConsentEvent) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX consent_event_participant IF NOT EXISTS FOR (n:ConsentEvent) ON (n.participant)",
    "CREATE CONSTRAINT ledger_head_name IF NOT EXISTS FOR (n:LedgerHead) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT ledger_check_name IF NOT EXISTS FOR (n:LedgerCheck) REQUIRE n.name IS UNIQUE",
    "CREATE INDEX tile_number IF NOT EXISTS FOR (n:Tile) ON (n.number)",
    "CREATE CONSTRAINT checkpoint_size IF NOT EXISTS FOR (n:Checkpoint) REQUIRE n.size IS UNIQUE",
)


async def create(tx: Transaction, statement: LiteralString) -> None:
    """Run one of the statements, in a transaction of its own; harmless where it stands already."""
    result = await tx.run(statement)
    await result.consume()
