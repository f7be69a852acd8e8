"""The settings: read once from a mapping, checked, and never repeated when they are wrong."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from directory.errors import SettingInvalid
from directory.settings import Settings
from graph.errors import SettingRefused


def test_nothing_has_to_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The embedded engine, in ./data, on 127.0.0.1:8000."""
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({})
    assert settings == Settings(tmp_path / "data", "127.0.0.1", 8000, None, None, allow_untested=False)
    assert settings.keyring == tmp_path / "data" / "keyring.json"
    assert settings.demo_keys == tmp_path / "data" / "demo-keys.json"


def test_everything_can_be_set() -> None:
    """A Neo4j server elsewhere, another address, another folder."""
    settings = Settings.from_environment(
        {
            "DATA": "/var/lib/civic",
            "HOST": "::1",
            "PORT": "0",
            "GRAPH_URL": "neo4j://graph.example:7687",
            "GRAPH_USER": "civic",
            "GRAPH_PASSWORD": "a secret",
            "GRAPH_HEAP": "2g",
            "GRAPH_ALLOW_UNTESTED": "1",
        }
    )
    assert (settings.data, settings.host, settings.port) == (Path("/var/lib/civic"), "::1", 0)
    assert settings.server is not None
    assert settings.server.endpoint.url == "neo4j://graph.example:7687"
    assert (settings.heap, settings.allow_untested) == ("2g", True)
    assert "a secret" not in repr(settings)


@pytest.mark.parametrize("name", ["DATA", "HOST", "PORT", "GRAPH_HEAP", "GRAPH_ALLOW_UNTESTED"])
def test_an_empty_setting_is_none(name: str) -> None:
    """As in a shell, where an empty variable is how one takes a setting back."""
    assert Settings.from_environment({name: ""}) == Settings.from_environment({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "8000.0"),
        ("PORT", " 8000"),
        ("PORT", "８０００"),
        ("GRAPH_ALLOW_UNTESTED", "true"),
        ("GRAPH_ALLOW_UNTESTED", "2"),
        ("TRUSTED_PROXY", "proxy.example"),
        ("TRUSTED_PROXY", "127.0.0.1, not an address"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(name: str, value: str) -> None:
    """The sentence says what it may be."""
    with pytest.raises(SettingInvalid) as failure:
        Settings.from_environment({name: value})
    assert str(failure.value).startswith(f"The setting {name} must be ")
    assert value.strip() not in str(failure.value).replace("1 or 0", "").replace("65535", "")


@pytest.mark.parametrize(
    ("value", "read"),
    [("127.0.0.1", "127.0.0.1"), ("::1 , 10.0.0.0/8", "::1,10.0.0.0/8"), (" ", None)],
)
def test_proxies_are_addresses(value: str, read: str | None) -> None:
    """One or several, or whole networks."""
    assert Settings.from_environment({"TRUSTED_PROXY": value}).trusted_proxy == read


def test_a_server_without_a_password_is_refused() -> None:
    """What belongs together is set together."""
    with pytest.raises(SettingRefused, match="GRAPH_"):
        Settings.from_environment({"GRAPH_URL": "neo4j://graph.example:7687"})


def test_settings_do_not_change() -> None:
    """Read once at the start."""
    with pytest.raises(FrozenInstanceError):
        Settings.from_environment({}).port = 1  # type: ignore[misc]


def test_the_ledger_has_a_witness_and_a_rhythm(tmp_path: Path) -> None:
    """None, and half a minute, unless they are set; its key lies in the data folder."""
    plain = Settings.from_environment({"DATA": str(tmp_path)})
    assert (plain.ledger_witness, plain.ledger_seconds) == (None, 30)
    assert plain.ledger_key == tmp_path / "ledger-key.json"
    given = {"LEDGER_WITNESS": "https://witness.example/notes", "LEDGER_CHECKPOINT_SECONDS": "5"}
    found = Settings.from_environment(given)
    assert (found.ledger_witness, found.ledger_seconds) == ("https://witness.example/notes", 5)


@pytest.mark.parametrize("value", ["0", "56", "-1", "1.5", "soon", "٣", "999999"])
def test_checkpoints_are_a_minute_apart_at_most(value: str) -> None:
    """Whatever else is set is refused by the setting's name (C3)."""
    with pytest.raises(SettingInvalid, match="LEDGER_CHECKPOINT_SECONDS"):
        Settings.from_environment({"LEDGER_CHECKPOINT_SECONDS": value})
