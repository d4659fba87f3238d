"""Encryption of everything personal before it is stored, and keyed hashes to find it again.

A sealed document is `version (1) | key id (4) | nonce (12) | AES-256-GCM ciphertext and tag`. The
header and the purpose are bound as associated data, so a value copied into another column does not
open. Measured on one core: about 4 µs to seal or to unseal 200 bytes.
"""

import base64
import binascii
import hmac
import json
import os
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.errors import SealBroken
from bot.storage.tx import Json

_VERSION = b"\x01"
_KEY_BYTES = 32
_HEADER = 5  # version, key id
_NONCE = 12  # random: safe for some 2^32 documents per key


class Cipher:
    """Seals with the first key, opens with any.

    Keys are 32 bytes each, the newest first. Look-up hashes come from a key of their own, which the
    database keeps sealed (:meth:`adopt`): no other key changes a hash that is stored already. A new
    database's is derived from the *last* key. Objects may be used from several threads.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys:
            raise ValueError("no key given")
        if any(len(key) != _KEY_BYTES for key in keys):
            raise ValueError(f"a key must have {_KEY_BYTES} bytes")
        self._openers = {_derive(key, "id", 4): AESGCM(_derive(key, "seal", 32)) for key in keys}
        if len(self._openers) != len(keys):
            raise ValueError("the same key is given twice")
        self._header = _VERSION + _derive(keys[0], "id", 4)
        self._sealer = self._openers[self._header[1:]]
        self._lookup_key = _derive(keys[-1], "look-up", 32)

    @property
    def lookup_key(self) -> bytes:
        """32 bytes."""
        return self._lookup_key

    def adopt(self, lookup_key: bytes) -> None:
        """Look-up hashes come from this key from now on: that of the database opened."""
        self._lookup_key = lookup_key

    def is_current(self, sealed: bytes) -> bool:
        """Was it sealed with the newest key?"""
        return sealed.startswith(self._header)

    def seal(self, purpose: str, document: Json) -> bytes:
        """Encrypts a document for one purpose, such as "people.name"."""
        # Telegram's JSON may hold half a surrogate pair; it must not stop an update.
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        nonce = os.urandom(_NONCE)
        plain = text.encode("utf-8", "surrogatepass")
        sealed = self._sealer.encrypt(nonce, plain, self._header + purpose.encode())
        return self._header + nonce + sealed

    def unseal(self, purpose: str, sealed: bytes) -> Json:
        """The document again; raises SealBroken if purpose, key or bytes are not the right ones."""
        header, nonce = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE]
        opener = self._openers.get(header[1:])
        if header[:1] != _VERSION or opener is None:
            raise SealBroken(f"sealed with a key or in a format we do not have: {purpose}")
        try:
            plain = opener.decrypt(nonce, sealed[_HEADER + _NONCE :], header + purpose.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(f"damaged, or sealed for another purpose: {purpose}") from None
        return cast(Json, json.loads(plain.decode("utf-8", "surrogatepass")))

    def lookup(self, purpose: str, text: str) -> bytes:
        """HMAC-SHA256 of a text for one purpose: 32 bytes that only this key can make."""
        return hmac.digest(
            self._lookup_key, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), "sha256"
        )


def new_key() -> str:
    """A fresh random key, as `parse_keys` reads it."""
    return base64.urlsafe_b64encode(os.urandom(_KEY_BYTES)).decode()


def parse_keys(text: str) -> tuple[bytes, ...]:
    """Keys from "newest,older,…", each 32 bytes in base64url; raises ValueError, quoting no key."""
    return tuple(_parse_key(part.strip()) for part in text.split(",") if part.strip())


def _parse_key(text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    try:
        key = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"a key is not {_KEY_BYTES} bytes in base64url") from None
    if len(key) != _KEY_BYTES:
        raise ValueError(f"a key is not {_KEY_BYTES} bytes in base64url")
    return key


def _derive(key: bytes, purpose: str, length: int) -> bytes:
    """An independent key for one purpose, so that no key is ever used for two things."""
    info = f"lotse {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(key)
