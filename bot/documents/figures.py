"""The papers of the office's numbers: what they are of, and who draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents import figures_words as words
from bot.domain.county import County
from bot.domain.figures import Figures, Period
from bot.i18n.wording import Wording
from bot.storage.tx import Tx
from bot.usecases import counting
from bot.usecases.counting_notices import FIRST, LAST, OUTSIDE, TOPIC


@dataclass(frozen=True, slots=True)
class Facts:
    """``topic``: which picture; empty: the table. ``outside``: it may leave the office."""

    figures: Figures
    topic: str
    outside: bool


def gather(tx: Tx, county: County, of: Mapping[str, str]) -> Facts:
    period = Period(date.fromisoformat(of[FIRST]), date.fromisoformat(of[LAST]))
    return Facts(counting.figures(tx, county, period), of.get(TOPIC, ""), OUTSIDE in of)


def draw_picture(facts: Facts, county: County) -> tuple[str, bytes, str]:
    """Its name, content and kind."""
    from bot.documents import figures_png

    what = words.TITLES[facts.topic].partition(":")[0]
    content = figures_png.draw(facts.figures, county, facts.topic, outside=facts.outside)
    return words.file_name(facts.figures.period, what, "png"), content, "image/png"


def draw_table(facts: Facts, county: County, wording: Wording) -> tuple[str, bytes, str]:
    from bot.documents import figures_xlsx

    content = figures_xlsx.draw(facts.figures, county, wording)
    name = words.file_name(facts.figures.period, county.name, "xlsx")
    return name, content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
