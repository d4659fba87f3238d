"""Backups come back as they were, or not at all."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import backups
from bot.storage.errors import SealBroken

OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))


def packed(plain: bytes, key: bytes = OLD) -> bytes:
    target = BytesIO()
    backups.pack(BytesIO(plain), target, key)
    return target.getvalue()


def unpacked(file: bytes, *keys: bytes) -> bytes:
    target = BytesIO()
    backups.unpack(BytesIO(file), target, keys)
    return target.getvalue()


@given(size=st.integers(0, 200), of=st.binary(min_size=1, max_size=3))
def test_it_comes_back_whatever_its_length(size: int, of: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "_PIECE", 16)
        plain = of * size
        assert unpacked(packed(plain), NEW, OLD) == plain


def test_pieces_can_not_be_left_out_or_moved() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "_PIECE", 16)
        file = packed(bytes(range(48)))
        head, pieces = file[:26], [file[at : at + 32] for at in range(26, len(file), 32)]
        assert len(pieces) == 3
        for wrong in (pieces[:2], pieces[1:], [pieces[1], pieces[0], pieces[2]], [*pieces, b"x"]):
            with pytest.raises(SealBroken, match="damaged"):
                unpacked(head + b"".join(wrong), OLD)
        assert b"\x00\x01\x02\x03" not in file


def test_other_keys_and_other_files() -> None:
    with pytest.raises(SealBroken, match="a key that we do not have"):
        unpacked(packed(b"Sara"), NEW, OTHER)
    with pytest.raises(SealBroken, match="no backup"):
        unpacked(b"SQLite format 3\0" + bytes(100), OLD)
