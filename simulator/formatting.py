"""Message text as the real server reads it: HTML or given entities to plain text plus entities.

Offsets and lengths are UTF-16 code units, byte offsets in errors are UTF-8, as in Telegram.
Only `parse_mode=HTML` is supported; Markdown is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import ApiError, malformed
from simulator.json_types import JsonObject

_SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_SIMPLE_TAGS, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
# What Telegram marks by itself in plain text, in this order of precedence.
_FOUND = (
    ("url", re.compile(r"\bhttps?://[^\s<>\u2068\u2069]+[^\s<>.,;:!?)\]\u2068\u2069]")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{2,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)


@dataclass(frozen=True)
class Formatted:
    """Plain text and its entities (JSON objects, offsets in UTF-16 units)."""

    text: str
    entities: list[JsonObject]


def utf16_length(text: str) -> int:
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def formatted(text: str, parse_mode: str, entities: list[JsonObject] | None) -> Formatted:
    """What the server stores for `text`. Raises ApiError for HTML it can't parse."""
    if "\0" in text:
        text = text.replace("\0", "")
    mode = parse_mode.lower()
    if mode == "html":
        result = _HtmlReader(text).read()
    elif mode:
        raise malformed("unsupported parse_mode")
    else:
        result = Formatted(text, [dict(entity) for entity in entities or []])
    return _with_found(_trimmed(result))


def _parse_error(text: str) -> ApiError:
    return malformed(f"can't parse entities: {text}")


def _trimmed(given: Formatted) -> Formatted:
    """Leading and trailing white space goes; entities shrink with it."""
    text = given.text.strip()
    if text == given.text:
        return given
    lead = utf16_length(given.text[: len(given.text) - len(given.text.lstrip())])
    end = utf16_length(text)
    entities: list[JsonObject] = []
    for entity in given.entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            entities.append({**entity, "offset": start, "length": stop - start})
    return Formatted(text, entities)


def _with_found(given: Formatted) -> Formatted:
    """Adds links, commands, mentions … found in the text outside code and links."""
    fixed = {"code", "pre", "text_link", "text_mention", "url", "mention", "bot_command"}
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in given.entities
        if entity["type"] in fixed
    ]
    found: list[JsonObject] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(given.text):
            start = utf16_length(given.text[: match.start()])
            stop = start + utf16_length(match.group())
            if all(stop <= other_start or start >= other_stop for other_start, other_stop in taken):
                taken.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    entities = [*given.entities, *found]
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(given.text, entities)


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    begin: int


class _HtmlReader:
    """One pass over the text, as TDLib does it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._plain: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[JsonObject] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            char = self._source[self._at]
            if char == "<":
                if self._source.startswith("</", self._at):
                    self._end_tag()
                else:
                    self._start_tag()
            else:
                self._append(self._character())
        if self._open:
            tag = self._open[-1].tag
            raise _parse_error(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self._plain)
        for entity in self._entities:
            entity.pop("_language", None)
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted(text, self._entities)

    def _append(self, char: str) -> None:
        self._plain.append(char)
        self._offset += utf16_length(char)

    def _character(self) -> str:
        """The next character of text, with &lt; and the like decoded."""
        if match := _ENTITY.match(self._source, self._at):
            hexadecimal, decimal, name = match.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
            if name or (0 < code < 0x110000 and not 0xD800 <= code < 0xE000):
                self._at = match.end()
                return _NAMED_ENTITIES[name] if name else chr(code)
        self._at += 1
        return self._source[self._at - 1]

    def _byte_offset(self, index: int) -> int:
        return len(self._source[:index].encode())

    def _peek(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _take_while(self, wanted: Callable[[str], bool]) -> str:
        begin = self._at
        while self._at < len(self._source) and wanted(self._source[self._at]):
            self._at += 1
        return self._source[begin : self._at]

    def _start_tag(self) -> None:
        begin = self._at
        where = f"at byte offset {self._byte_offset(begin)}"
        self._at += 1
        tag = self._take_while(lambda char: not char.isspace() and char != ">").lower()
        if not self._peek():
            raise _parse_error(f"Unclosed start tag {where}")
        if tag not in _TAGS:
            raise _parse_error(f'Unsupported start tag "{tag}" {where}')
        attributes = self._attributes(tag, where)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _parse_error(f'Tag "span" must have class "tg-spoiler" {where}')
        self._open.append(_Open(tag, attributes, self._offset, len(self._plain)))

    def _attributes(self, tag: str, where: str) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take_while(str.isspace)
            if self._peek() == ">":
                self._at += 1
                return attributes
            name = self._take_while(lambda char: not char.isspace() and char not in "=>").lower()
            self._take_while(str.isspace)
            if not self._peek():
                raise _parse_error(f'Unclosed start tag "{tag}" {where}')
            if not name:
                raise _parse_error(f'Empty attribute name in the tag "{tag}" {where}')
            if self._peek() != "=":
                if tag == "blockquote" and name == "expandable":
                    attributes[name] = ""
                    continue
                raise _parse_error(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" {where}'
                )
            self._at += 1
            self._take_while(str.isspace)
            attributes[name] = self._attribute_value(where)

    def _attribute_value(self, where: str) -> str:
        quote = self._peek()
        if quote not in ("'", '"'):
            begin = self._at
            value = self._take_while(lambda char: char.isalnum() or char in ".-")
            if self._peek() and not self._peek().isspace() and self._peek() != ">":
                offset = self._byte_offset(begin)
                raise _parse_error(f"Unexpected end of name token at byte offset {offset}")
            return value.lower()
        self._at += 1
        value = ""
        while self._peek() and self._peek() != quote:
            value += self._character()
        if not self._peek():
            raise _parse_error(f"Unclosed start tag {where}")
        self._at += 1
        return value

    def _end_tag(self) -> None:
        begin = self._at
        where = f"at byte offset {self._byte_offset(begin)}"
        if not self._open:
            raise _parse_error(f"Unexpected end tag {where}")
        self._at += 2
        found = self._take_while(lambda char: not char.isspace() and char != ">").lower()
        self._take_while(str.isspace)
        if self._peek() != ">":
            raise _parse_error(f"Unclosed end tag {where}")
        self._at += 1
        opened = self._open.pop()
        if found and found != opened.tag:
            raise _parse_error(
                f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: JsonObject = {"offset": opened.offset, "length": self._offset - opened.offset}
        tag, attributes = opened.tag, opened.attributes
        if tag in _SIMPLE_TAGS:
            entity["type"] = _SIMPLE_TAGS[tag]
        elif tag == "a":
            url = attributes.get("href") or "".join(self._plain[opened.begin :])
            if "." not in url and "://" not in url:
                return
            entity.update(type="text_link", url=url if "://" in url else f"http://{url}")
        elif tag == "tg-emoji":
            entity.update(type="custom_emoji", custom_emoji_id=attributes.get("emoji-id", ""))
        elif tag == "tg-time":
            entity.update(_date_time(attributes))
        elif tag == "blockquote":
            folded = "expandable" in attributes
            entity["type"] = "expandable_blockquote" if folded else "blockquote"
        else:
            entity.update(self._code_or_pre(opened))
        self._entities.append(entity)

    def _code_or_pre(self, opened: _Open) -> JsonObject:
        """`pre` around `code class="language-…"` is one entity with a language."""
        language = opened.attributes.get("class", "").removeprefix("language-")
        if opened.tag == "code":
            return {"type": "code", **({"_language": language} if language else {})}
        last = self._entities[-1] if self._entities else {}
        length = self._offset - opened.offset
        inner = (last.get("type"), last.get("offset"), last.get("length"))
        if inner == ("code", opened.offset, length):
            self._entities.pop()
            language = str(last.get("_language", ""))
            return {"type": "pre", **({"language": language} if language else {})}
        return {"type": "pre"}


def _date_time(attributes: dict[str, str]) -> JsonObject:
    unix, shape = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdecimal():
        raise _parse_error("Invalid date_time value specified")
    if not _TIME_FORMAT.fullmatch(shape):
        raise _parse_error("Invalid date_time format specified")
    entity: JsonObject = {"type": "date_time", "unix_time": int(unix)}
    return {**entity, "date_time_format": shape} if shape else entity
