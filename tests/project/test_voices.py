"""The recordings that are shipped: made of the texts as they are, and small."""

import json

from bot.cli_voices import MANIFEST, READERS, fingerprint, manifest, spoken
from bot.counties.voices import BUNDLED, SUFFIX, is_opus, name_of
from bot.i18n.catalogues import Catalogues

SAID = spoken(Catalogues.load(on_missing=lambda *_: None))


def test_the_recordings_say_what_the_catalogues_say() -> None:
    recorded = json.loads((BUNDLED / MANIFEST).read_text(encoding="utf-8"))
    stale = {name for name, made_of in manifest(SAID).items() if recorded.get(name) != made_of}
    assert stale == set(), "their texts have changed: run `make voices`"
    assert recorded.keys() == SAID.keys()


def test_another_text_would_be_noticed() -> None:
    assert fingerprint("Hello.", "de") != fingerprint("Hello!", "de")
    assert fingerprint("Hello.", "de") != fingerprint("Hello.", "en")


def test_every_language_but_sorani_is_read_and_nothing_else_lies_there() -> None:
    assert SAID.keys() == {name_of(w, each) for w in ("notice", "language") for each in READERS}
    assert set(Catalogues.load().offered) - READERS.keys() == {"ckb"}
    files = {path.name for path in BUNDLED.iterdir()}
    assert files == {MANIFEST, *(f"{name}{SUFFIX}" for name in SAID)}


def test_they_are_voice_notes_and_small() -> None:
    files = list(BUNDLED.glob(f"*{SUFFIX}"))
    assert all(is_opus(path) for path in files)
    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_no_phone_number_and_no_sign_is_read_out() -> None:
    for name, words in SAID.items():
        assert "{" not in words, name
        assert not set("✅🔊🎤<>") & set(words), name
    assert "30" in SAID["notice.de"]
