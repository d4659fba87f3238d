"""Questions that more than one of a volunteer's conversations asks."""

from bot.conversation.flow import Ask
from bot.conversation.gathering import LanguagesSpoken
from bot.conversation.towns import Town
from bot.messages import N_
from bot.usecases import volunteer_notices
from handlers.volunteer.answers import SPOKEN

LANGUAGES = Ask(
    "languages",
    N_("Which languages do you speak?\nTap once: ✅ well. Tap twice: 🤏 a little."),
    LanguagesSpoken("languages", SPOKEN),
    name=volunteer_notices.LANGUAGES,
)

HOME = Ask(
    "place",
    N_("In which town or village do you live? Please write it."),
    Town("place", "home"),
    name=volunteer_notices.LIVES_IN,
    optional=True,
)
