"""Files people and the bot sent: their ids, paths and bytes."""

import itertools
from dataclasses import dataclass

from telegram.constants import FileSizeLimit

from simulator.errors import bad_request, malformed
from simulator.json_types import JsonObject

_FOLDERS = {"voice": "voice", "photo": "photos", "document": "documents", "sticker": "stickers"}


@dataclass(frozen=True)
class StoredFile:
    file_id: str
    file_unique_id: str
    path: str
    data: bytes
    name: str
    mime_type: str

    def wire(self) -> JsonObject:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.data),
        }


class FileStore:
    """All files of the world by id and by path."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, data: bytes, *, name: str, mime_type: str) -> StoredFile:
        """Keeps a file; `kind` is voice, photo, document or sticker."""
        number = next(self._numbers)
        extension = name.rpartition(".")[2] if "." in name else "bin"
        file = StoredFile(
            file_id=f"SIM{kind}file{number:08d}AAE",
            file_unique_id=f"AQAD{number:08d}",
            path=f"{_FOLDERS[kind]}/file_{number}.{extension}",
            data=data,
            name=name,
            mime_type=mime_type,
        )
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        return file

    def restore(self, file: StoredFile) -> None:
        """Puts back what an earlier run had; numbers go on after it."""
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        self._numbers = itertools.count(len(self._by_id) + 1)

    def all(self) -> list[StoredFile]:
        return list(self._by_id.values())

    def by_id(self, file_id: str) -> StoredFile:
        """Raises ApiError for an id nobody was given."""
        if (file := self._by_id.get(file_id)) is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file

    def downloadable(self, file_id: str) -> StoredFile:
        file = self._by_id.get(file_id)
        if file is None:
            raise malformed("invalid file_id")
        if len(file.data) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise bad_request("file is too big")
        return file

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def voice(file: StoredFile, duration: int) -> JsonObject:
    return {"voice": {**file.wire(), "duration": duration, "mime_type": "audio/ogg"}}


def photo(file: StoredFile) -> JsonObject:
    """Two sizes of the same picture, smallest first."""
    small = {**file.wire(), "width": 90, "height": 67}
    large = {**file.wire(), "width": 1280, "height": 960}
    return {"photo": [small, large]}


def document(file: StoredFile) -> JsonObject:
    return {
        "document": {**file.wire(), "file_name": file.name, "mime_type": file.mime_type},
    }


def sticker(file: StoredFile, emoji: str) -> JsonObject:
    shape = {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
    return {"sticker": {**file.wire(), **shape, "is_animated": False, "is_video": False}}
