"""One sentence per change, in Japanese and English, and a change's public JSON form."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from unicodedata import category

from notify.facts import Facts, corrected, facts_of
from notify.repeats import without_repeats
from notify.templating import words
from storage.changes import Change, RecordedChange
from storage.japan import TOKYO
from storage.observation import Language

_WORDED_FIELDS: Final[tuple[str, ...]] = ("closed", "periods", "text", "url", "note")
LONGEST_SUBJECT: Final = 150
"""In characters: what a list of mail still shows."""

# The ideographic space, the non-joiner and the joiner.
_KEPT: Final = frozenset("\u3000\u200c\u200d")
_ASIDE_NOTE: Final = frozenset({"plan.added", "document.added"})


def summary(change: Change, language: Language) -> str:
    """One complete sentence that a desk officer understands without opening anything.

    Names stand as the page prints them. It is plain text on one line, whatever the page holds.
    """
    vocabulary = words(language)
    if correction := corrected(change):
        told, instead = correction
        return one_line(str(vocabulary.correction(summary(told, language), instead and summary(instead, language))))
    facts = without_repeats(change, facts_of(change, language))
    if change.kind == "page":
        macro = getattr(vocabulary, change.change.replace(".", "_"), None)
        text = macro(facts) if macro else vocabulary.sentence([vocabulary.unnamed(facts, True)], [])
    else:
        clauses = [
            getattr(vocabulary, name, vocabulary.unnamed)(facts, first)
            for first, name in zip(_true_then_false(), dict.fromkeys(_clause_names(change, facts)), strict=False)
        ]
        text = vocabulary.sentence(clauses, list(_asides(change, facts, language)))
    return one_line(str(text))


def one_line(text: str) -> str:
    """Text without line breaks and control or formatting characters, fit for a header, a table, a log.

    What is invisible goes without a trace, but for the joiners within an emoji or a word.
    """
    return "".join(map(_in_a_line, text)).strip()


def _in_a_line(char: str) -> str:
    if char.isprintable() or char in _KEPT:
        return char
    return "" if category(char) == "Cf" else " "


def _true_then_false() -> Iterator[bool]:
    yield True
    while True:
        yield False


def _clause_names(change: Change, facts: Facts) -> Iterator[str]:
    """The macros that word a change, in the order of its names."""
    for name in change.names:
        kind, _, what = name.partition(".")
        if what == "changed" and kind != "text":
            yield from _changed_names(change, facts)
        else:
            yield f"{kind}_{what}"


def _changed_names(change: Change, facts: Facts) -> Iterator[str]:
    """What of `KIND.changed` deserves a clause: fields that no other name of the change has already told."""
    old, new = facts.old, facts.new
    told = {name.partition(".")[2] for name in change.names}
    found = [name for name in _WORDED_FIELDS if name in facts.fields]
    if change.kind in {"plan", "document"} and told & {"amended", "revised"}:
        found = [name for name in found if name != "note"]
    if "replaced" in told:
        found = [name for name in found if name != "url"]
    if old is None or new is None:
        found = []
    elif "periods" in found and not facts.spans:
        found.remove("periods")
    if not found and told <= {"changed"}:
        found = ["other"]
    yield from (f"changed_{name}" for name in found)


def _asides(change: Change, facts: Facts, language: Language) -> Iterator[str]:
    """What stands in brackets at the sentence's end."""
    vocabulary = words(language)
    old, new = facts.old, facts.new
    told = {name.partition(".")[2] for name in change.names}
    if change.change in _ASIDE_NOTE and new and new.note:
        yield vocabulary.aside_note(new.note)
    if "replaced" in told and old and new and old.file and new.file:
        by_name = new.is_file and old.file != new.file
        yield vocabulary.aside_files(*((old.file, new.file) if by_name else (old.url, new.url)))
    status = (change.after or {}).get("http_status")
    if change.change.endswith(".gone") and status:
        yield vocabulary.aside_status(status)
    yield from (vocabulary.aside_flags[flag] for flag in change.flags if flag in vocabulary.aside_flags)


def subject(change: Change, name: str, language: Language) -> str:
    """The subject line of a message about this one change of the page called `name`."""
    vocabulary = words(language)
    return one_line(str(vocabulary.subject_one(tag(change, language), facts_of(change, language), name)))


def tag(change: Change, language: Language) -> str:
    """The word that a subject begins with."""
    tags: dict[str, str] = words(language).tags
    what = change.change.replace(".", "_") if change.kind == "page" else change.change.partition(".")[2]
    return tags.get(what, tags["changed"])


def change_as_dict(change: Change) -> dict[str, Any]:
    """The public JSON form of a change; what only a recorded one has is None for one just compared.

    Times are ISO 8601 at +09:00, to the second.
    """
    recorded = change if isinstance(change, RecordedChange) else None
    return {
        "id": recorded.id if recorded else None,
        "page": recorded.page if recorded else None,
        "change": change.change,
        "also": list(change.also),
        "kind": change.kind,
        "key": change.key,
        "title": change.title,
        "path": list(change.path),
        "fields": list(change.fields),
        "flags": list(change.flags),
        "cause": change.cause,
        "before": change.before,
        "after": change.after,
        "last_seen_before": _iso(recorded.last_seen_before) if recorded else None,
        "detected_at": _iso(recorded.detected_at) if recorded else None,
        "snapshot_before": recorded.snapshot_before if recorded else None,
        "snapshot_after": recorded.snapshot_after if recorded else None,
        "summary_ja": summary(change, "ja"),
        "summary_en": summary(change, "en"),
        "url": change.url,
        "origin": recorded.origin if recorded else None,
        "superseded_by": recorded.superseded_by if recorded else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(TOKYO).isoformat(timespec="seconds") if at else None
