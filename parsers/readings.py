"""What a family's parser hands back."""

from dataclasses import dataclass, field

from parsers.records import ReadWarning, Record


@dataclass(slots=True)
class Reading:
    """The page's own title, its records in page order without keys, and what was not understood."""

    title: str
    records: list[Record] = field(default_factory=list)
    warnings: list[ReadWarning] = field(default_factory=list)
