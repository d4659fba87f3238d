"""The pictures of the two German handbooks: one request from the first look to the thanks."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import add_person, hears, key, phone_of, start, switch, tap, write

#: Saves what a phone shows under a name.
Save = Callable[[str, Locator], None]

_NEED = ("Deutsch", "Einverstanden", "Arzt", "Nein, nichts davon", "Halberstadt", "Morgen")
_DETAILS = (">14:30", "Egal", "Senden")


def draw(page: Page, save: Save) -> None:
    """In German, on three phones: somebody who asks for help, the office, a volunteer."""
    jonas = add_person(page, 0, "Jonas Neu", "de")
    group, anna = phone_of(page, "Koordination"), phone_of(page, "Anna")
    start(jonas)
    for step in (*_NEED, *_DETAILS):
        _do(page, jonas, step)
    hears(group, "H-1001")
    save("ansehen", group)

    krause = switch(page, 2, "Frau Krause")
    _do(page, krause, ">/request H-1001")
    expect(key(krause, "Selbst zuteilen")).to_be_visible()
    save("anfrage", krause)

    _do(page, krause, "Ehrenamtliche fragen")
    hears(anna, "Können Sie helfen?")
    save("angebot", anna)

    _do(page, anna, "Ja, ich kann")
    hears(jonas, "Anna")
    _do(page, anna, "Nachricht schreiben")
    _do(page, anna, ">Guten Tag! Ich warte am Eingang. Ich habe einen roten Schal.")
    hears(jonas, "roten Schal")
    _do(page, jonas, "Antworten")
    _do(page, jonas, ">Danke! Ich bin um 14:15 Uhr da.")
    hears(anna, "14:15")
    save("chat", anna)

    _clock(page, "Morgen 8:00")
    for _ in range(3):
        _clock(page, "+1 Stunde")
    _do(page, krause, ">/today")
    save("tag", krause)
    _do(page, anna, ">/tasks")
    _do(page, anna, "🧭")
    hears(anna, "Was sollen wir")
    save("heute", anna)

    for _ in range(6):
        _clock(page, "+1 Stunde")
    hears(anna, "Hat der Termin stattgefunden?")
    save("danach", anna)

    _do(page, anna, "✅ Ja")
    _do(page, anna, "Min.")
    hears(anna, "Für Sie notiert")
    save("stunden", anna)


def _do(page: Page, phone: Locator, step: str) -> None:
    """Taps it, or writes it if it begins with ">", and waits until something has changed."""
    before = phone.text_content() or ""
    if step.startswith(">"):
        write(phone, step.removeprefix(">"))
    else:
        tap(phone, step)
    expect(phone).not_to_have_text(before)
    expect(page.locator(".key[aria-busy]")).to_have_count(0)


def _clock(page: Page, button: str) -> None:
    clock = page.get_by_role("region", name="Uhr")
    before = clock.locator("time").get_attribute("datetime")
    clock.get_by_role("button", name=button).click()
    expect(clock.locator("time")).not_to_have_attribute("datetime", before or "")
    expect(clock.get_by_role("button", name=button)).to_be_enabled()
    expect(clock.locator("time")).to_have_text(re.compile(r"\d\d:\d\d"))
