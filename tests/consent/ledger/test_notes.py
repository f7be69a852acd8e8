"""Signed notes: other tools' own example is read, ours are written alike, and no byte of one can be changed."""

import base64
import copy
import hashlib
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from consent.ledger.errors import LedgerCode, LedgerError
from consent.ledger.notes import Signer, Verifier

SIGNER = Signer("civic-directory/test", bytes(range(32)))
NOTE = SIGNER.sign("civic-directory/test\n5\nroot\n")
# The example in the documentation of golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_of_another_tool_is_verified() -> None:
    """The key and the note of Go's own documentation (C2SP signed-note)."""
    verifier = Verifier.parse(GO_KEY)
    assert str(verifier) == GO_KEY
    assert verifier.text_of(GO_NOTE).endswith("your problem is.\n")
    with pytest.raises(LedgerError, match="LEDGER_SIGNATURE"):
        verifier.text_of(GO_NOTE.replace("answer", "remedy"))


def test_a_note_is_made_of_what_the_format_says() -> None:
    """A key's id over name and key, four bytes of it before the signature over the text."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key().public_bytes_raw()
    text, _, lines = NOTE.partition("\n\n")
    name, encoded = lines.removeprefix("— ").split()
    signature = base64.b64decode(encoded)
    assert name == "civic-directory/test"
    assert signature[:4] == hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    assert signature[4:] == key.sign(text.encode() + b"\n")
    assert Verifier.parse(str(SIGNER.verifier)) == SIGNER.verifier


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_what_was_signed_is_opened(line: str) -> None:
    """The very text, whatever letters are in it."""
    assert SIGNER.verifier.text_of(SIGNER.sign(line + "\n")) == line + "\n"


@given(st.data())
def test_no_byte_of_a_note_can_be_changed(data: st.DataObject) -> None:
    """Neither of the text nor of the signature; it is refused as no note, or as not signed."""
    at = data.draw(st.integers(0, len(NOTE) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != NOTE[at]))
    with pytest.raises(LedgerError) as refused:
        SIGNER.verifier.text_of(NOTE[:at] + other + NOTE[at + 1 :])
    assert refused.value.code in {LedgerCode.LEDGER_NOTE, LedgerCode.LEDGER_SIGNATURE}


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        NOTE[:-1],
        NOTE + "\n",
        NOTE.replace("— ", "-- "),
        NOTE.replace("root", "ro\tot"),
        NOTE.replace("\n\n", "\n"),
        NOTE + "— other not-base64!\n",
        NOTE + "— other AB==\n",
        NOTE + "— other A===\n",
        NOTE + "— two words AAAA\n",
        NOTE + "— other AAAA\n" * 16,
        "x" * 70_000 + NOTE,
    ],
)
def test_what_is_no_note(note: str) -> None:
    """A note has one form, and ends with its signatures."""
    with pytest.raises(LedgerError, match="LEDGER_NOTE"):
        SIGNER.verifier.text_of(note)


def test_other_keys_signatures_are_passed_over() -> None:
    """A witness may add its own; but without ours, or with two of ours, it is not signed."""
    other = Signer("witness", bytes(32))
    text, _, ours = NOTE.partition("\n\n")
    theirs = other.sign(text + "\n").partition("\n\n")[2]
    assert SIGNER.verifier.text_of(f"{text}\n\n{theirs}{ours}") == text + "\n"
    for lines in (theirs, ours + ours):
        with pytest.raises(LedgerError, match="LEDGER_SIGNATURE"):
            SIGNER.verifier.text_of(f"{text}\n\n{lines}")
    same_name = Signer("civic-directory/test", bytes(32))
    with pytest.raises(LedgerError, match="LEDGER_SIGNATURE"):
        SIGNER.verifier.text_of(same_name.sign(text + "\n"))


@pytest.mark.parametrize("text", ["no end", "", "a\x00b\n", "a\rb\n"])
def test_what_can_not_be_signed(text: str) -> None:
    """A text is lines without control characters."""
    with pytest.raises(LedgerError, match="LEDGER_NOTE"):
        SIGNER.sign(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("+ARpc", "+AhRc"),
        GO_KEY + "=",
        GO_KEY[:-4],
        GO_KEY.replace("PeterNeumann", "Peter Neumann"),
        GO_KEY.replace("PeterNeumann", ""),
        GO_KEY.replace("PeterNeumann", "페터"),
    ],
)
def test_what_is_no_public_key(text: str) -> None:
    """Name, id and key have to fit together."""
    with pytest.raises(LedgerError, match="LEDGER_KEY"):
        Verifier.parse(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "x" * 201])
def test_what_is_no_name_of_a_key(name: str) -> None:
    """A space, a plus or a line's end would make a note read in two ways."""
    with pytest.raises(LedgerError, match="LEDGER_KEY"):
        Signer(name, bytes(32))
    with pytest.raises(LedgerError, match="LEDGER_KEY"):
        Signer("name", bytes(31))


def test_a_private_key_does_not_stray() -> None:
    """It is neither shown nor pickled nor copied; public keys are compared by name and key."""
    assert bytes(range(32)).hex() not in repr(SIGNER)
    for stray in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            stray(SIGNER)
    same = Signer("civic-directory/test", bytes(range(32))).verifier
    assert {SIGNER.verifier, same} == {same}
    assert SIGNER.verifier != Verifier("other", same.public)
    assert SIGNER.verifier != "civic-directory/test"
