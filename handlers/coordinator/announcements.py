"""/announce: the office says something to many people at once."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.gathering import OneOfTexts
from bot.conversation.letters import Letter
from bot.conversation.readers import OneOf
from bot.conversation.towns import Town
from bot.domain.announcements import FIRST, Audience, Instead, To
from bot.i18n.languages import LANGUAGES
from bot.messages import B_, N_, Language, Message, text
from bot.usecases import announcing, announcing_notices
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

_EVERY = "all"

FLOW = Flow(
    "announce",
    asks=(
        Ask(
            "to",
            N_("📢 Who shall read it?"),
            OneOf(
                {
                    To.REQUESTERS.value: B_("People asking for help"),
                    To.VOLUNTEERS.value: B_("Volunteers"),
                    To.ALL.value: B_("All of them"),
                }
            ),
        ),
        Ask(
            "language",
            N_("Readers of which language?"),
            OneOfTexts(
                {
                    _EVERY: text(B_("All languages")),
                    **{code: text(B_("{language}"), language=Language(code)) for code in LANGUAGES},
                },
                columns=2,
            ),
        ),
        Ask(
            "town",
            N_("People of which town? Skip this for the whole county."),
            Town("town"),
            optional=True,
        ),
        Ask(
            "words",
            N_(
                "Please write the text in German. Other languages come afterwards. It is sent as"
                " you write it."
            ),
            Letter(),
        ),
    ),
)

TEXT = Flow(
    "announce_text",
    asks=(
        Ask(
            "words",
            N_("Please send the text in this language: {language}"),
            Letter(),
            params=lambda scene, given: {"language": Language(str(given.get("language") or FIRST))},
        ),
    ),
    facts=("announce", "language"),
)


def finish(turn: Turn, answers: Answers) -> Message:
    language = str(answers["language"])
    audience = Audience(
        To(str(answers["to"])),
        "" if language == _EVERY else language,
        str(answers.get("town") or ""),
    )
    made = announcing.create(turn.tx, turn.person, audience, str(answers["words"]))
    return announcing.look(turn.tx, turn.county, turn.person, made.id)


def finish_text(turn: Turn, answers: Answers) -> Message:
    announcement_id = int(str(answers["announce"]))
    language, words = str(answers["language"]), str(answers["words"])
    announcing.write(turn.tx, turn.person, announcement_id, language, words)
    return announcing.look(turn.tx, turn.county, turn.person, announcement_id)


class Announcements:
    """Handlers that begin a conversation."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def new(self, turn: Turn) -> None:
        self._talk.begin(turn, FLOW.name, afresh=True)

    def write(self, turn: Turn) -> None:
        """``announce:text:uk:7``: paste the text in one language."""
        draft = announcing.require_draft(turn.tx, turn.person, turn.tapped_number)
        given = {"announce": draft.id, "language": _language(turn)}
        self._talk.begin(turn, TEXT.name, given, afresh=True)


def overview(turn: Turn) -> None:
    """/announce"""
    views.show(turn, announcing.overview(turn.tx, turn.person), views.LIST)


def look(turn: Turn) -> None:
    _show(turn, turn.tapped_number)


def choose(turn: Turn) -> None:
    """``announce:language:uk:7``"""
    said = announcing.choose(turn.tx, turn.county, turn.person, turn.tapped_number, _language(turn))
    views.show(turn, said, _card(turn.tapped_number))


def in_german(turn: Turn) -> None:
    _decide(turn, Instead.GERMAN)


def leave_out(turn: Turn) -> None:
    _decide(turn, Instead.NOTHING)


def _decide(turn: Turn, instead: Instead) -> None:
    announcing.decide(turn.tx, turn.person, turn.tapped_number, _language(turn), instead)
    _show(turn, turn.tapped_number)


def preview(turn: Turn) -> None:
    """One message for each language, as its readers will see it; then the question."""
    seen = announcing.preview(turn.tx, turn.county, turn.person, turn.tapped_number)
    for language, n, said in seen.shown:
        lines = [turn.wording.plain(line, language) for line in said.lines]
        button = turn.wording.plain(said.buttons[0][0].label, language)
        turn.say(announcing_notices.preview(language, n, "\n".join(lines), button))
    views.show_below(turn, seen.question, _card(turn.tapped_number))


def send(turn: Turn) -> None:
    """``announce:send:r3:7``: the revision that was looked at."""
    revision = int(turn.tapped.split(":")[2].removeprefix("r"))
    said = announcing.send(turn.tx, turn.county, turn.person, turn.tapped_number, revision)
    views.show(turn, said, _card(turn.tapped_number))


def stop(turn: Turn) -> None:
    said = announcing.stop(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, said, _card(turn.tapped_number))


def discard(turn: Turn) -> None:
    announcing.discard(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, announcing_notices.discarded(), _card(turn.tapped_number))


def _show(turn: Turn, announcement_id: int) -> None:
    said = announcing.look(turn.tx, turn.county, turn.person, announcement_id)
    views.show(turn, said, _card(announcement_id))


def _card(announcement_id: int) -> str:
    return announcing.office_card(announcement_id)


def _language(turn: Turn) -> str:
    """``announce:text:uk:7``"""
    return turn.tapped.split(":")[2]
