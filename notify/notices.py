"""Messages about the service itself: to the operator, and to somebody who asks to be told of changes."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from notify.facts import moment
from notify.templating import environment, words
from notify.wording import LONGEST_SUBJECT, one_line
from storage.observation import Delivery, FrozenMessage, Incident, Language, Standing

Phase = Literal["opened", "open", "closed"]
_MOST_SHOWN: Final = 20
_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that a notice is about: a sentence, what more there is to say, and what to do."""

    sentence: str
    tone: str = "trouble"
    lines: tuple[str, ...] = ()
    todo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notice:
    """A notice before it is laid out; `link` is (address, its words), `footer` says why this mail came."""

    subject: str
    intro: str
    footer: str
    points: tuple[Point, ...] = ()
    more: str | None = None
    link: tuple[str, str] | None = None
    after: tuple[str, ...] = ()


def dead_notice(dead: Sequence[Delivery], bounced: Sequence[Standing], language: Language) -> FrozenMessage:
    """What the operator hears of messages given up and of addresses that refuse mail: who, why and what to do.

    It names subscribers and the ids of destinations, never an address.
    """
    vocabulary = words(language)
    points = [_bounced(standing, language) for standing in bounced] + [_dead(delivery, language) for delivery in dead]
    hidden = len(points) - _MOST_SHOWN
    return _laid_out(
        _Notice(
            subject=vocabulary.dead_subject(len(dead), len(bounced)),
            intro=vocabulary.dead_intro(len(dead), len(bounced)),
            points=tuple(points[:_MOST_SHOWN]),
            more=vocabulary.dead_more(hidden) if hidden > 0 else None,
            footer=vocabulary.operator_footer,
        ),
        language,
    )


def _dead(delivery: Delivery, language: Language) -> Point:
    vocabulary = words(language)
    name, count = one_line(delivery.subscriber), len(delivery.change_ids)
    subject = one_line(delivery.subject) if delivery.subject else None
    return Point(
        sentence=vocabulary.dead_sentence(delivery.id, name, subject, count),
        lines=(
            vocabulary.dead_destination(one_line(delivery.destination)),
            vocabulary.dead_tried(moment(delivery.created_at, language), delivery.attempts),
            vocabulary.dead_why(_fault(one_line(delivery.last_error or "?"), language)),
        ),
        todo=vocabulary.dead_todo(delivery.id),
    )


def _bounced(standing: Standing, language: Language) -> Point:
    vocabulary = words(language)
    return Point(
        sentence=vocabulary.bounced_sentence(one_line(standing.subscriber)),
        lines=(
            *([vocabulary.dead_destination(one_line(standing.destination))] if standing.destination else []),
            vocabulary.bounced_since(moment(standing.since, language)),
            vocabulary.dead_why(_fault(one_line(standing.why), language)),
        ),
        todo=vocabulary.bounced_todo(shlex.quote(one_line(standing.subscriber))),
    )


def _fault(said: str, language: Language) -> str:
    """Why a message did not arrive (`code: words`) in the reader's language, as far as the words are our own."""
    code, _, words_of_ours = said.partition(": ")
    worded = _worded(words_of_ours, language)
    return said if worded is None else str(words(language).fault(code, worded))


def _worded(said: str, language: Language) -> str | None:
    """A phrase of the program's own in the reader's language; None for any other."""
    phrases: dict[str, str] = words(language).phrases
    for phrase, worded in phrases.items():
        found = re.fullmatch(_PLACE.sub(r"(?P<\1>.+)", re.escape(phrase)), said)
        if found:
            return worded.format(**found.groupdict())
    return None


def condition_notice(incident: Incident, phase: Phase, language: Language) -> FrozenMessage:
    """What the operator hears of a condition of the service: that it began, that it lasts, or how long it lasted."""
    vocabulary = words(language)
    closed = phase == "closed"
    lasted = incident.closed_at - incident.opened_at if closed and incident.closed_at else None
    what = one_line(str(vocabulary.conditions.get(incident.kind, incident.kind)))
    details = "; ".join(_worded(detail, language) or detail for detail in one_line(incident.message).split("; "))
    todo = vocabulary.condition_todo.get(incident.kind)
    return _laid_out(
        _Notice(
            subject=vocabulary.condition_subject(what, phase),
            intro=vocabulary.condition_intro,
            points=(
                Point(
                    sentence=vocabulary.condition_sentence(what, phase, moment(incident.opened_at, language), lasted),
                    tone="come" if closed else "trouble",
                    lines=() if closed else (vocabulary.condition_detail(details),),
                    todo=None if closed else todo,
                ),
            ),
            footer=vocabulary.operator_footer,
        ),
        language,
    )


def opt_in_mail(confirm_url: str, name_of_service: str, language: Language) -> FrozenMessage:
    """The mail that asks whether it was really its reader who asked to be told: without the link nothing comes of it.

    `confirm_url` is valid for 48 hours (notify/tokens.py).
    """
    vocabulary, service = words(language), one_line(name_of_service)
    return _laid_out(
        _Notice(
            subject=vocabulary.opt_in_subject(service),
            intro=vocabulary.opt_in_intro(service),
            link=(confirm_url, vocabulary.opt_in_link),
            after=(vocabulary.opt_in_valid, vocabulary.opt_in_ignore),
            footer=vocabulary.opt_in_footer,
        ),
        language,
    )


def _laid_out(notice: _Notice, language: Language) -> FrozenMessage:
    subject = one_line(str(notice.subject))[:LONGEST_SUBJECT]
    context = {"w": words(language), "n": notice, "subject": subject}
    text, html = (environment().get_template(f"notice.{form}.j2").render(context) for form in ("txt", "html"))
    return FrozenMessage(subject=subject, text=text, html=html)
