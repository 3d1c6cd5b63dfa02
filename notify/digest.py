"""A digest: what changed within a window, what was checked and found unchanged, and what could not be checked.

Its silence is to be proof, so it never says that nothing changed without saying what was seen, how often and when last,
nor of a page that did change, though that was told otherwise or is nothing the subscriber asked for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from notify.business_days import whole_business_days_between
from notify.facts import moment
from notify.render import Style, laid_out, spans
from notify.sections import grouped, is_of_the_monitoring, sections_of_pages, web_url
from notify.templating import words
from notify.wording import LONGEST_SUBJECT, one_line
from parsers.dates import printed
from storage.changes import RecordedChange
from storage.japan import TOKYO
from storage.observation import CheckTally, FrozenMessage, Language, PageInfo, Window

_LATE: Final = timedelta(minutes=30)
_SHORT_HASH: Final = 12
# Of pages without verification, those named where there is little room.
_FOREMOST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What became of the checks of one page, in words; `trouble` is None where all went well.

    `is_verified`: the page was seen within the window, up to its end but for less than a whole business day, and
    nothing failed after that. `began` says since when it is watched if that is since a time within the window. `head`
    is the whole hash.
    """

    name: str
    url: str
    verdict: str
    is_verified: bool
    began: str | None
    seen: str | None
    trouble: str | None
    head: str | None

    @property
    def short_head(self) -> str:
        """The beginning of the hash, for the eye."""
        return f"{self.head[:_SHORT_HASH]}…" if self.head else ""


def render_digest(  # noqa: PLR0913  what every message needs, a window and its checks
    changes: Sequence[RecordedChange],
    page_by_id: Mapping[str, PageInfo],
    tallies: Sequence[CheckTally],
    *,
    window: Window,
    language: Language,
    now: datetime,
    subscriber: str,
    style: Style = "mail",
    limit: int | None = None,
) -> FrozenMessage:
    """The digest of a window for one subscriber; without changes it says so.

    `changes` are those the subscriber hears of, `tallies` the checks of the pages it watches. What is sent more than
    half an hour after the window's end says that it is late. `style` and `limit` as for `render`.
    """
    vocabulary = words(language)
    counts = Counter(root.page for root, _ in grouped(changes) if not is_of_the_monitoring(root))
    elsewhere = _elsewhere(changes, tallies, window)
    sections = sections_of_pages(changes, page_by_id, language)
    # Trouble first: it is what the reader must know.
    checked = sorted(
        (_checked(tally, counts[tally.page.id], elsewhere[tally.page.id], window, language) for tally in tallies),
        key=_by_trouble,
    )
    unverified = sum(not page.is_verified for page in checked)
    begun = sum(page.began is not None for page in checked)
    outcome = (counts.total(), elsewhere.total(), len(checked), unverified, begun)
    late = now - window.until > _LATE
    context = {
        "subject": _subject(outcome, window, language),
        "span": vocabulary.digest_span(moment(window.after, language), moment(window.until, language)),
        "late": vocabulary.digest_late(moment(window.until, language)) if late else None,
        "outcome": vocabulary.digest_outcome(*outcome),
        "checked": checked,
        "foremost": [page for page in checked if not page.is_verified][:_FOREMOST],
        "verified": vocabulary.digest_verified(len(checked) - unverified),
        "heads": [page for page in checked if page.head],
        "addressed": vocabulary.addressed(one_line(subscriber)),
        "made": vocabulary.made(moment(now, language)),
        "reference": vocabulary.reference(spans(change.id for change in changes)) if changes else None,
    }
    return laid_out("digest", sections, context, language, style, limit)


def _elsewhere(changes: Sequence[RecordedChange], tallies: Sequence[CheckTally], window: Window) -> Counter[str]:
    """By page, how many changes of the window are not in this digest."""
    # A digest may also hold what the tally does not count: what was found later to stand in the place of a change.
    listed = Counter(
        change.page
        for change in changes
        if change.origin == "live"
        and window.after < change.detected_at <= window.until
        and not is_of_the_monitoring(change)
    )
    return Counter({tally.page.id: max(0, tally.changes - listed[tally.page.id]) for tally in tallies})


def _by_trouble(page: Checked) -> int:
    return page.is_verified if page.trouble else 2


def _subject(outcome: tuple[int, ...], window: Window, language: Language) -> str:
    start, end = (_hour(at, language) for at in (window.after, window.until))
    text = one_line(str(words(language).digest_subject(*outcome, start, end)))
    return text[:LONGEST_SUBJECT]


def _hour(at: datetime, language: Language) -> str:
    """A cut-off as a subject says it: 11月17日9時."""
    local = at.astimezone(TOKYO)
    if language == "en":
        return f"{printed(local.date().isoformat(), 'en').rpartition(' ')[0]}, {local:%H:%M}"
    return f"{local.month}月{local.day}日{local.hour}時" + (f"{local.minute}分" if local.minute else "")


def _checked(tally: CheckTally, changes: int, elsewhere: int, window: Window, language: Language) -> Checked:
    vocabulary = words(language)
    last_good, bad = tally.last_good, tally.failed + tally.suspect
    # As elsewhere, too: who was not looked at for a whole business day is not verified, failures or none.
    seen_to_the_end = (
        last_good is not None
        and last_good == tally.last_check
        and not whole_business_days_between(last_good, window.until)
    )
    is_verified = tally.good > 0 and seen_to_the_end
    seen = moment(last_good, language)
    trouble = None
    if tally.good == 0 and bad == 0:
        trouble = vocabulary.digest_unchecked(seen)
    elif bad:
        trouble = vocabulary.digest_trouble(tally.failed, tally.suspect, None if is_verified else seen, is_verified)
    elif not is_verified:
        trouble = vocabulary.digest_unseen(seen)
    elif unseen := [gap for gap in tally.gaps if whole_business_days_between(*gap)]:
        trouble = vocabulary.digest_gap([(moment(start, language), moment(end, language)) for start, end in unseen])
    return Checked(
        name=one_line(tally.page.name) or tally.page.id,
        url=web_url(tally.page.url) or "",
        verdict=vocabulary.digest_verdict(changes, elsewhere, tally.good, is_verified),
        is_verified=is_verified,
        began=vocabulary.digest_began(moment(tally.began, language)) if tally.began else None,
        seen=vocabulary.digest_seen(tally.good, seen if is_verified else None) if tally.good else None,
        trouble=trouble,
        head=tally.chain_head,
    )
