"""From a :class:`~bot.messages.Text` to the words a reader sees.

Pure: no input but the catalogues read at start, no clock, no network.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.i18n import bidi, dates
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import LANGUAGES, endonym
from bot.i18n.normalise import normalise
from bot.i18n.templates import Template, compiled, escape
from bot.messages import Day, Hour, Language, Listing, Moment, Param, Stamp, Term, Text

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Worded:
    """One text in one language: as Telegram HTML, and as it is shown (tags and escapes gone)."""

    html: str
    plain: str


class Wording:
    """Texts in every language; times are shown in *zone*."""

    def __init__(self, catalogues: Catalogues, zone: ZoneInfo) -> None:
        self.catalogues = catalogues
        self._zone = zone
        self._spelled: dict[tuple[str, str], str] = {}

    def worded(self, text: Text, language: str, longest: int | None = None) -> Worded:
        """*text* for a reader of *language*; values isolated, people's own words cut at *longest*.

        *longest* counts UTF-16 units. Raises ``KeyError`` if a placeholder has no value.
        """
        template = self._template(text, language)
        if not template.names:
            return Worded(template.html[0], template.plain[0])
        html, plain = [template.html[0]], [template.plain[0]]
        for name, after, plain_after in zip(
            template.names, template.html[1:], template.plain[1:], strict=True
        ):
            value = self._isolated(text.params[name], language, template.mark, longest)
            html += (_marked_up(value, text.params[name]), after)
            plain += (value, plain_after)
        return Worded("".join(html), "".join(plain))

    def plain(self, text: Text, language: str) -> str:
        """*text* as it is shown, for places without HTML: answers to taps, the command menu."""
        return self.worded(text, language).plain

    def label(self, text: Text, language: str) -> str:
        """*text* without HTML and without direction characters, to compare typed words with."""
        return bidi.without_controls(self.worded(text, language).plain)

    def spelled(self, text: Text, language: str) -> str:
        """The label as typed words are compared with it: case, signs and spelling levelled.

        Remembered for labels without values: every typed word is held against a dozen of them.
        """
        if text.params:
            return normalise(self.label(text, language))
        known = self._spelled.get((text.msgid, language))
        if known is None:
            known = self._spelled[text.msgid, language] = normalise(self.label(text, language))
        return known

    def _template(self, text: Text, language: str) -> Template:
        found = self.catalogues.find(language, text.msgid, text.many, text.n)
        return compiled(found.text, LANGUAGES[found.language].rtl)

    def _isolated(self, value: Param, language: str, mark: str, longest: int | None) -> str:
        match value:
            case str():
                words = bidi.clean(value)
                return bidi.isolate(words if longest is None else shortened(words, longest), mark)
            case int():
                return f"{bidi.FSI}{value}{bidi.PDI}"
            case Term(msgid):
                found = self.catalogues.find(language, msgid)
                template = compiled(found.text, LANGUAGES[found.language].rtl)
                return bidi.isolate(template.plain[0], template.mark)
            case Moment(at) | Stamp(at):
                return bidi.isolate(dates.moment(at, language, self._zone))
            case Day(iso):
                return bidi.isolate(dates.day(date.fromisoformat(iso), language))
            case Hour(hour):
                return bidi.isolate(hour)
            case Language(code):
                return bidi.isolate(endonym(code))
            case Listing(items):
                parts = [self._isolated(item, language, mark, longest) for item in items]
                return dates.join(parts, language)
            case Text():
                return bidi.isolate(self.worded(value, language, longest).plain)


def _marked_up(value: str, param: Param) -> str:
    """The shown *value* as HTML; a point in time is marked as one, its words stay ours."""
    if isinstance(param, Stamp):
        return f'<tg-time unix="{param.at}">{escape(value)}</tg-time>'
    return escape(value)


def shortened(words: str, longest: int) -> str:
    """*words*, if need be cut to *longest* UTF-16 units with an ellipsis at the end."""
    units = words.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return words
    # Half of a character beyond U+FFFF at the cut goes; so does a joiner that would join the "…".
    kept = units[: 2 * (longest - len(ELLIPSIS))].decode("utf-16-le", errors="ignore")
    return kept.rstrip("\u200c\u200d\ufe0f \n") + ELLIPSIS


def utf16_length(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
