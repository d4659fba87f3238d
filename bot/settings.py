"""The settings of one installation: the only reader of the environment and of `.env`.

`load()` returns `Settings` or raises `SettingsInvalid`, whose text has one line per fault: the
name, what is wrong, what to do. No line ever repeats a secret. The environment wins over `.env`;
what is empty counts as not set. `.env.example` explains every name to the person who fills it in.
"""

import base64
import difflib
import ipaddress
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

BUNDLED_COUNTY: Final = Path(__file__).parent / "counties" / "harz.toml"

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")  # 32 bytes in base64url
_MAKE_KEY = "make one with: lotse key new"

# What to do about a setting that has to be there and is not.
_MISSING: Final = {
    "TELEGRAM_BOT_TOKEN": "ask @BotFather in Telegram for a bot and put its token into .env",
    "ENCRYPTION_KEY": f"{_MAKE_KEY} and keep a copy in a safe place",
}


class SettingsInvalid(Exception):
    """The settings can't be used. `faults` has one line per fault and carries no secret."""

    safe_to_log: ClassVar[bool] = True

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Public:
    """What everybody may ask for (calendar feeds) is at `url`; we listen on `host` and `port`."""

    url: str
    host: str
    port: int


@dataclass(frozen=True)
class Webhook:
    """Telegram delivers to `url`, we listen on `host` and `port`, both know the `secret`."""

    url: str
    host: str
    port: int
    secret: SecretStr


class Settings(BaseModel):
    """Checked and frozen. Made by `load`; made directly (demo, tests) it reads nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram_bot_token: SecretStr
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite:///lotse.db")
    county_file: Path = BUNDLED_COUNTY
    webhook_url: str | None = None
    webhook_listen: str | None = None
    webhook_secret: SecretStr | None = None
    public_url: str | None = None
    public_listen: str | None = None
    encryption_key: SecretStr
    translate_url: str | None = None
    translate_key: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def encryption_keys(self) -> tuple[bytes, ...]:
        """32 bytes each. The first seals, the others only open what they sealed earlier."""
        return tuple(_decode_key(part) for part in _split(self.encryption_key))

    @property
    def webhook(self) -> Webhook | None:
        """None: the bot asks Telegram for updates itself (polling)."""
        if self.webhook_url is None or self.webhook_listen is None or self.webhook_secret is None:
            return None
        host, port = _host_and_port(self.webhook_listen)
        return Webhook(self.webhook_url, host, port, self.webhook_secret)

    @property
    def public(self) -> Public | None:
        """None: nothing can be asked for over the web."""
        if self.public_url is None or self.public_listen is None:
            return None
        return Public(self.public_url.rstrip("/"), *_host_and_port(self.public_listen))

    def secrets(self) -> tuple[str, ...]:
        """Every text that must never appear in a log."""
        database = self.database_url.get_secret_value()
        password = urlsplit(database).password
        found = [self.telegram_bot_token.get_secret_value(), *_split(self.encryption_key)]
        others = (self.webhook_secret, self.translate_key)
        found += [secret.get_secret_value() for secret in others if secret is not None]
        if password is not None:
            found += [database, password, unquote(password)]
        return tuple(found)

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(
                "is not a bot token (digits, a colon, 35 or more letters); "
                "copy the whole token from @BotFather"
            )
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _api_is_reachable_safely(cls, value: str) -> str:
        host = _web_host(value)
        if host is None:
            raise ValueError("is not a web address; leave it out to use Telegram's own server")
        if value.startswith("http://") and not _is_near(host):
            raise ValueError(
                "would send the token unencrypted over the internet; write https:// instead"
            )
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        sqlite = text.startswith("sqlite:///") and len(text) > len("sqlite:///")
        postgresql = text.startswith("postgresql://") and _parses(text)
        if not (sqlite or postgresql):
            raise ValueError(
                "is not a database we know; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
            )
        return value

    @field_validator("county_file")
    @classmethod
    def _county_exists(cls, value: Path) -> Path:
        if not value.is_file():
            raise ValueError(
                "is not a file; write the path of your county file, or leave it out for the Harz"
            )
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook_is_an_address(cls, value: str | None) -> str | None:
        if value is not None and _web_host(value) is None:
            raise ValueError(
                "is not a web address; write the https:// address that reaches this bot"
            )
        return value

    @field_validator("public_url")
    @classmethod
    def _public_is_an_address(cls, value: str | None) -> str | None:
        host = None if value is None else _web_host(value)
        if value is not None and host is None:
            raise ValueError("is not a web address; write the https:// address people reach")
        if host is not None and str(value).startswith("http://") and not _is_near(host):
            raise ValueError("would show appointments unencrypted; write https:// instead")
        return value

    @field_validator("translate_url")
    @classmethod
    def _translator_is_reached_safely(cls, value: str | None) -> str | None:
        """What two people write each other goes there."""
        if value is None:
            return None
        host = _web_host(value)
        if host is None:
            raise ValueError("is not a web address; leave it out to go without a translator")
        if value.startswith("http://") and not _is_near(host):
            raise ValueError(
                "would send people's words unencrypted over the internet; write https:// instead"
            )
        return value

    @field_validator("webhook_listen", "public_listen")
    @classmethod
    def _listen_is_host_and_port(cls, value: str | None) -> str | None:
        if value is not None:
            _host_and_port(value)
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret_is_allowed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError(
                "has characters or a length that Telegram refuses; "
                "use 1 to 256 of A-Z, a-z, 0-9, _ and -"
            )
        return value

    @field_validator("encryption_key")
    @classmethod
    def _keys_are_keys(cls, value: SecretStr) -> SecretStr:
        for number, part in enumerate(_split(value), start=1):
            try:
                _decode_key(part)
            except ValueError:
                raise ValueError(
                    f"has a key (number {number}) that is not 32 bytes in base64url; {_MAKE_KEY}"
                ) from None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _public_is_whole(self) -> Self:
        given = {"PUBLIC_URL": self.public_url, "PUBLIC_LISTEN": self.public_listen}
        missing = [name for name, value in given.items() if value is None]
        if len(missing) == 1:
            (present,) = given.keys() - missing
            raise ValueError(
                f"{missing[0]}: is missing although {present} is set; set both or none"
            )
        if self.public_listen is not None and self.public_listen == self.webhook_listen:
            raise ValueError("PUBLIC_LISTEN: is that of the webhook; take another port")
        return self

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        """All three or none, and encrypted. Its lines carry names: they concern several fields."""
        given = {
            "WEBHOOK_URL": self.webhook_url,
            "WEBHOOK_LISTEN": self.webhook_listen,
            "WEBHOOK_SECRET": self.webhook_secret,
        }
        missing = [name for name, value in given.items() if value is None]
        faults: list[str] = []
        if 0 < len(missing) < len(given):
            present = " and ".join(name for name in given if name not in missing)
            faults = [
                f"{name}: is missing although {present} is set; "
                "set all three for a webhook, or none for polling"
                for name in missing
            ]
        if self.webhook_url is not None and self.webhook_url.startswith("http://"):
            api_host = _web_host(self.telegram_api_url)
            if api_host is None or not _is_near(api_host):
                faults.append(
                    "WEBHOOK_URL: is not encrypted, Telegram refuses that; write https:// instead"
                )
        if faults:
            raise ValueError("\n".join(faults))
        return self


class _FromEnvironment(Settings, BaseSettings):
    """The same fields, filled from the environment and `.env`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        validate_default=False,
    )


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Reads the environment and, if it exists, `env_file`.

    Raises `SettingsInvalid` with every fault that can be told at once.
    """
    if env_file is not None and env_file.exists():
        try:
            env_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SettingsInvalid(
                [f"{env_file}: cannot be read; it must be a UTF-8 text that this user may read"]
            ) from None
    # The class takes its fields from the environment, which the type checker can't see.
    read: Any = _FromEnvironment
    try:
        found: Settings = read(_env_file=env_file)
        # A plain Settings, equal to one made directly with the same values.
        return Settings.model_validate(found.model_dump(exclude_unset=True))
    except ValidationError as invalid:
        raise SettingsInvalid(_faults(invalid)) from None


def _faults(invalid: ValidationError) -> list[str]:
    """In the order of the fields, unknown names last."""
    names = [name.upper() for name in Settings.model_fields]
    lines: list[tuple[int, str]] = []
    for error in invalid.errors(include_url=False, include_input=False, include_context=False):
        if not error["loc"]:  # about several fields: the lines carry their names already
            lines += [(0, line) for line in _said(error).splitlines()]
            continue
        name = str(error["loc"][0]).upper()
        order = names.index(name) if name in names else len(names)
        lines.append((order, f"{name}: {_what_is_wrong(name, error, names)}"))
    return [line for _, line in sorted(lines, key=lambda each: each[0])]


def _what_is_wrong(name: str, error: ErrorDetails, names: list[str]) -> str:
    match error["type"]:
        case "missing":
            return f"is missing; {_MISSING[name]}"
        case "extra_forbidden":
            close = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean {close[0]}?" if close else "remove it, .env.example has all names"
            return f"is not a setting of Lotse; {hint}"
        case "literal_error":
            return "is not a level; write DEBUG, INFO, WARNING or ERROR"
        case _:
            return _said(error)


def _said(error: ErrorDetails) -> str:
    return error["msg"].removeprefix("Value error, ")


def _split(keys: SecretStr) -> list[str]:
    return [part.strip() for part in keys.get_secret_value().split(",")]


def _decode_key(text: str) -> bytes:
    """Raises ValueError. The padding may be left out."""
    if not _KEY.fullmatch(text):
        raise ValueError("not 32 bytes in base64url")
    return base64.urlsafe_b64decode(text.removesuffix("=") + "=")


def _web_host(url: str) -> str | None:
    """The host of an http(s) address that has no query, fragment or login; otherwise None."""
    if not _parses(url):
        return None
    parts = urlsplit(url)
    plain = not (parts.query or parts.fragment or parts.username)
    return parts.hostname if parts.scheme in {"http", "https"} and plain else None


def _parses(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.port != 0
    except ValueError:  # a port that is no number, an address with half a bracket
        return False


def _is_near(host: str) -> bool:
    """This machine, a private network, or a bare name (a neighbour container)."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".internal", ".local"))


def _host_and_port(listen: str) -> tuple[str, int]:
    """ "127.0.0.1:8443" or "[::1]:8443". Raises ValueError with what to do."""
    host, colon, port = listen.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    bracketed = host.startswith("[") and host.endswith("]")
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not (colon and bare and 0 < number < 65536 and (bracketed or ":" not in host)):
        raise ValueError("is not HOST:PORT; write for example 127.0.0.1:8443")
    return bare, number


def has_desktop() -> bool:
    """Whether somebody sits before a screen of this machine on which a browser can open."""
    on_a_screen = sys.platform in {"darwin", "win32"}
    return on_a_screen or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
