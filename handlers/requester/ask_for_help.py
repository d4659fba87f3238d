"""Asking for help: the questions, and what becomes of the answers."""

from bot.conversation import local
from bot.conversation.flow import Answers, Ask, Flow, Scene
from bot.conversation.languages import OneLanguage, SeveralLanguages
from bot.conversation.local import (
    CategoryOfHelp,
    DateInLetter,
    KindOfHelp,
    NeedsProfessional,
    WhichOffice,
)
from bot.conversation.readers import (
    NO_DAY,
    WEEKLY,
    HelpDay,
    Minutes,
    OneOf,
    PhoneNumber,
    TimeOfDay,
    Words,
)
from bot.conversation.towns import Town
from bot.counties.kinds import TOPIC_NAMES
from bot.domain.county import Group
from bot.domain.requests import How
from bot.i18n.languages import LANGUAGES
from bot.messages import B_, N_, Button, Json, Message, Text, text
from bot.storage import people, requests
from bot.usecases import filing, notices
from handlers.common import known, voices
from handlers.common.call_me import SHARE_MY_NUMBER
from handlers.common.kept import KEPT_DAYS
from handlers.common.start import ASK_FOR_HELP
from handlers.requester.wanted import ALONE, wanted_from
from handlers.turn import Turn

_LONGEST_WORDS = 600
_PHOTOS_TOO = N_("You can also send a photo, but not of people or of medical papers.")
_SPOKEN = tuple(LANGUAGES)

# --- what applies, and what is taken without asking ---------------------------------------------


def _in_words(given: Answers) -> bool:
    """A voice message says it all: nothing more is asked, the office looks into the rest."""
    what = given.get("what")
    return isinstance(what, str) and what != local.SPEAK


def _several_kinds(scene: Scene, given: Answers) -> bool:
    return local.several_kinds(scene, given.get("what"))


def _only_kind(scene: Scene, given: Answers) -> Json:
    """A letter and a form are nearly the same errand: which one stands on the summary."""
    found = local.in_group(scene, given.get("what"))
    return found[0].key if local.is_letter(given) or len(found) == 1 else None


def _is_letter(_: Scene, given: Answers) -> bool:
    return local.is_letter(given)


def _has_gate(scene: Scene, given: Answers) -> bool:
    """Letters are asked about on the screen with the date."""
    kind = local.category(scene, given)
    return kind is not None and bool(kind.gate) and not local.is_letter(given)


def _has_offices(scene: Scene, given: Answers) -> bool:
    return bool(local.offices(scene, given))


def _only_office(scene: Scene, given: Answers) -> Json:
    found = local.offices(scene, given)
    if len(found) > 1 and not _has_gate(scene, given):
        return None
    return found[0].key if len(found) == 1 else local.OTHER_OFFICE


def _about_child(scene: Scene, given: Answers) -> bool:
    kind = local.category(scene, given)
    if kind is None or kind.gate:
        return False
    return kind.for_children or kind.group is Group.SCHOOL


def _usual_how(scene: Scene, given: Answers) -> Json:
    kind = local.category(scene, given)
    return How.EITHER.value if kind and kind.by_phone else How.ALONG.value


def _somewhere(given: Answers) -> bool:
    return _in_words(given) and given.get("how") != How.PHONE


def _no_day(_: Scene, given: Answers) -> Json:
    return NO_DAY if local.is_letter(given) else None


def _on_a_day(given: Answers) -> bool:
    return _in_words(given) and given.get("day") not in (None, NO_DAY, WEEKLY)


def _anybody(_: Scene, given: Answers) -> Json:
    return None if given.get("what") == Group.DOCTOR else "any"


def _usual_minutes(scene: Scene, given: Answers) -> Json:
    kind = local.category(scene, given)
    return 60 if kind is None else kind.minutes


def _telegram_name(scene: Scene, given: Answers) -> Json:
    name = given.get(known.NAME)
    return name if _NAME.holds(name, scene, given) else None


def _own_language(scene: Scene, _: Answers) -> Json:
    return scene.language


def _known_languages(scene: Scene, given: Answers) -> Json:
    codes = given.get(known.ALSO)
    return codes if _ALSO.holds(codes, scene, given) else None


def _photos_too(scene: Scene) -> Text | None:
    return text(_PHOTOS_TOO) if scene.county.photos else None


def _greeting(scene: Scene) -> Text | None:
    return next(iter(notices.greeting(scene.county, scene.language)), None)


def _skipped(_: Scene, __: Answers) -> Json:
    return None


_NAME = Words(60, letters=True)
_ALSO = SeveralLanguages(_SPOKEN, "also")

FLOW = Flow(
    ASK_FOR_HELP,
    facts=(known.NAME, known.TOWN, known.ALSO, known.REQUEST),
    asks=(
        Ask(
            "agree",
            N_(
                "<b>Lotse</b> finds volunteers who help you. It is <b>free</b>.\n"
                "We never ask for money, passwords or ID.\n"
                "We keep your answers only to help you, and delete them {days} days afterwards.\n"
                "Questions? Call the office: {phone}\n"
                "Is that all right?"
            ),
            OneOf({"yes": B_("✅ I agree")}),
            hint=_greeting,
            params=lambda scene, _: {
                "days": KEPT_DAYS,
                "phone": scene.county.office_phone,
            },
            beside_if=voices.listen_to_notice,
            beside=(
                Button(text(B_("ℹ️ More about this")), "menu:privacy"),
                Button(text(B_("🤝 I want to help")), "menu:apply"),
            ),
        ),
        Ask(
            "what",
            N_("What do you need? Tap, or send a voice message 🎤"),
            KindOfHelp(),
            name=N_("Help"),
        ),
        Ask(
            "say",
            N_(
                "🎤 Please send a voice message, in your language."
                " Say what you need, where and when."
            ),
            Words(_LONGEST_WORDS, voice=True, letters=True),
            when=lambda given: given.get("what") == local.SPEAK,
        ),
        Ask(
            "kind",
            N_("What exactly?"),
            CategoryOfHelp(),
            name=N_("What exactly"),
            where=_several_kinds,
            default=_only_kind,
        ),
        Ask(
            "gate",
            N_(
                "Is it about one of these: {topics}?\n"
                "Then a professional must help, and the office takes care of it."
                " We do not keep which one it is."
            ),
            NeedsProfessional(),
            where=_has_gate,
            params=lambda scene, given: local.topic_params(TOPIC_NAMES, scene, given),
        ),
        Ask(
            "office",
            N_("Which office is it?"),
            WhichOffice(),
            name=N_("Office"),
            where=_has_offices,
            default=_only_office,
        ),
        Ask(
            "date",
            N_(
                "Is there a date in the letter, until when you must answer?"
                " Please write the date, or tap.\n"
                "Is it about one of these: {topics}? Then a professional must help. Please tap ⚖️."
            ),
            DateInLetter(),
            name=N_("Date in the letter"),
            where=_is_letter,
            params=lambda scene, given: local.topic_params(TOPIC_NAMES, scene, given),
            urgent=local.is_soon,
        ),
        Ask(
            "age",
            N_("How old is the child?"),
            OneOf(notices.AGES, columns=2),
            name=N_("Age of the child"),
            where=_about_child,
        ),
        Ask(
            "how",
            N_("How can we help you?"),
            OneOf(
                {
                    How.ALONG.value: B_("🚶 Somebody comes along"),
                    How.PHONE.value: B_("📱 By phone"),
                    How.EITHER.value: B_("Either is fine"),
                }
            ),
            name=N_("How"),
            when=_in_words,
            default=_usual_how,
        ),
        Ask(
            "town",
            N_(
                "In which town or village? Tap it, or write the name or the postcode."
                " You can also share the location 📎"
            ),
            Town("town", known.TOWN),
            name=N_("Place"),
            when=_somewhere,
        ),
        Ask(
            "day",
            N_("On which day is the appointment? Tap a day or write the date."),
            HelpDay(),
            name=N_("Day"),
            when=_in_words,
            default=_no_day,
        ),
        Ask("time", N_("At what time?"), TimeOfDay("day"), name=N_("Time"), when=_on_a_day),
        Ask(
            "gender",
            N_("Who should come with you?"),
            OneOf({"woman": B_("A woman"), "man": B_("A man"), "any": B_("No matter")}),
            name=N_("Who should come"),
            when=_in_words,
            default=_anybody,
        ),
        Ask(
            "minutes",
            N_("How long will it take?"),
            Minutes(),
            name=N_("How long, in minutes"),
            when=_in_words,
            default=_usual_minutes,
        ),
        Ask(
            "name",
            N_("What shall we call you?"),
            _NAME,
            name=N_("Your name"),
            optional=True,
            default=_telegram_name,
        ),
        Ask(
            "whom",
            N_("Who is the help for?"),
            OneOf({"me": B_("For me"), **notices.WHOM, ALONE: B_("For me, I am under 18")}),
            name=N_("For whom"),
            when=_in_words,
            default=lambda _, __: "me",
        ),
        Ask(
            "language",
            N_("Which language should the helper speak?"),
            OneLanguage(_SPOKEN),
            name=N_("Language of the helper"),
            default=_own_language,
        ),
        Ask(
            "also",
            N_("Which other languages do you understand? Tap all of them."),
            _ALSO,
            name=N_("Other languages"),
            optional=True,
            default=_known_languages,
        ),
        Ask(
            "words",
            N_("Please write a few words, or send a voice message. Please do not name illnesses."),
            Words(_LONGEST_WORDS, voice=True, photo=True),
            hint=_photos_too,
            name=N_("A few words"),
            when=_in_words,
            optional=True,
            default=_skipped,
        ),
        Ask(
            "phone",
            N_("You want calls, not messages here? Please write your phone number."),
            PhoneNumber(),
            asks_contact=SHARE_MY_NUMBER,
            name=N_("Call me instead"),
            optional=True,
            default=_skipped,
        ),
    ),
    summary=N_("Is this right?"),
    confirm=B_("✅ Send"),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """They have agreed and sent it: from now on they are known, and it is looked after."""
    changed = answers.get(known.REQUEST)
    if changed is None:
        filing.require_room(turn.tx, turn.person)
    wanted = wanted_from(answers, turn.scene)
    person = people.agree(turn.tx, turn.chat_id)
    before = requests.find(turn.tx, changed) if isinstance(changed, int) else None
    is_own = before is None or before.person_id == person.id  # else a referrer's, for a client
    if is_own and isinstance(answers.get("also"), list):
        people.set_also(turn.tx, person.id, wanted.also)
    if isinstance(changed, int):
        request = filing.change_request(turn.tx, turn.county, person, changed, wanted)
    else:
        request = filing.file_request(turn.tx, turn.county, person, wanted)
    turn.forget_person()
    return notices.request_sent(
        requests.by_id(turn.tx, request.id),
        turn.county,
        request.hear_by or turn.tx.now,
        asks_languages=is_own and turn.person is not None and turn.person.also is None,
    )
