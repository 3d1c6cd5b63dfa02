"""Packed JSON: what was stored by any version is read by every later one."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storage.packing import Pairs, pack, unpack

# Made once, and never to be made anew: databases hold such bytes.
OLDEST = bytes.fromhex("28b52ffd0000f50000287ce69f907d0880c0e3011be55640bb51c272cfd91db05df90f32865423")
RECORD = {
    "kind": "plan",
    "key": "導入計画|ローカル5G|某社",
    "path": ["認定"],
    "title": "某社",
    "closed": False,
    "note": None,
}

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters(exclude_categories=["Cs"])),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(some.characters(exclude_categories=["Cs"])), inner),
    max_leaves=10,
)


@given(JSON)
def test_what_is_packed_is_unpacked(value):
    assert unpack(pack(value)) == value


def test_what_the_first_version_packed_can_be_read():
    assert unpack(OLDEST) == RECORD


@pytest.mark.parametrize("damaged", [b"", b"[]", OLDEST[:-3], OLDEST[:12] + b"\xff" + OLDEST[13:]])
def test_what_is_not_packed_is_refused(damaged):
    with pytest.raises(ValueError):  # noqa: PT011  json's own or ours
        unpack(damaged)


ORDERS = some.lists(some.integers(1, 200), unique=True).map(lambda ids: [[row, place] for place, row in enumerate(ids)])


@given(ORDERS)
def test_an_order_is_kept(order):
    column = Pairs()
    assert column.process_result_value(column.process_bind_param(order, None), None) == order


def test_an_order_of_the_first_schema_is_read():
    assert Pairs().process_result_value([[7, 0], [9, 1]], None) == [[7, 0], [9, 1]]


def test_records_that_follow_each_other_are_kept_as_one_run():
    order = [[row, row - 1] for row in range(1, 90)]
    assert Pairs().process_bind_param(order, None) == [[1, 0, 89]]
