"""No text on the command line holds an identifier: each argument of each command refuses it (P6)."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from directory.cli.main import civic

IDENTIFIER = "900101-1234567"


def texts(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command, click.Parameter]]:
    """Give every argument and option of every command that takes any text: no file, no number, no word of a list."""
    for parameter in command.params:
        if isinstance(parameter.type, click.types.StringParamType):
            yield " ".join((*path, str(parameter.name))), command, parameter
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from texts(below, (*path, name))


TEXTS = list(texts(civic))


def test_there_are_texts() -> None:
    """The walk finds what it is for."""
    assert {"rights access by", "rights access person", "rights decide reason"} <= {name for name, _, _ in TEXTS}


@pytest.mark.parametrize(("name", "command", "parameter"), TEXTS, ids=[name for name, _, _ in TEXTS])
def test_every_text_refuses_an_identifier(name: str, command: click.Command, parameter: click.Parameter) -> None:
    """Before anything is done with it; and what is no identifier gets through."""
    given = (IDENTIFIER,) if parameter.multiple else IDENTIFIER
    with pytest.raises(click.BadParameter) as caught:
        parameter.process_value(click.Context(command), given)
    assert IDENTIFIER not in caught.value.format_message()
    fine = ("seoul",) if parameter.multiple else "seoul"
    assert parameter.process_value(click.Context(command), fine) == fine


def test_it_is_told_with_status_2() -> None:
    """As whoever types it sees it."""
    result = CliRunner().invoke(civic, ["rights", "restrict", "0" * 32, "--by", IDENTIFIER])
    assert result.exit_code == 2
    assert IDENTIFIER not in result.output
