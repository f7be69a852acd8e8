"""The files of others: each as it was published, with its licence, and none that is not accounted for."""

import hashlib
import json
import re
from typing import Any

import pytest

from directory.web.pages import STATIC

_VENDOR = STATIC / "vendor"
_PACKAGES: list[dict[str, Any]] = json.loads((_VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))["packages"]
_FILES = [file for package in _PACKAGES for file in package["files"]]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file["path"])
def test_a_file_is_what_was_published(file: dict[str, str]) -> None:
    """Its SHA-256 is the one in the lock."""
    assert hashlib.sha256((_VENDOR / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_no_file_is_unaccounted_for() -> None:
    """What stands in the folder is in the lock, but for the lock and the note beside it."""
    there = {path.relative_to(_VENDOR).as_posix() for path in _VENDOR.rglob("*") if path.is_file()}
    assert there == {file["path"] for file in _FILES} | {"vendor.lock.json", "README.md"}


@pytest.mark.parametrize("package", _PACKAGES, ids=lambda package: package["name"])
def test_a_package_has_an_exact_version_and_its_licence(package: dict[str, Any]) -> None:
    """The licence's text stands beside the files, and the note names the version."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["licence"] in {"MIT", "OFL-1.1"}
    assert any(file["path"].endswith("/LICENSE.txt") for file in package["files"])
    note = (_VENDOR / "README.md").read_text(encoding="utf-8")
    assert package["name"] in note
    assert package["version"] in note


def test_our_own_files_name_no_other_host() -> None:
    """Style sheets, scripts and pages that we wrote load nothing from elsewhere; a hash by its name (ni) is no host."""
    ours = [path for path in STATIC.glob("*.*") if path.suffix in {".css", ".js"}]
    ours += (STATIC.parent / "templates").glob("*.html")
    assert len(ours) >= 8
    for path in ours:
        text = path.read_text(encoding="utf-8").replace("ni:///", "")
        assert not re.search(r"(https?:)?//[a-z0-9]", text), path.name
