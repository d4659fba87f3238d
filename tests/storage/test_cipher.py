"""Sealing, key change and look-up, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.cipher import Cipher, new_key, parse_keys
from bot.storage.errors import SealBroken
from bot.storage.tx import Json

OLD, NEW = bytes(range(32)), bytes(range(32, 64))

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(document=documents, purpose=st.text())
def test_a_document_comes_back(document: Json, purpose: str) -> None:
    cipher = Cipher((OLD,))
    assert cipher.unseal(purpose, cipher.seal(purpose, document)) == document


def test_half_a_surrogate_pair_comes_back() -> None:
    cipher = Cipher((OLD,))
    assert cipher.unseal("p", cipher.seal("p", {"text": "\ud83d"})) == {"text": "\ud83d"}
    assert cipher.lookup("p", "\ud83d")


def test_equal_documents_look_different() -> None:
    cipher = Cipher((OLD,))
    assert cipher.seal("p", "x") != cipher.seal("p", "x")
    assert len(cipher.seal("p", "x")) == 1 + 4 + 12 + len('"x"') + 16


def test_the_purpose_is_bound() -> None:
    cipher = Cipher((OLD,))
    with pytest.raises(SealBroken, match=r"another purpose: calls\.phone"):
        cipher.unseal("calls.phone", cipher.seal("people.name", "x"))


@given(position=st.integers(0, 40), bit=st.integers(0, 7))
def test_every_changed_bit_is_noticed(position: int, bit: int) -> None:
    cipher = Cipher((OLD,))
    sealed = bytearray(cipher.seal("p", "some text"))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        cipher.unseal("p", bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 5, 16, 20, 32])
def test_a_cut_off_document_is_noticed(length: int) -> None:
    cipher = Cipher((OLD,))
    with pytest.raises(SealBroken):
        cipher.unseal("p", cipher.seal("p", "some text")[:length])


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    before, both, after = Cipher((OLD,)), Cipher((NEW, OLD)), Cipher((NEW,))
    assert both.unseal("p", before.seal("p", "x")) == "x"
    assert after.unseal("p", both.seal("p", "x")) == "x"
    with pytest.raises(SealBroken, match="we do not have"):
        after.unseal("p", before.seal("p", "x"))


def test_lookup_is_stable_while_keys_change() -> None:
    assert Cipher((OLD,)).lookup("p", "+49") == Cipher((NEW, OLD)).lookup("p", "+49")


def test_lookup_depends_on_key_purpose_and_text() -> None:
    cipher = Cipher((OLD,))
    found = {
        cipher.lookup("p", "x"),
        cipher.lookup("p", "y"),
        cipher.lookup("q", "x"),
        Cipher((NEW,)).lookup("p", "x"),
        cipher.lookup("p\0x", ""),
    }
    assert {len(each) for each in found} == {32}
    assert len(found) == 5


def test_keys_are_read_back() -> None:
    first, second = new_key(), new_key()
    assert first != second
    assert len(parse_keys(f" {first} ,{second},")) == 2
    assert parse_keys(first.rstrip("=")) == parse_keys(first)


@pytest.mark.parametrize("text", ["tooshort", "ümlaut" * 8, "A" * 60, "*" * 44])
def test_a_bad_key_is_refused_but_not_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="32 bytes") as caught:
        parse_keys(text)
    assert text not in str(caught.value)


@pytest.mark.parametrize("keys", [(), (b"short",), (OLD, OLD)])
def test_a_cipher_needs_sound_keys(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="key"):
        Cipher(keys)
