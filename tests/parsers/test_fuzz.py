"""The first few hundred pages of the fuzzer; the long run is `python tests/long/fuzz_parsing.py --minutes 20`."""

import importlib.util
from itertools import islice
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[1] / "long" / "fuzz_parsing.py"
SPEC = importlib.util.spec_from_file_location("fuzz_parsing", PATH)
assert SPEC is not None
assert SPEC.loader is not None
fuzz = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fuzz)


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_pages_are_read_or_refused(seed: int) -> None:
    outcomes = {fuzz.outcome(page) for page in islice(fuzz.pages(seed), 150)}
    assert {"read", "undecodable"} <= outcomes
