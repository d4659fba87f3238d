"""What a person does with the page, in a test's words."""

import re

from playwright.sync_api import Locator, Page, expect


def phone_of(page: Page, name: str) -> Locator:
    """The phone on which this person's (or group's) chat is shown."""
    return page.get_by_role("region", name=name, exact=True)


def switch(page: Page, at: int, name: str) -> Locator:
    """Gives the phone at that place (from 0) to somebody else."""
    page.locator(".phone").nth(at).locator(".whose").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile(name)).click()
    expect(page.locator(".phone").nth(at).get_by_role("heading")).to_have_text(name)
    return page.locator(".phone").nth(at)


def add_person(page: Page, at: int, name: str, language: str) -> Locator:
    """Somebody new, on the phone at that place."""
    page.locator(".phone").nth(at).locator(".whose").click()
    page.locator(".chooser .dialog-foot button").click()
    page.locator("dialog [name=name]").fill(name)
    page.locator("dialog [name=language_code]").select_option(language)
    page.locator("dialog .main-button").click()
    expect(page.locator(".phone").nth(at).get_by_role("heading")).to_have_text(name)
    return page.locator(".phone").nth(at)


def start(phone: Locator) -> None:
    """Opens the chat with the bot for the first time."""
    phone.locator(".start-button").click()


def newest(phone: Locator) -> Locator:
    """The newest message."""
    return phone.locator(".message").last


def key(phone: Locator, label: str) -> Locator:
    """The lowest button that has this in its label."""
    return phone.locator(".key", has_text=label).last


def tap(phone: Locator, label: str) -> None:
    key(phone, label).click()


def write(phone: Locator, text: str) -> None:
    field = phone.locator("textarea")
    field.fill(text)
    field.press("Enter")


def hears(phone: Locator, text: str) -> None:
    """The text stands in the chat, as soon as the bot has answered."""
    expect(phone.locator(".message", has_text=text).last).to_be_visible()
