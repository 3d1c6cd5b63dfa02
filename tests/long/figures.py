"""What a soak came to: its figures, and what each must be."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.long.receivers import Step
from tests.long.site import FAILING, SUSPECT

MOST_GROWTH: Final = 0.05
"""By so much the mean memory of the last quarter may exceed that of the second."""

MOST_SLOPE: Final = 0.5
"""MiB a minute by which memory may grow over the second half (least squares)."""

MOST_SECONDS_TO_END: Final = 10.0
_CLOCKS: Final = 0.001  # seconds; the daemon's clock and the site's may differ by so much


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is soaked: every page is checked `every` seconds and amended once in five checks on average."""

    pages: int
    hosts: int
    seconds: float
    seed: int
    every: int = 60
    faults: float = 0.1
    min_interval: float = 0.1
    connections: int = 1
    timeout: float = 5.0
    retry_after: tuple[int, ...] = (2, 15)  # one is waited for, one is not
    sample_every: float = 10.0
    drain: float = 600.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What the daemon and the processes it started had at one moment; memory in MiB."""

    seconds: float
    daemon: float
    sandbox: float
    files: int
    threads: int


@dataclass(slots=True)
class Result:
    """What came of it; `missed` and `surplus` by who was to be told."""

    plan: Plan
    samples: list[Sample] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    steps: Counter[Step] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    missed: dict[str, Counter[Step]] = field(default_factory=dict)
    surplus: dict[str, Counter[Step]] = field(default_factory=dict)
    incidents: Counter[str] = field(default_factory=Counter)
    incidents_open: int = 0
    incidents_untold: int = 0
    told_twice: int = 0
    not_sent: int = 0
    drained: float | None = None
    ended: int | None = None
    seconds_to_end: float = 0.0
    cpu_seconds: float = 0.0
    database_mib: float = 0.0
    least_gap: float = 0.0
    most_open: int = 0
    most_of_a_page: int = 0
    too_early: int = 0
    alarms: list[str] = field(default_factory=list)
    doctor: str = ""
    doctor_status: int = 0

    @property
    def faulty(self) -> int:
        return sum(self.answers[fault] for fault in FAILING + SUSPECT)

    @property
    def slope(self) -> float:
        """MiB a minute, over the second half of the samples."""
        half = self.samples[len(self.samples) // 2 :]
        minutes = [sample.seconds / 60 for sample in half]
        return statistics.linear_regression(minutes, [sample.daemon for sample in half]).slope

    @property
    def growth(self) -> float:
        """The last quarter's mean memory by that of the second, less one."""
        quarter = len(self.samples) // 4
        second = statistics.mean(sample.daemon for sample in self.samples[quarter : 2 * quarter])
        return statistics.mean(sample.daemon for sample in self.samples[-quarter:]) / second - 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report; `wanted` says what the figure must be, empty where it is for information."""

    name: str
    value: str
    wanted: str = ""
    holds: bool = True


def figures(result: Result) -> list[Figure]:
    """The figures, and what each must be; those of memory only mean something after many minutes."""
    return [*_load(result), *_telling(result), *_manners(result), *_memory(result), *_ending(result)]


def _load(result: Result) -> list[Figure]:
    answered = result.answers.total()
    checks = result.outcomes.total()
    return [
        Figure("answers to requests for pages, before the end", f"{answered}"),
        Figure("of these faulty", f"{result.faulty} ({result.faulty / answered:.1%})", "> 0", result.faulty > 0),
        Figure("faults", ", ".join(f"{name} {result.answers[name]}" for name in FAILING + SUSPECT)),
        Figure("checks", f"{checks}"),
        Figure("outcomes", ", ".join(f"{name} {count}" for name, count in result.outcomes.most_common())),
        Figure("processor time a check", f"{result.cpu_seconds / checks * 1000:.1f} ms"),
        Figure("database", f"{result.database_mib:.1f} MiB"),
    ]


def _telling(result: Result) -> list[Figure]:
    true = result.steps.total()
    leaps = sum(count for step, count in result.steps.items() if step.after - step.before > 1)
    return [
        Figure("true changes", f"{true}, {leaps} of them of several amendments", "> 0", true > 0),
        *(
            Figure(
                f"told {who}",
                f"{result.told[who]} messages, {result.missed[who].total()} changes missed, "
                f"{result.surplus[who].total()} too many",
                "each once, nothing else",
                not result.missed[who] and not result.surplus[who],
            )
            for who in result.missed
        ),
        Figure("changes named twice to one address", f"{result.told_twice}", "0", result.told_twice == 0),
        Figure("messages not sent", f"{result.not_sent}", "0", result.not_sent == 0),
        Figure(
            "incidents",
            ", ".join(f"{kind} {count}" for kind, count in sorted(result.incidents.items())) or "none",
            "page.suspect, page.failing",
            set(result.incidents) <= {"page.suspect", "page.failing"},
        ),
        Figure("incidents still open", f"{result.incidents_open}", "0", result.incidents_open == 0),
        Figure("incidents not told once", f"{result.incidents_untold}", "0", result.incidents_untold == 0),
        Figure("told operator@example.jp", f"{result.told['operator@example.jp']} messages"),
    ]


def _manners(result: Result) -> list[Figure]:
    plan = result.plan
    return [
        Figure(
            "least gap between requests to a host",
            f"{result.least_gap:.4f} s",
            f">= {plan.min_interval} s",
            result.least_gap >= plan.min_interval - _CLOCKS,
        ),
        Figure(
            "most connections to a host",
            f"{result.most_open}",
            f"<= {plan.connections}",
            result.most_open <= plan.connections,
        ),
        Figure("most requests for a page at once", f"{result.most_of_a_page}", "1", result.most_of_a_page == 1),
        Figure("requests in a pause asked for", f"{result.too_early}", "0", result.too_early == 0),
    ]


def _memory(result: Result) -> list[Figure]:
    samples = result.samples
    if len(samples) < 20:  # too few to say anything
        return []
    half = samples[len(samples) // 2 :]
    return [
        Figure(
            "memory of the daemon, slope",
            f"{result.slope:+.3f} MiB/min",
            f"<= {MOST_SLOPE}",
            result.slope <= MOST_SLOPE,
        ),
        Figure(
            "memory of the daemon, last quarter to second",
            f"{result.growth:+.1%}",
            f"<= {MOST_GROWTH:.0%}",
            result.growth <= MOST_GROWTH,
        ),
        Figure(
            "memory of the daemon",
            f"first {samples[0].daemon:.1f}, most {max(sample.daemon for sample in samples):.1f}, "
            f"last {samples[-1].daemon:.1f} MiB",
        ),
        Figure(
            "memory of its sandbox",
            f"mean {statistics.mean(sample.sandbox for sample in half):.1f}, "
            f"most {max(sample.sandbox for sample in samples):.1f} MiB",
        ),
        Figure("most files open, second half", f"{max(sample.files for sample in half)}"),
        Figure("most threads, second half", f"{max(sample.threads for sample in half)}"),
    ]


def _ending(result: Result) -> list[Figure]:
    has_ended = result.ended == 0 and result.seconds_to_end < MOST_SECONDS_TO_END
    return [
        Figure(
            "until all was known and told",
            "never" if result.drained is None else f"{result.drained:.1f} s",
            f"<= {result.plan.drain:g} s",
            result.drained is not None,
        ),
        Figure(
            "end after SIGTERM",
            f"status {result.ended} after {result.seconds_to_end:.2f} s",
            f"0 within {MOST_SECONDS_TO_END:g} s",
            has_ended,
        ),
        Figure("alarms in the log", f"{len(result.alarms)}", "0", not result.alarms),
        Figure("status of doctor --deep", f"{result.doctor_status}", "0", result.doctor_status == 0),
    ]


def table(lines: Sequence[Figure]) -> str:
    """The figures for people, one a line, with ✗ before what is not as it must be."""
    width = max(len(line.name) for line in lines)
    return "\n".join(
        f"{' ' if line.holds else '✗'} {line.name:{width}}  {line.value}"
        + (f"   [{line.wanted}]" if line.wanted else "")
        for line in lines
    )
