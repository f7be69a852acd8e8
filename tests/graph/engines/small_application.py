"""An application in miniature, for tests to kill: it starts an engine, writes numbers and prints each."""

import asyncio
import json
import signal
import sys
from pathlib import Path

from graph.connection import Graph
from graph.engines.embedded import EmbeddedEngine
from graph.errors import EngineUnavailable, GraphError
from graph.transaction import Transaction


def say(**facts: object) -> None:
    """Print a line that the test reads."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def keep(tx: Transaction, number: int) -> None:
    """Write a number, once however often it is tried."""
    await (await tx.run("MERGE (:Number {value: $number})", number=number)).consume()


async def work(engine: EmbeddedEngine) -> None:
    """Write numbers for ever, and print each that was acknowledged."""
    async with Graph(engine) as graph:
        number = 0
        while True:
            try:
                await graph.write(keep, number)
            except EngineUnavailable as error:
                say(refused=error.code)
                await asyncio.sleep(0.02)
            else:
                say(kept=number)
                number += 1


async def main(folder: Path) -> None:
    """Run until told to end."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    engine = EmbeddedEngine(folder, heap="512m")
    try:
        url = await engine.start()
        say(engine=engine.pid, url=url)
        await work(engine)
    finally:
        await engine.stop()
        say(stopped=True)


if __name__ == "__main__":
    try:
        asyncio.run(main(Path(sys.argv[1])))
    except GraphError as error:
        say(error=error.code, sentence=str(error))
        sys.exit(1)
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(0)
