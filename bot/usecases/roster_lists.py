"""The list of volunteers with its filters, as a coordinator reads it in private."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.counties.kinds import GROUP_NAMES
from bot.domain.county import County, Group
from bot.domain.sieve import Sieve, Stand
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Language,
    Listing,
    Message,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.usecases.desk_lists import Listed

STANDS: Mapping[Stand, str] = {
    Stand.READY: B_("✅ Can be asked"),
    Stand.PAUSED: B_("⏸ Has a pause"),
    Stand.UNAPPOINTED: B_("📄 Not appointed"),
    Stand.NEW: B_("⏳ Waits for approval"),
    Stand.BLOCKED: B_("🚫 Blocked"),
}
_FILTERS: Mapping[str, str] = {
    "language": B_("🌐 Language"),
    "skill": B_("🧩 Kind of help"),
    "place": B_("📍 Place"),
    "day": B_("📅 Free on"),
    "stand": B_("🔎 State"),
}


def page(
    listed: Sequence[Listed], sieve: Sieve, county: County, *, total: int, number: int, pages: int
) -> Message:
    """*number* of so many *pages*, from 0; *total* volunteers."""
    names = [
        Button(text(N_("{name}"), name=one.name), f"volunteer:look:{one.person_id}")
        for one in listed
        if one.person_id is not None
    ]
    filters = [
        Button(text(label), f"volunteers:by_{name}:{sieve.code}:p0")
        for name, label in _FILTERS.items()
    ]
    everybody = [Button(text(B_("✖️ No filter")), _at(Sieve(), 0))]
    return message(
        count(P_("👥 {n} volunteer", "👥 {n} volunteers"), total),
        *_chosen(sieve, county),
        *map(line, listed),
        *([] if listed else [text(N_("Nobody fits these filters."))]),
        buttons=[
            *_in_rows(names, 2),
            *_turning(number, pages, lambda to: _at(sieve, to)),
            *_in_rows(filters, 2),
            *([everybody] if sieve != Sieve() else []),
        ],
    )


def line(one: Listed) -> Text:
    """A volunteer of the list."""
    languages = Listing(tuple(map(Language, one.languages)))
    place = one.place or "–"
    if one.stand is Stand.PAUSED and one.paused_until is not None:
        return text(
            N_("⏸ <b>{name}</b> · {languages} · {place} · pause until {day}"),
            name=one.name,
            languages=languages,
            place=place,
            day=Day(one.paused_until),
        )
    words = {
        Stand.PAUSED: N_("⏸ <b>{name}</b> · {languages} · {place} · has a pause"),
        Stand.NEW: N_("⏳ <b>{name}</b> · {languages} · {place} · waits for approval"),
        Stand.UNAPPOINTED: N_("📄 <b>{name}</b> · {languages} · {place} · not appointed"),
        Stand.BLOCKED: N_("🚫 <b>{name}</b> · {languages} · {place} · blocked"),
    }
    usual = N_("✅ <b>{name}</b> · {languages} · {place}")
    return text(words.get(one.stand, usual), name=one.name, languages=languages, place=place)


def languages(codes: Sequence[str], sieve: Sieve) -> Message:
    buttons = [
        Button(text(N_("{language}"), language=Language(code)), _with(sieve, "language", code))
        for code in codes
    ]
    return _choose(N_("🌐 Who speaks which language?"), buttons, sieve, "language")


def skills(keys: Sequence[str], sieve: Sieve) -> Message:
    buttons = [
        Button(text(N_("{what}"), what=Term(GROUP_NAMES[Group(key)])), _with(sieve, "skill", key))
        for key in keys
    ]
    return _choose(N_("🧩 Who helps with what?"), buttons, sieve, "skill")


def places(shown: Sequence[tuple[int, str]], sieve: Sieve, *, number: int, pages: int) -> Message:
    """*shown*: the place's number in the county's list, and its name."""
    buttons = [
        Button(text(N_("{place}"), place=name), _with(sieve, "place", str(at)))
        for at, name in shown
    ]
    turning = _turning(number, pages, lambda to: f"volunteers:by_place:{sieve.code}:p{to}")
    return _choose(N_("📍 Who can come to which place?"), buttons, sieve, "place", turning)


def days(isos: Sequence[str], sieve: Sieve) -> Message:
    buttons = [
        Button(text(B_("{day}"), day=Day(iso)), _with(sieve, "day", iso.replace("-", "")))
        for iso in isos
    ]
    return _choose(N_("📅 Who is free on which day?"), buttons, sieve, "day")


def stands(sieve: Sieve) -> Message:
    buttons = [
        Button(text(label), _with(sieve, "stand", stand.value)) for stand, label in STANDS.items()
    ]
    return _choose(N_("🔎 Which volunteers?"), buttons, sieve, "stand")


def _choose(
    question: str,
    buttons: Sequence[Button],
    sieve: Sieve,
    name: str,
    turning: Sequence[Sequence[Button]] = (),
) -> Message:
    no_matter = Button(text(B_("No matter")), _with(sieve, name, ""))
    return message(text(question), buttons=[*_in_rows(buttons, 2), *turning, [no_matter]])


def _chosen(sieve: Sieve, county: County) -> list[Text]:
    """The filters in words."""
    place, day = sieve.place_in(county), sieve.on()
    set_to: list[Param] = []
    if sieve.language:
        set_to.append(Language(sieve.language))
    if sieve.skill in {group.value for group in Group}:
        set_to.append(Term(GROUP_NAMES[Group(sieve.skill)]))
    if place is not None:
        set_to.append(text(N_("can come to {place}"), place=place.name))
    if day is not None:
        set_to.append(text(N_("free on {day}"), day=Day(day.isoformat())))
    if sieve.stand in {stand.value for stand in Stand}:
        set_to.append(Term(STANDS[Stand(sieve.stand)]))
    return [text(N_("Only: {filters}"), filters=Listing(tuple(set_to)))] if set_to else []


def _with(sieve: Sieve, name: str, value: str) -> str:
    return _at(sieve.with_(name, value), 0)


def _at(sieve: Sieve, number: int) -> str:
    return f"volunteers:at:{sieve.code}:p{number}"


def _turning(number: int, pages: int, to: Callable[[int], str]) -> list[list[Button]]:
    """The ways to the page before and after."""
    row = [
        *([Button(text(B_("⬅️ Back")), to(number - 1))] if number > 0 else []),
        *([Button(text(B_("➡️ Next")), to(number + 1))] if number + 1 < pages else []),
    ]
    return [row] if row else []


def _in_rows(buttons: Iterable[Button], columns: int) -> list[list[Button]]:
    every = list(buttons)
    return [every[at : at + columns] for at in range(0, len(every), columns)]
