"""robots.txt (RFC 9309): what a site lets this program fetch, and the rule by which it does not.

Protego reads the rules and decides. What it does not tell, the line that decided, is found by asking it about the
file with other lines left out.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Final, Literal, Self
from urllib.parse import urlsplit

from protego import Protego

PRODUCT_TOKEN: Final = "ministry-monitor"  # noqa: S105  a name, no secret
"""The name that groups of rules may address (RFC 9309, 2.2.1); the User-Agent header begins with it."""

State = Literal["available", "unavailable", "unreachable"]

_MOST_BYTES: Final = 500 * 1024  # RFC 9309, 2.5: at least so much must be read
_LONGEST_DELAY: Final = 3600.0  # seconds; the longest min_interval that config.toml takes
_MOST_SHOWN: Final = 200
# Protego keeps each rule once per agent of its group: 500 KiB can name 17,000 agents and 30,000 rules.
_MOST_ENTRIES: Final = 100_000

_AGENT: Final = re.compile(r"\s*user(?:-|\s*)agent\b\s*(:)?\s*([^#]*)", re.IGNORECASE)
_SITE_WIDE: Final = re.compile(r"\s*(?:site-?maps?|host)\b", re.IGNORECASE)
_PERHAPS_RULE: Final = re.compile(r"\s*(?:allow|d)", re.IGNORECASE)  # "dissallow" too
_NO_RULE: Final = "Disallow:"


def robots_url(url: str) -> str:
    """Where the rules for `url` are (RFC 9309, 2.3): one file for each scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}/robots.txt"


@dataclass(frozen=True)
class Rules:
    """What a site answered when it was asked for robots.txt, read for one product token.

    `available`: the rules in `text`. `unavailable`: there are none, everything may be fetched. `unreachable`:
    nothing is known and nothing may be fetched; `in_force` says which rules hold then.
    """

    state: State
    status: int | None
    text: str = field(default="", repr=False)
    user_agent: str = PRODUCT_TOKEN

    @classmethod
    def read(cls, status: int | None, body: bytes = b"", *, user_agent: str = PRODUCT_TOKEN) -> Self:
        """The rules that an answer brings, after redirects; `status` is None if none came.

        Of a 304 nothing can be read: it stands for the stored status and body.

        RFC 9309, 2.3.1: a status of 2xx brings rules, 5xx or no answer means unreachable, any other (redirects
        without end too) unavailable. 429 is taken as unreachable: a site that asks for less is not asked for more.
        """
        if status is None or status >= 500 or status == 429:
            return cls("unreachable", status, user_agent=user_agent)
        if not 200 <= status < 300:
            return cls("unavailable", status, user_agent=user_agent)
        return cls("available", status, _text(body), user_agent)

    @property
    def max_age(self) -> timedelta:
        """How long the answer may be used before the site is asked again (RFC 9309, 2.4)."""
        return timedelta(minutes=10) if self.state == "unreachable" else timedelta(hours=24)

    def refusal(self, url: str) -> str | None:
        """Why `url` must not be fetched, in words on one line; None if it may be. `url` is one that can be fetched."""
        if self.state == "unreachable":
            how = "is not answered" if self.status is None else f"is answered with {self.status}"
            return f"robots.txt {how}, and until it is known nothing may be fetched"
        if self._allows(url):
            return None
        line, agent = _deciding(self.text.splitlines(), url, self.user_agent)
        return f"{_shown(line)} for User-agent: {_shown(agent)}"

    @property
    def crawl_delay(self) -> float | None:
        """The seconds between two requests that the site asks for, at most 3,600; None if it does not."""
        delay = self._protego.crawl_delay(self.user_agent)
        return None if delay is None else min(delay, _LONGEST_DELAY)

    def _allows(self, url: str) -> bool:
        return self._protego.can_fetch(url, self.user_agent)

    @cached_property
    def _protego(self) -> Protego:
        return Protego.parse(self.text)


def in_force(answer: Rules, *, last_good: Rules | None, unreachable_for: timedelta) -> Rules:
    """The rules to obey after `answer`.

    While robots.txt is unreachable, the last answer that was not goes on holding, however old (RFC 9309, 2.4: a copy
    may be used beyond 24 hours then). Without one everything is disallowed, until after 30 days it is taken as
    unavailable (2.3.1.4).
    """
    if answer.state != "unreachable":
        return answer
    if last_good is not None:
        return last_good
    if unreachable_for >= timedelta(days=30):
        return Rules("unavailable", answer.status, user_agent=answer.user_agent)
    return answer


def _text(body: bytes) -> str:
    """The lines of `body` that are read: whole ones, up to the limits of size."""
    if len(body) > _MOST_BYTES:
        body = body[:_MOST_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]  # a rule cut short would match more
    text = body.decode("utf-8-sig", "replace")
    agents = entries = 0
    is_group_open = False
    for count, line in enumerate(lines := text.splitlines()):
        if found := _AGENT.match(line):
            # Without a colon it may be no agent, and then the group goes on.
            agents = 1 if found[1] and not is_group_open else agents + 1
            is_group_open = is_group_open or bool(found[1])
            continue
        if ":" in line.partition("#")[0] and not _SITE_WIDE.match(line):
            is_group_open = False
        entries += agents if _PERHAPS_RULE.match(line) else 0
        if entries > _MOST_ENTRIES:
            return "\n".join(lines[:count])
    return text


def _deciding(lines: Sequence[str], url: str, user_agent: str) -> tuple[str, str]:
    """The line by which `url` is refused, as printed, and the agent it is for."""
    refusing = [number for number, line in enumerate(lines) if not _alone(line, url, user_agent)]
    refusing.sort(key=lambda number: -len(lines[number]))

    def is_refused_by(count: int) -> bool:
        left_out = set(refusing[count:])
        kept = "\n".join(_NO_RULE if number in left_out else line for number, line in enumerate(lines))
        return not Protego.parse(kept).can_fetch(url, user_agent)

    deciding = refusing[bisect_left(range(len(refusing)), True, key=lambda index: is_refused_by(index + 1))]
    agents: list[str] = []
    for line in reversed(lines[:deciding]):
        if found := _AGENT.match(line):
            agents.append(found[2].strip())
        elif agents and ":" in line.partition("#")[0] and not _SITE_WIDE.match(line):
            break
    own = [agent for agent in agents if not _alone("Disallow: /", url, user_agent, agent=agent)]
    return lines[deciding].partition("#")[0].strip(), max(own or agents, key=len, default="*")


def _alone(line: str, url: str, user_agent: str, *, agent: str = "*") -> bool:
    """Whether `url` may be fetched under this one line."""
    return Protego.parse(f"User-agent: {agent}\n{line}").can_fetch(url, user_agent)


def _shown(text: str) -> str:
    """`text` of the site as it may stand in a message."""
    clean = "".join(char if char.isprintable() else " " for char in text)
    return clean if len(clean) <= _MOST_SHOWN else f"{clean[:_MOST_SHOWN]}…"
