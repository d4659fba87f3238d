"""sendVoice, sendPhoto, sendDocument, getFile."""

from simulator import files
from simulator.context import Call
from simulator.errors import bad_request, malformed
from simulator.files import StoredFile
from simulator.json_types import JsonObject
from simulator.methods.content import caption_of, post


def send_voice(call: Call) -> JsonObject:
    file = _file(call, "voice", default_name="voice.oga")
    content = files.voice(file, call.params.integer("duration"))
    return post(call, {**content, **caption_of(call.params)}).wire()


def send_photo(call: Call) -> JsonObject:
    content = files.photo(_file(call, "photo", default_name="photo.jpg"))
    if call.params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return post(call, {**content, **caption_of(call.params)}).wire()


def send_document(call: Call) -> JsonObject:
    content = files.document(_file(call, "document", default_name="document.bin"))
    return post(call, {**content, **caption_of(call.params)}).wire()


def get_file(call: Call) -> JsonObject:
    file = call.world.files.downloadable(call.params.text("file_id"))
    return {**file.wire(), "file_path": file.path}


def _file(call: Call, kind: str, *, default_name: str) -> StoredFile:
    """The upload in the field `kind` (or attached under another name), or a file sent before."""
    reference = call.params.text(kind)
    upload = call.params.uploads.get(reference.removeprefix("attach://") or kind)
    if upload is not None:
        if not upload.data:
            raise malformed("file must be non-empty")
        name = upload.file_name or default_name
        return call.world.files.add(kind, upload.data, name=name, mime_type=upload.mime_type)
    if not reference:
        raise malformed(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return call.world.files.by_id(reference)
