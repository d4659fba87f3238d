"""Makes a screenshot smaller: at most 256 colours instead of 16 million. Pure Python, for `make
pictures` alone; reads what Chromium writes (8 bits, RGB or RGBA, not interlaced)."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = 256


def with_palette(png: bytes) -> bytes:
    """The same picture in its most frequent colours; each rarer one becomes the nearest."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    if depth != 8 or kind not in (2, 6):
        raise ValueError("not a screenshot")
    channels = 3 if kind == 2 else 4
    body = b"".join(data for name, data in _chunks(png) if name == b"IDAT")
    pixels: list[tuple[int, int, int]] = []
    for row in _rows(zlib.decompress(body), width * channels, height, channels):
        pixels += zip(row[0::channels], row[1::channels], row[2::channels], strict=True)
    palette = [colour for colour, _ in Counter(pixels).most_common(_COLOURS)]
    index = {colour: at for at, colour in enumerate(palette)}
    for colour in set(pixels) - index.keys():
        index[colour] = _nearest(colour, palette)
    lines = b"".join(
        b"\0" + bytes(index[pixel] for pixel in pixels[at : at + width])
        for at in range(0, width * height, width)
    )
    return _SIGNATURE + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", b"".join(bytes(colour) for colour in palette)),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def _nearest(colour: tuple[int, int, int], palette: list[tuple[int, int, int]]) -> int:
    red, green, blue = colour
    distances = [(r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2 for r, g, b in palette]
    return distances.index(min(distances))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _rows(body: bytes, stride: int, height: int, step: int) -> Iterator[bytearray]:
    """The lines of a picture, each with its filter undone."""
    above = bytearray(stride)
    for at in range(0, height * (stride + 1), stride + 1):
        row = bytearray(body[at + 1 : at + 1 + stride])
        _undo(body[at], row, above, step)
        yield row
        above = row


def _undo(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    for at in range(len(row)) if kind else ():
        left = row[at - step] if at >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above[at]
        elif kind == 3:
            guess = (left + above[at]) // 2
        else:
            guess = _paeth(left, above[at], above[at - step] if at >= step else 0)
        row[at] = (row[at] + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    target = left + up - corner
    to_left, to_up, to_corner = abs(target - left), abs(target - up), abs(target - corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
