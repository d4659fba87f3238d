"""From a :class:`~bot.messages.Message` to what the Bot API takes, in the recipient's language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import bidi, dates
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import ELLIPSIS, Worded, Wording, shortened, utf16_length
from bot.messages import Button, Json, Message, Text

#: Telegram's limit for a text after its HTML is parsed, in UTF-16 units.
LONGEST_TEXT: Final = 4096
#: Ours: more than this no phone shows on a button.
LONGEST_LABEL: Final = 64


class MessageTooLongError(ValueError):
    """Our own text alone is longer than Telegram allows: a fault in the message, not in a value."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready for the Bot API.

    ``text`` is Telegram HTML (``parse_mode="HTML"``), ``reply_markup`` JSON-able (an inline
    keyboard, a reply keyboard with the contact button, or its removal). ``plain`` is what the
    reader sees, with its direction characters. ``title`` is that of the message's event.
    """

    text: str
    reply_markup: dict[str, Json] | None
    plain: str
    title: str = ""


class Renderer:
    """Makes the text when it is sent; load the catalogues once and keep one of these."""

    def __init__(self, catalogues: Catalogues, zone: ZoneInfo) -> None:
        self.wording = Wording(catalogues, zone)
        dates.warm()

    def render(self, message: Message, language: str) -> Rendered:
        """*message* for a reader of *language*; its lines stand below each other.

        An empty :class:`Text` is an empty line. If people's own words make the message too long,
        the longest of them are cut with "…", never a text of ours. Raises
        :class:`MessageTooLongError` if that can't help, ``KeyError`` if a placeholder has no value.
        """
        whole = self._joined(message.lines, language, None)
        if 2 * len(whole.plain) > LONGEST_TEXT and utf16_length(whole.plain) > LONGEST_TEXT:
            whole = _fitted(
                lambda longest: self._joined(message.lines, language, longest), LONGEST_TEXT
            )
        title = "" if message.event is None else self.label(message.event.title, language)
        return Rendered(whole.html, self._markup(message, language), whole.plain, title)

    def label(self, text: Text, language: str) -> str:
        """One line without direction characters: to compare typed words with, or for a file."""
        return self.wording.label(text, language)

    def _joined(self, lines: tuple[Text, ...], language: str, longest: int | None) -> Worded:
        worded = [self.wording.worded(line, language, longest) for line in lines]
        return Worded(
            "\n".join([line.html for line in worded]), "\n".join([line.plain for line in worded])
        )

    def _markup(self, message: Message, language: str) -> dict[str, Json] | None:
        if message.asks_contact is not None:
            share: Json = {
                "text": self._on_button(message.asks_contact, language),
                "request_contact": True,
            }
            return {"keyboard": [[share]], "resize_keyboard": True, "one_time_keyboard": True}
        if message.hides_keyboard:
            return {"remove_keyboard": True}
        if not message.buttons:
            return None
        return {
            "inline_keyboard": [
                [self._button(button, language) for button in row] for row in message.buttons
            ]
        }

    def _button(self, button: Button, language: str) -> Json:
        label = self._on_button(button.label, language)
        if button.url:
            return {"text": label, "url": button.url}
        return {"text": label, "callback_data": button.data}

    def _on_button(self, text: Text, language: str) -> str:
        label = self.wording.worded(text, language).plain
        if len(label) > LONGEST_LABEL // 2 and utf16_length(label) > LONGEST_LABEL:
            try:
                label = _fitted(
                    lambda longest: self.wording.worded(text, language, longest), LONGEST_LABEL
                ).plain
            except MessageTooLongError:
                label = _cut(label)
        return label.replace("\n", " ")


def _cut(label: str) -> str:
    """A label with nothing of people's own in it to shorten; an isolation cut open is closed."""
    kept = shortened(label, LONGEST_LABEL - 1)
    return kept + bidi.PDI if kept.count(bidi.FSI) > kept.count(bidi.PDI) else kept


def _fitted(worded: Callable[[int], Worded], limit: int) -> Worded:
    """The wording whose values may be as long as the limit for the whole allows."""
    best = worded(len(ELLIPSIS))
    if utf16_length(best.plain) > limit:
        raise MessageTooLongError(f"{utf16_length(best.plain)} of {limit} without any value")
    low, high = len(ELLIPSIS), limit
    while low < high:
        middle = (low + high + 1) // 2
        tried = worded(middle)
        if utf16_length(tried.plain) <= limit:
            low, best = middle, tried
        else:
            high = middle - 1
    return best
