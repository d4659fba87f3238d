"""A backup as one encrypted file, as large as you like and never whole in memory.

Layout: ``LOTSE1`` | id of the key (4) | salt (16) | pieces. A piece is 1 MiB of the backup (the
last one may be less), sealed with AES-256-GCM under a key made of ours and the salt. Its nonce is
its number and whether it is the last: no piece can be left out, added or put elsewhere.
"""

import os
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.errors import SealBroken

_MAGIC = b"LOTSE1"
_ID, _SALT, _TAG = 4, 16, 16
_PIECE = 1 << 20


def pack(source: IO[bytes], target: IO[bytes], key: bytes) -> None:
    """Everything in *source*, encrypted, into *target*. *key*: 32 bytes."""
    salt = os.urandom(_SALT)
    head = _MAGIC + _derive(key, b"", "backup id", _ID) + salt
    sealer = AESGCM(_derive(key, salt, "backup", 32))
    target.write(head)
    target.writelines(
        sealer.encrypt(_nonce(number, last=last), piece, head)
        for number, (piece, last) in enumerate(_with_last(_pieces(source, _PIECE)))
    )


def unpack(source: IO[bytes], target: IO[bytes], keys: Iterable[bytes]) -> None:
    """What :func:`pack` was given, with whichever of *keys* fits.

    Raises :class:`SealBroken` if none does, or if the file is damaged or cut short; *target* is
    then of no use.
    """
    head = source.read(len(_MAGIC) + _ID + _SALT)
    if not head.startswith(_MAGIC):
        raise SealBroken("this is no backup made by Lotse")
    key_id, salt = head[len(_MAGIC) : -_SALT], head[-_SALT:]
    fits = [key for key in keys if _derive(key, b"", "backup id", _ID) == key_id]
    if not fits:
        raise SealBroken("the backup was made with a key that we do not have")
    opener = AESGCM(_derive(fits[0], salt, "backup", 32))
    for number, (piece, last) in enumerate(_with_last(_pieces(source, _PIECE + _TAG))):
        try:
            target.write(opener.decrypt(_nonce(number, last=last), piece, head))
        except InvalidTag:
            raise SealBroken("the backup is damaged, or its end is missing") from None


def _pieces(source: IO[bytes], size: int) -> Iterator[bytes]:
    """At least one, if an empty one."""
    piece = source.read(size)
    yield piece
    while len(piece) == size:
        piece = source.read(size)
        if piece:
            yield piece


def _with_last(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last."""
    before = next(pieces)
    for piece in pieces:
        yield before, False
        before = piece
    yield before, True


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _derive(key: bytes, salt: bytes, purpose: str, length: int) -> bytes:
    info = f"lotse {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=salt or None, info=info).derive(key)
