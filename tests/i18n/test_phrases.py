"""A phrase of ours as a value in another text."""

import json

import pytest

from bot.delivery.render import Renderer
from bot.i18n import bidi
from bot.i18n.catalogues import LOCALES, Catalogues
from bot.messages import Language, Listing, Term, from_json, message, text, to_json
from tests.i18n.shown import BERLIN, parsed

LITTLE = text("{language} (a little)", language=Language("ar"))
SAID = message(
    text("{what}: {answer}", what=Term("Languages"), answer=Listing((Language("de"), LITTLE))),
    text("{what}: {answer}", what="Who", answer=text("<b>{name}</b>", name="<Anna> & Бо")),
)


def test_a_phrase_comes_back_from_json_as_it_was() -> None:
    assert from_json(json.loads(json.dumps(to_json(SAID)))) == SAID


@pytest.mark.parametrize("language", ["en", "ar", "ckb", "tr"])
def test_a_phrase_is_said_in_the_readers_language(language: str) -> None:
    renderer = Renderer(Catalogues.load(LOCALES, lambda *_: None), BERLIN)
    rendered = renderer.render(SAID, language)
    assert parsed(rendered.text) == rendered.plain
    for line in rendered.plain.splitlines():  # isolated within what is isolated, and closed again
        assert line.count(bidi.FSI) == line.count(bidi.PDI) >= 3
    said = bidi.without_controls(rendered.plain)
    assert "Deutsch" in said
    assert "العربية" in said
    assert "<Anna> & Бо" in said  # shown as it was written, without markup
