"""Settings: what is accepted, and that every fault is one line without a secret."""

import base64
import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsInvalid, load

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:" + "A1b2_-x" * 5
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(32, 64))).decode().rstrip("=")
GOOD = {"TELEGRAM_BOT_TOKEN": TOKEN, "ENCRYPTION_KEY": KEY}
WEBHOOK = {
    "WEBHOOK_URL": "https://lotse.example.org/telegram",
    "WEBHOOK_LISTEN": "127.0.0.1:8443",
    "WEBHOOK_SECRET": "a-secret_of-ours",
}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def write(env_file: Path, values: dict[str, str]) -> Path:
    env_file.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return env_file


def faults(env_file: Path, values: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as caught:
        load(write(env_file, values))
    error = caught.value
    assert str(error).splitlines() == list(error.faults)
    assert error.__cause__ is None
    assert error.__suppress_context__
    for line in error.faults:
        # the name, what is wrong, what to do
        assert re.fullmatch(r"[A-Z_]+: [^;]+; .+", line), line
    return error.faults


def test_two_settings_are_enough(env_file: Path) -> None:
    settings = load(write(env_file, GOOD))
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.encryption_keys == (bytes(range(32)),)
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url.get_secret_value() == "sqlite:///lotse.db"
    assert settings.county_file.name == "harz.toml"
    assert settings.webhook is None
    assert settings.log_level == "INFO"


def test_loading_and_making_directly_give_the_same(env_file: Path) -> None:
    direct = Settings.model_validate({name.lower(): value for name, value in GOOD.items()})
    assert load(write(env_file, GOOD)) == direct
    assert type(load(env_file)) is Settings


def test_the_bundled_county_exists() -> None:
    assert Settings.model_fields["county_file"].default.is_file()


def test_the_environment_wins(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert load(write(env_file, {**GOOD, "LOG_LEVEL": "ERROR"})).log_level == "DEBUG"


def test_no_file_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    assert load(tmp_path / "absent").log_level == "INFO"
    assert load(None).log_level == "INFO"


def test_foreign_names_in_the_environment_do_not_matter(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URI", "somebody else's")
    assert load(write(env_file, GOOD)).webhook is None


def test_empty_is_not_set(env_file: Path) -> None:
    empty = {"WEBHOOK_URL": "", "WEBHOOK_SECRET": "", "LOG_LEVEL": ""}
    assert load(write(env_file, {**GOOD, **empty})).webhook is None


def test_settings_are_frozen(env_file: Path) -> None:
    settings = load(write(env_file, GOOD))
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = "DEBUG"


def test_several_keys_the_first_seals(env_file: Path) -> None:
    settings = load(write(env_file, {**GOOD, "ENCRYPTION_KEY": f"{OTHER_KEY}, {KEY}"}))
    assert settings.encryption_keys == (bytes(range(32, 64)), bytes(range(32)))


def test_a_whole_webhook(env_file: Path) -> None:
    webhook = load(write(env_file, {**GOOD, **WEBHOOK})).webhook
    assert webhook is not None
    assert (webhook.url, webhook.host, webhook.port) == (WEBHOOK["WEBHOOK_URL"], "127.0.0.1", 8443)
    assert webhook.secret.get_secret_value() == WEBHOOK["WEBHOOK_SECRET"]


def test_a_webhook_on_ipv6(env_file: Path) -> None:
    webhook = load(write(env_file, {**GOOD, **WEBHOOK, "WEBHOOK_LISTEN": "[::1]:80"})).webhook
    assert webhook is not None
    assert (webhook.host, webhook.port) == ("::1", 80)


@pytest.mark.parametrize("api", ["http://127.0.0.1:8081", "http://localhost:8081", "http://api"])
def test_a_plain_webhook_is_fine_beside_a_local_api(env_file: Path, api: str) -> None:
    plain = {**WEBHOOK, "WEBHOOK_URL": "http://127.0.0.1:9000/hook"}
    settings = load(write(env_file, {**GOOD, **plain, "TELEGRAM_API_URL": api + "/"}))
    assert settings.telegram_api_url == api
    assert settings.webhook is not None


def test_all_faults_at_once_in_a_fixed_order(env_file: Path) -> None:
    lines = faults(env_file, {"FOO": "1", "WEBHOOK_URI": "x", "LOG_LEVEL": "loud"})
    assert [line.partition(":")[0] for line in lines] == [
        "TELEGRAM_BOT_TOKEN",
        "ENCRYPTION_KEY",
        "LOG_LEVEL",
        "FOO",
        "WEBHOOK_URI",
    ]
    assert "@BotFather" in lines[0]
    assert "did you mean WEBHOOK_URL?" in lines[4]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "123456789:tooshort"),
        ("TELEGRAM_BOT_TOKEN", "x" * 60),
        ("TELEGRAM_API_URL", "ftp://api.example.org"),
        ("TELEGRAM_API_URL", "http://api.example.org"),
        ("TELEGRAM_API_URL", "https://api.example.org/?a=b"),
        ("TELEGRAM_API_URL", "https://[api"),
        ("DATABASE_URL", "mysql://root:hunter22@db/lotse"),
        ("DATABASE_URL", "sqlite://lotse.db"),
        ("DATABASE_URL", "postgresql://lotse:hunter22@db:port/lotse"),
        ("COUNTY_FILE", "/nowhere/county.toml"),
        ("WEBHOOK_URL", "lotse.example.org"),
        ("WEBHOOK_URL", "http://lotse.example.org"),
        ("WEBHOOK_LISTEN", "8443"),
        ("WEBHOOK_LISTEN", ":8443"),
        ("WEBHOOK_LISTEN", "::1:8443"),
        ("WEBHOOK_LISTEN", "localhost:70000"),
        ("WEBHOOK_SECRET", "with space"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("ENCRYPTION_KEY", "c2hvcnQ="),
        ("ENCRYPTION_KEY", f"{KEY},"),
        ("ENCRYPTION_KEY", f"{KEY},ü{KEY[1:]}"),
        ("ENCRYPTION_KEY", "+" + KEY[1:]),
        ("LOG_LEVEL", "chatty"),
    ],
)
def test_a_fault_names_its_setting_and_repeats_no_value(
    env_file: Path, name: str, value: str
) -> None:
    base = {**GOOD, **(WEBHOOK if name.startswith("WEBHOOK") else {})}
    (line,) = faults(env_file, {**base, name: value})
    assert line.startswith(f"{name}: ")
    assert value not in line.partition("; ")[0]  # what to do may show an example
    assert "hunter22" not in line


@pytest.mark.parametrize("missing", list(WEBHOOK))
def test_half_a_webhook(env_file: Path, missing: str) -> None:
    half = {name: value for name, value in WEBHOOK.items() if name != missing}
    (line,) = faults(env_file, {**GOOD, **half})
    assert line.startswith(f"{missing}: is missing although ")


def test_a_file_that_is_no_text(env_file: Path) -> None:
    env_file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsInvalid, match="UTF-8") as caught:
        load(env_file)
    assert len(caught.value.faults) == 1


def test_nothing_shows_a_secret(env_file: Path) -> None:
    database = "postgresql://lotse:hunter%2322@db/lotse"
    settings = load(write(env_file, {**GOOD, **WEBHOOK, "DATABASE_URL": database}))
    assert set(settings.secrets()) == {
        TOKEN,
        KEY,
        WEBHOOK["WEBHOOK_SECRET"],
        database,
        "hunter%2322",
        "hunter#22",
    }
    shown = repr(settings) + str(settings) + repr(settings.webhook) + settings.model_dump_json()
    assert not [secret for secret in settings.secrets() if secret in shown]


def example() -> dict[str, str]:
    """Every `NAME=value` of `.env.example`, also those behind a `#`."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    found = [re.fullmatch(r"#?([A-Z_]+)=(.*)", line) for line in lines]
    return {match[1]: match[2] for match in found if match}


def test_the_example_has_exactly_the_settings() -> None:
    assert sorted(example()) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_shows_the_defaults(env_file: Path) -> None:
    fields = Settings.model_fields
    shown = example()
    assert shown["TELEGRAM_API_URL"] == fields["telegram_api_url"].default
    assert shown["DATABASE_URL"] == fields["database_url"].default.get_secret_value()
    assert shown["LOG_LEVEL"] == fields["log_level"].default


def test_the_example_explains_every_setting() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    blocks = [
        block for block in text.split("\n\n") if re.search(r"^#?[A-Z_]+=", block, re.MULTILINE)
    ]
    for block in blocks:
        assert re.search(r"^# \S.{15,}", block, re.MULTILINE), block


def test_the_example_works_once_filled_in(env_file: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, value in GOOD.items():
        text = text.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    env_file.write_text(text)
    assert load(env_file).encryption_keys == (bytes(range(32)),)


def test_the_way_to_make_a_key_makes_one(env_file: Path) -> None:
    """The command in the fault and in `.env.example`, in Python: base64, two letters swapped."""
    made = base64.b64encode(b"\xfb\xff" * 16).decode().translate(str.maketrans("+/", "-_"))
    assert load(write(env_file, {**GOOD, "ENCRYPTION_KEY": made})).encryption_keys[0][:1] == b"\xfb"
