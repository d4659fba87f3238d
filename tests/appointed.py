"""Volunteers who are through with everything: profile, papers, approval."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.county import Group
from bot.domain.people import Level, Papers, Profile
from bot.storage import volunteers
from bot.storage.tx import Tx

EVERY_SKILL = frozenset(group.value for group in Group)
PAPERS = Papers("2027-01-01", "2027-12-31", "2027-01-02", "2026-12-01")


def profile(languages: Iterable[str], **more: Any) -> Profile:
    """Speaks these well and helps with everything; quiet at no time unless told otherwise."""
    spoken = dict.fromkeys(languages, Level.WELL)
    return replace(Profile(languages=spoken, skills=EVERY_SKILL, quiet=("00:00", "00:00")), **more)


def appoint(tx: Tx, person_id: int, languages: Iterable[str], **more: Any) -> None:
    """The person is a volunteer who can be asked from now on."""
    volunteers.make(tx, person_id)
    volunteers.save(tx, person_id, profile(languages, **more), cell=None)
    volunteers.promise(tx, person_id)
    volunteers.confirm(tx, person_id)
    volunteers.file_papers(tx, person_id, PAPERS)
    volunteers.set_active(tx, person_id, True)
