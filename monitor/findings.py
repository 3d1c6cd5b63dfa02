"""What `doctor` says of one thing it looked at."""

from dataclasses import asdict, dataclass
from typing import Final, Literal

_MARKS: Final = {"ok": "✓", "note": "·", "wrong": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `found` says how it stands, `todo` what to do about it where something is amiss."""

    level: Literal["ok", "note", "wrong"]
    what: str
    found: str
    todo: str = ""

    @property
    def mark(self) -> str:
        return _MARKS[self.level]

    @property
    def is_wrong(self) -> bool:
        return self.level == "wrong"

    def as_dict(self) -> dict[str, str]:
        return asdict(self)
