"""The page with the phones, in a real browser: played by hand, by keyboard alone, and as tours."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo, Opener
from tests.browser.hands import (
    add_person,
    hears,
    newest,
    phone_of,
    start,
    switch,
    tap,
    write,
)

LOADED_MS = 1000


def test_it_is_there_within_a_second(opened: Opener) -> None:
    assert any(loading_time(opened()) < LOADED_MS for _ in range(5))  # the machine may be busy
    page = opened()
    expect(page.locator(".phone")).to_have_count(3)
    expect(page.get_by_role("heading", name="Koordination")).to_be_visible()


def loading_time(page: Page) -> float:
    """Milliseconds from the address to three phones with their chats."""
    return page.evaluate("performance.getEntriesByName('ready')[0].startTime")


def test_a_request_in_arabic_typed_and_tapped_by_hand(opened: Opener) -> None:
    page = opened()
    layla = add_person(page, 0, "ليلى", "ar")
    expect(layla.locator(".screen")).to_have_attribute("dir", "rtl")
    start(layla)
    tap(layla, "العربية")
    hears(layla, "أوافق")
    assert side_by_side(newest(layla)) == ["right", "left"]
    expect(newest(layla).locator(".text p").first).to_have_attribute("dir", "rtl")
    tap(layla, "أوافق")
    tap(layla, "طبيب")
    tap(layla, "لا، لا شيء منها")
    write(layla, "هالبرشتات")
    tap(layla, "Halberstadt")
    tap(layla, "غد")
    write(layla, "١٤:٣٠")
    tap(layla, "لا فرق")
    tap(layla, "إرسال")
    hears(layla, "H-1")
    number = re.search(r"H-\d+", newest(layla).inner_text())
    assert number

    office = phone_of(page, "Koordination")
    hears(office, number[0])
    tap(office, "Ehrenamtliche fragen")
    anna = switch(page, 1, "Anna")
    hears(anna, number[0])
    tap(anna, "Ja, ich kann")
    hears(layla, "Anna")
    hears(anna, "Kalender")
    with page.expect_download() as opened_file:
        newest(anna).locator("a.card").click()
    assert "BEGIN:VCALENDAR" in opened_file.value.path().read_text(encoding="utf-8")


def side_by_side(message: Locator) -> list[str]:
    """Where the two buttons of the message's last row stand."""
    boxes = [key.bounding_box() for key in message.locator(".keys").last.locator(".key").all()]
    first, second = (box["x"] for box in boxes if box)
    return ["right", "left"] if first > second else ["left", "right"]


def test_a_phone_changes_hands_and_what_was_missed_is_counted(opened: Opener) -> None:
    page = opened()
    first = add_person(page, 0, "Lina", "en")
    start(first)
    hears(first, "Please choose your language")
    second = add_person(page, 0, "Ömer", "tr")
    expect(second.get_by_text("No messages yet.")).to_be_visible()
    back = switch(page, 0, "Lina")
    tap(back, "English")
    hears(back, "I agree")
    tap(back, "Call me")
    back.get_by_role("group", name="Keys").get_by_role("button", name="number").click()
    hears(back, "call you")
    expect(back.get_by_role("group", name="Keys")).to_be_hidden()
    back.get_by_role("button", name="Lock the phone").click()
    expect(back.get_by_role("group", name="Locked phone")).to_be_visible()
    back.get_by_role("button", name="Unlock").click()
    expect(back.locator("textarea")).to_be_focused()
    page.reload()
    expect(phone_of(page, "Lina").locator(".message").first).to_be_visible()


def test_messages_are_answered_changed_and_taken_back(opened: Opener) -> None:
    page = opened()
    phone = add_person(page, 0, "Nina <img src=x>", "de")  # names are text, never HTML
    start(phone)
    tap(phone, "Deutsch")
    hears(phone, "Einverstanden")
    write(phone, "Halo")
    mine = phone.locator(".message.out", has_text="Halo")
    mine.hover()
    mine.locator(".more").click()
    page.get_by_role("menuitem", name="Edit").click()
    write(phone, "Hallo")
    expect(phone.locator(".message.out", has_text="Hallo").locator(".edited")).to_be_visible()
    mine = phone.locator(".message.out", has_text="Hallo")
    mine.locator(".more").click()
    page.get_by_role("menuitem", name="React with 👍").click()
    expect(mine.locator(".reactions")).to_have_text("👍")
    mine.locator(".more").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(phone.get_by_text("Hallo", exact=True)).to_have_count(0)

    phone.get_by_role("button", name="Voice message").click()
    voice = phone.locator(".message.out .voice-play")
    voice.click()
    expect(phone.locator('.voice-play[aria-label="Pause"]')).to_be_visible()
    phone.get_by_role("button", name="Attach").click()
    page.get_by_role("menuitem", name="Location").click()
    page.get_by_label("Town").select_option("Wernigerode")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(phone.get_by_text("51.8347, 10.7854")).to_be_visible()

    phone.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Block the bot").click()
    phone.get_by_role("button", name="Unblock the bot").click()
    expect(phone.locator("textarea")).to_be_visible()
    phone.get_by_role("button", name="More", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name="Save the chat as text").click()
    assert "Deutsch" in saved.value.path().read_text(encoding="utf-8")


def test_a_group_with_topics_a_link_and_a_forwarded_letter(opened: Opener) -> None:
    page = opened()
    office = phone_of(page, "Koordination")
    office.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="New topic").click()
    page.get_by_label("Name of the topic").fill("Allerlei")
    page.get_by_role("button", name="Add", exact=True).click()
    office.get_by_role("button", name="Allerlei").click()
    write(office, "nur hier")
    hears(office, "nur hier")
    office.get_by_role("button", name="General").click()
    expect(office.get_by_text("nur hier")).to_have_count(0)
    office.get_by_role("button", name="All", exact=True).click()
    hears(office, "nur hier")

    phone = add_person(page, 0, "Ivan", "en")
    phone.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Open a link").click()
    page.get_by_role("textbox", name="Link").fill("https://t.me/lotse_bot?start=poster")
    page.get_by_role("button", name="Open", exact=True).click()
    hears(phone, "/start poster")
    phone.get_by_role("button", name="Attach").click()
    page.get_by_role("menuitem", name="Letter as PDF").click()
    letter = phone.locator(".message.out", has=page.locator("a.card"))
    letter.locator(".more").click()
    page.get_by_role("menuitem", name="Forward").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Olena")).click()
    olena = switch(page, 0, "Olena")
    expect(olena.get_by_text(re.compile("Forwarded from .Ivan"))).to_be_visible()


def test_the_clock_walks(opened: Opener) -> None:
    page = opened()
    clock = page.get_by_role("region", name="Clock")
    before = clock.locator("time").get_attribute("datetime")
    clock.get_by_role("button", name="+1 hour").click()
    expect(clock.get_by_role("button", name="+1 hour")).to_be_enabled()
    expect(clock.locator("time")).not_to_have_attribute("datetime", before or "")
    clock.get_by_role("button", name="Tomorrow 8:00").click()
    expect(clock.get_by_role("button", name="+1 hour")).to_be_enabled()
    expect(clock.locator("time")).to_have_text(re.compile("08:0[0-2]"))


def test_a_page_of_another_origin_can_neither_read_nor_drive_it(
    opened: Opener, demo: Demo, browser: Browser, tmp_path: Path
) -> None:
    phone = add_person(opened(), 0, "Vera", "en")
    chat = phone.get_attribute("data-chat")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as foreign:
        threading.Thread(target=foreign.serve_forever, daemon=True).start()
        elsewhere = browser.new_page()
        elsewhere.goto(f"http://127.0.0.1:{foreign.server_port}/")
        tried = elsewhere.evaluate(_TRIES, [demo.url, chat])
        foreign.shutdown()
    elsewhere.close()
    assert tried == ["refused"] * 4
    start(phone)
    hears(phone, "Please choose your language")
    expect(phone.get_by_text("from elsewhere")).to_have_count(0)


#: Reading, listening, writing as a form would, and writing as a program would.
_TRIES = """async ([demo, chat]) => {
  const say = `${demo}/api/chats/${chat}/say`;
  const body = JSON.stringify({ text: "from elsewhere" });
  const outcome = (asked) => asked.then(() => "done", () => "refused");
  const events = new EventSource(`${demo}/api/events`);
  const listening = new Promise((heard, refused) => {
    Object.assign(events, { onopen: heard, onerror: refused });
  });
  const headers = { "Content-Type": "application/json" };
  return Promise.all([
    outcome(fetch(`${demo}/api/state`)),
    outcome(listening),
    outcome(fetch(say, { method: "POST", mode: "no-cors", body })),
    outcome(fetch(say, { method: "POST", headers, body })),
  ]);
}"""


def test_a_fault_is_seen_and_nothing_is_lost(opened: Opener) -> None:
    page = opened()
    phone = add_person(page, 0, "Tess", "en")
    page.get_by_role("button", name="Under the hood").click()
    hood = page.get_by_role("complementary", name="Under the hood")
    hood.get_by_role("tab", name="Faults").click()
    hood.get_by_label("What goes wrong").select_option("500")
    hood.get_by_label("Where").select_option(label="Tess")
    hood.get_by_role("button", name="Switch on").click()
    expect(hood.get_by_text("Server error (500) · Tess")).to_be_visible()
    hood.get_by_role("tab", name="Requests").click()
    start(phone)
    expect(hood.locator(".outcome.bad", has_text="500").first).to_be_visible()
    hears(phone, "Please choose your language")


def test_by_keyboard_alone(opened: Opener) -> None:
    page = opened()
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="To the phones")).to_be_focused()
    press("Enter")
    press("Tab")
    expect(page.locator(".phone").first.locator(".whose")).to_be_focused()
    press("Enter")
    page.keyboard.type("Sophie")
    press("Tab")
    expect(page.get_by_role("button", name=re.compile("Sophie"))).to_be_focused()
    press("Escape")
    expect(page.locator(".phone").first.locator(".whose")).to_be_focused()

    press("Enter")
    page.get_by_role("button", name="Add a person").focus()
    press("Enter")
    page.keyboard.type("Kim")
    press("Tab")
    press("End")
    press("ArrowUp")
    press("ArrowUp")
    expect(page.get_by_label("Language of the phone")).to_have_value("en")
    press("Tab")
    press("Tab")
    press("Enter")
    phone = phone_of(page, "Kim")
    expect(phone.locator(".whose")).to_be_focused()
    for _ in range(4):  # lock, more, the chat, what stands in place of the text field
        press("Tab")
    expect(phone.get_by_role("button", name="Start", exact=True)).to_be_focused()
    press("Enter")
    hears(phone, "Please choose your language")
    expect(phone.locator("textarea")).to_be_focused()
    press("Shift+Tab")
    press("Shift+Tab")
    while not page.evaluate("document.activeElement.classList.contains('key')"):
        press("Shift+Tab")
    assert tabbed_to(page) == 1  # the keys of a message are one stop; arrows walk through them
    press("Home")
    press("Enter")
    hears(phone, "I agree")
    press("Alt+2")
    expect(page.locator(".phone").nth(1).locator("textarea")).to_be_focused()


def tabbed_to(page: Page) -> int:
    """How many of the focused message's keys can be reached by Tab."""
    return page.evaluate(
        "document.activeElement.closest('.inline-keyboard').querySelectorAll('[tabindex=\"0\"]').length"
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_roles_names_and_contrast(opened: Opener, dark: bool) -> None:
    page = opened(dark=dark)
    phone = add_person(page, 0, "ئازاد", "ckb")
    start(phone)
    tap(phone, "کوردی")
    phone.get_by_role("button", name="Voice message").click()
    expect(phone.locator(".message.out .voice")).to_be_visible()
    page.get_by_role("button", name="Under the hood").click()
    for name in ("Requests", "Updates", "Faults", "Save"):
        page.get_by_role("tab", name=name).click()
        assert findings(page, "#hood") == []
    page.locator(".phone").nth(1).get_by_role("button", name="Lock the phone").click()
    assert findings(page) == []
    newest(phone).locator(".more").click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    phone.locator(".whose").click()
    assert findings(page, "dialog") == []


def findings(page: Page, within: str | None = None) -> list[str]:
    """What axe-core has to say, a line each."""
    found = Axe().run(page, within).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def test_on_a_phone_wide_screen_one_phone_at_a_time(opened: Opener) -> None:
    page = opened(language="de-DE", width=390, height=780)
    expect(page.locator(".phone:visible")).to_have_count(1)
    page.get_by_role("button", name="Koordination", exact=True).click()
    expect(phone_of(page, "Koordination")).to_be_visible()
    expect(page.locator(".phone:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Guided tours")).to_be_visible()
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize(
    ("tour", "language"), [("story", "en-GB"), ("nobody", "de-DE"), ("late", "en-GB")]
)
def test_a_tour_from_start_to_end(opened: Opener, tour: str, language: str) -> None:
    page = opened(language=language)
    bar = page.locator("#tour")
    bar.locator(f'[data-tour="{tour}"]').click()
    where = bar.locator(".tour-where")
    following = bar.locator('[data-does="next"]')
    expect(following).to_be_visible()
    last = int(re.findall(r"\d+", where.inner_text())[-1])
    seen = set[str | None]()
    for step in range(last):
        expect(where).to_contain_text(re.compile(rf"(Step|Schritt) {step} (of|von)"))
        seen.add(page.locator(".phone.pointed").get_attribute("data-chat"))
        following.click()
    expect(bar.get_by_text(re.compile("That was the tour|Das war die Führung"))).to_be_visible()
    assert bar.locator(".tour-problem").count() == 0
    assert len(seen) >= (2 if tour == "nobody" else 3)  # a requester, the office, a volunteer
    bar.locator('[data-does="stop"]').click()
    expect(page.locator(".phone.pointed")).to_have_count(0)
    expect(bar.locator("[data-tour]")).to_have_count(3)
