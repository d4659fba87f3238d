"""Files: the page's own, and what people and the bot have sent."""

from pathlib import Path
from typing import Final

from aiohttp import web

from simulator.files import StoredFile

FOLDER: Final = Path(__file__).parents[1] / "web"
_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".ogg": "audio/ogg",
    ".txt": "text/plain",
}
#: Types in which nothing can run; anything else is saved, never shown.
_SHOWN: Final = {
    "application/pdf",
    "audio/ogg",
    "audio/mpeg",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "text/plain",
}


def page_file(name: str) -> web.Response:
    """A file of the page. Raises 404."""
    path = (FOLDER / (name or "index.html")).resolve()
    kind = _TYPES.get(path.suffix)
    hidden = any(part.startswith(".") for part in path.relative_to("/").parts[-2:])
    if kind is None or hidden or not path.is_relative_to(FOLDER) or not path.is_file():
        raise web.HTTPNotFound(text="there is no such page")
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset)


def sent_file(file: StoredFile, request: web.Request) -> web.Response:
    """What was sent, or the part of it that was asked for (players jump about). Raises 416."""
    shown = file.mime_type in _SHOWN
    headers = {"Accept-Ranges": "bytes"}
    if file.mime_type == "application/pdf":  # browsers refuse to show one under a strict policy
        headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    if not shown:
        headers["Content-Disposition"] = "attachment"
    status, data = 200, file.data
    if "Range" in request.headers:
        size = len(data)
        try:
            start, stop, _ = request.http_range.indices(size)
        except ValueError:
            start = stop = size
        if start >= stop:
            raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
        status, data = 206, data[start:stop]
    kind = file.mime_type if shown else "application/octet-stream"
    return web.Response(body=data, status=status, content_type=kind, headers=headers)


def download(text: str, name: str, kind: str) -> web.Response:
    """A text to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers)
