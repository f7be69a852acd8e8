"""The keyring of the loaded city in a file of its own, and the city put back as it was after a rotation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from directory.sealing.keyring_file import key_check, write_private
from graph import intake
from graph.transaction import Transaction
from tests.loaded_city import City


@pytest_asyncio.fixture
async def keyring(city: City, tmp_path: Path) -> AsyncIterator[Path]:
    """Give the file that opens the city; every data key, and the check, is put back afterwards."""
    path = tmp_path / "keyring.json"
    write_private(path, city.keyring.serialise())
    before = await city.graph.read(_data_keys)
    await city.graph.write(intake.renew_key_check, key_check(city.keyring))
    yield path
    await city.graph.write(_restore, before)
    await city.graph.write(intake.renew_key_check, city.load.key_check)


async def _data_keys(tx: Transaction) -> list[dict[str, str]]:
    result = await tx.run("MATCH (p:Participant) RETURN p.id AS id, p.data_key AS data_key")
    return [{"id": row["id"], "data_key": row["data_key"]} async for row in result]


async def _restore(tx: Transaction, rows: list[dict[str, str]]) -> None:
    result = await tx.run(
        "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) SET p.data_key = row.data_key", rows=rows
    )
    await result.consume()
