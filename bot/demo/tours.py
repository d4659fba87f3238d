"""The guided tours. What is tapped in them is looked up in the bot's catalogues."""

from collections.abc import Mapping
from typing import Final

from bot.demo.tour_late import LATE
from bot.demo.tour_nobody import NOBODY
from bot.demo.tour_steps import Tour
from bot.demo.tour_story import STORY

TOURS: Final[Mapping[str, Tour]] = {one.id: one for one in (STORY, NOBODY, LATE)}
