"""config.toml as data: one model per table, one attribute per key, named as the key is.

Secrets are SecretStr, so that no repr, log or error shows them.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from monitor.settings_values import (
    Addresses,
    Contact,
    Crontab,
    Delivery,
    Duration,
    Filters,
    Line,
    Names,
    OptionalUrl,
    PageId,
    Quiet,
    Sender,
    Size,
    SubscriberName,
    Url,
    at_least_one,
)
from notify.errors import NotifyError

Language = Literal["ja", "en"]
Port = Annotated[int, Field(ge=1, le=65535)]

_SQLITE: Final = "sqlite:///"


class Table(BaseModel):
    """A table of config.toml: unknown keys and values of another type are errors."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ValueError('must be a time zone like "Asia/Tokyo"') from error
    return name


def _pattern(value: str) -> str:
    from notify.matching import check_pattern  # noqa: PLC0415  the engine is loaded where there is a pattern

    try:
        check_pattern(value)
    except NotifyError as error:
        raise ValueError(f"must be a pattern of RE2: {error.what}") from None
    return value


class MonitorSettings(Table):
    """[monitor]. `database` is the URL with the file's path made absolute, relative to config.toml."""

    database: str = Field("sqlite:///data/monitor.db", validate_default=True, repr=False)
    timezone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Tokyo"
    language: Language = "ja"
    incident_after: Annotated[int, Field(ge=1)] = 2
    keep_bodies: Literal["all"] | Duration = "all"
    keep_checks: Literal["all"] | Duration = timedelta(days=90)
    heartbeat_url: SecretStr = SecretStr("")

    @field_validator("database")
    @classmethod
    def _resolve(cls, url: str, info: ValidationInfo) -> str:
        if re.match(r"postgresql(\+psycopg)?://", url):
            return url
        name = url.removeprefix(_SQLITE)
        if name == url or not name or name.startswith(":") or not name.isprintable():
            raise ValueError('must be "sqlite:///" and a file\'s path, or a "postgresql://" URL')
        folder: Path = (info.context or {}).get("folder", Path())
        return f"{_SQLITE}{folder / name}"

    @property
    def database_file(self) -> Path | None:
        """The file of a SQLite database; None for one on a server."""
        return Path(self.database.removeprefix(_SQLITE)) if self.database.startswith(_SQLITE) else None

    @field_validator("heartbeat_url")
    @classmethod
    def _heartbeat(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not re.match(r"https?://[^\s/]+", url.get_secret_value()):
            raise ValueError("must begin with https:// or http://")
        return url


class FetchSettings(Table):
    """[fetch]. Sizes in bytes, `min_interval` and `timeout` in seconds."""

    contact: Contact = ""
    min_interval: Annotated[float, Field(ge=0, le=3600)] = 2.0
    connections_per_host: Annotated[int, Field(ge=1, le=16)] = 1
    timeout: Annotated[float, Field(gt=0, le=3600)] = 30.0
    max_body: Size = 20_000_000
    max_document: Size = 200_000_000
    respect_robots: bool = True
    full_every: Duration = timedelta(hours=24)
    allow_private: bool = False


class ScheduleSettings(Table):
    """[schedule]. Crontab lines in `monitor.timezone`; `jitter` in seconds."""

    default: Crontab = "0 9-18 * * mon-fri"
    documents: Crontab = "0 7 * * *"
    jitter: Annotated[int, Field(ge=0, le=3600)] = 300
    business_days: bool = False


class MailSettings(Table):
    """[mail]. Without `password` there is no login; without `sender` one is made of the host's name."""

    server: Line = "localhost"
    port: Port = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: Line | None = None
    password: SecretStr | None = None
    sender: Sender | None = None

    @field_validator("user", "password")
    @classmethod
    def _in_ascii(cls, value: str | SecretStr | None) -> str | SecretStr | None:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if text is not None and not text.isascii():
            raise ValueError("must be ASCII letters, digits and signs: logging in by SMTP takes no others here")
        return value

    @model_validator(mode="after")
    def _login_is_whole(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise ValueError("must have both user and password for a login, or neither")
        return self


class PageSettings(Table):
    """One of [[pages]]. Without `schedule` or `every`, `schedule.default` holds."""

    id: PageId
    url: Url
    name: Line = ""
    parser: Line = "auto"
    schedule: Crontab | None = None
    every: Duration | None = None
    documents: bool = True
    select: Line | None = None
    ignore: Names = ()
    was: PageId | None = None

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if self.schedule is not None and self.every is not None:
            raise ValueError("must have schedule or every, not both")
        return self

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        if isinstance(data, dict) and "name" not in data and isinstance(data.get("id"), str):
            return {**data, "name": data["id"]}
        return data


class Preferences(Table):
    """What a subscriber wants to hear, and when.

    An empty list restricts nothing; without `language`, `monitor.language` holds. `delivery`, `quiet` and `urgent` are
    in the words of notify.timing, in `monitor.timezone`.
    """

    pages: Filters = ("*",)
    kinds: Filters = ("*",)
    categories: Filters = ()
    programmes: Filters = ()
    companies: Filters = ()
    match: Annotated[str, AfterValidator(_pattern)] | None = None
    delivery: Delivery = "immediate"
    quiet: Quiet = "20:00-07:00"
    urgent: Filters = ()
    all_quiet: Literal["never", "weekly"] = "never"
    language: Language | None = None
    paused: bool = False


class SubscriberSettings(Preferences):
    """One of [[subscribers]]."""

    name: SubscriberName
    to: Annotated[Addresses, AfterValidator(at_least_one)]


class OperatorSettings(Table):
    """[operator]: who hears that a page is failing or suspect."""

    to: Addresses = ()


class WebSettings(Table):
    """[web]."""

    host: Line = "127.0.0.1"
    port: Port = 8080
    public_url: OptionalUrl = ""
    path_prefix: Annotated[str, Field(pattern=r"^(/[A-Za-z0-9._~-]+)*$")] = ""
    token: SecretStr | None = None
    secret: SecretStr | None = None


class Settings(Table):
    """A whole config.toml; `path` is the file it was read from."""

    monitor: MonitorSettings = Field({}, validate_default=True)
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    mail: MailSettings = MailSettings()
    pages: Annotated[tuple[PageSettings, ...], Field(strict=False)] = ()
    subscribers: Annotated[tuple[SubscriberSettings, ...], Field(strict=False)] = ()
    operator: OperatorSettings = OperatorSettings()
    web: WebSettings = WebSettings()
    _path: Path = Path("config.toml")

    @property
    def path(self) -> Path:
        return self._path

    def page(self, page_id: str) -> PageSettings | None:
        """The settings of the page with this id."""
        return next((page for page in self.pages if page.id == page_id), None)

    def secrets(self) -> tuple[str, ...]:
        """Every value that must never be shown, for the log to blot out."""
        found = [self.monitor.heartbeat_url, self.mail.password, self.web.token, self.web.secret]
        values = [secret.get_secret_value() for secret in found if secret is not None]
        values += re.findall(r"^\w[^:]*://[^:/]*:([^@]+)@", self.monitor.database)
        addresses = [address for row in self.subscribers for address in row.to] + list(self.operator.to)
        values += [address.secret.get_secret_value() for address in addresses]
        return tuple(sorted({value for value in values if value}, key=len, reverse=True))
