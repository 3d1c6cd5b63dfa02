"""Bodies at rest: each once, small, and every one as it came."""

import random
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from storage import bodies
from storage.bodies import MOST_STEPS, ThinnedError
from storage.errors import StorageError
from storage.tables import BODY

PAGE = random.Random(1).randbytes(10_000).hex().encode()


@pytest.fixture
def shelf(store):
    """Keeps bodies one after the other, each as what differs from the one before."""
    return Shelf(store)


class Shelf:
    def __init__(self, store):
        self.store = store
        self.last = None

    def keep(self, body):
        with self.store._database.writing() as connection:
            self.last = bodies.keep(connection, body, base=self.last)
        return self.last

    def load(self, body_id):
        with self.store._database.reading() as connection:
            return bodies.load(connection, body_id)

    def rows(self):
        with self.store._database.reading() as connection:
            return connection.execute(select(BODY).order_by(BODY.c.id)).all()

    def set(self, body_id, **values):
        with self.store._database.writing() as connection:
            connection.execute(update(BODY).where(BODY.c.id == body_id).values(**values))


def edited(number):
    """The page with another line in its middle."""
    return PAGE[:9000] + f"edition {number}".encode() + PAGE[9000:]


def test_every_body_of_many_comes_back_as_it_came(shelf):
    ids = [shelf.keep(edited(number)) for number in range(100)]

    assert [shelf.load(body_id) for body_id in ids] == [edited(number) for number in range(100)]


def test_no_body_needs_more_than_sixteen_steps(shelf):
    for number in range(100):
        shelf.keep(edited(number))
    base = {row.id: row.base_id for row in shelf.rows()}

    def steps(body_id):
        return 1 + steps(base[body_id]) if base[body_id] else 1

    assert max(map(steps, base)) == MOST_STEPS
    assert [row.steps for row in shelf.rows()] == list(map(steps, base))


def test_damage_to_one_body_reaches_61_at_most(shelf):
    for number in range(130):
        shelf.keep(edited(number))

    whole = [row.id for row in shelf.rows() if row.base_id is None]
    assert [later - earlier for earlier, later in pairwise(whole)] == [61, 61]


def test_an_edited_body_takes_a_hundredth_of_its_size(shelf):
    for number in range(3):
        shelf.keep(edited(number))

    assert max(len(row.data) for row in shelf.rows()[1:]) < len(PAGE) / 100


def test_a_large_body_edited_anywhere_takes_little(shelf):
    large = random.Random(2).randbytes(3_000_000)
    shelf.keep(large)
    moved = shelf.keep(large[1_500_000:] + b"edited" + large[:1_500_000])

    assert len(shelf.rows()[1].data) < 20_000
    assert shelf.load(moved) == large[1_500_000:] + b"edited" + large[:1_500_000]


def test_a_body_seen_again_is_not_stored_again(shelf):
    first = shelf.keep(edited(1))
    shelf.keep(edited(2))

    assert shelf.keep(edited(1)) == first
    assert len(shelf.rows()) == 2


@pytest.mark.parametrize("body", [b"", b"a", b"1234567", b"12345678"])
def test_a_body_of_a_few_bytes_can_be_a_base(shelf, body):
    shelf.keep(body)
    assert shelf.load(shelf.keep(body + b"and more")) == body + b"and more"


def test_a_run_that_ends_in_another_page_begins_a_keyframe(shelf):
    for number in range(MOST_STEPS):
        shelf.keep(edited(number) if number < 5 else PAGE[::-1] + str(number).encode())
    shelf.keep(PAGE[::-1] + b"the seventeenth")

    assert [row.id for row in shelf.rows() if row.base_id is None] == [1, 17]


def test_what_comes_new_does_not_suffer_by_a_damaged_base(shelf):
    shelf.set(shelf.keep(edited(1)), data=b"damaged")

    assert shelf.load(shelf.keep(edited(2))) == edited(2)


def test_a_base_of_other_bytes_is_noticed(shelf):
    first = shelf.keep(edited(1))
    second = shelf.keep(edited(2))
    # Decompressed it would be a page: another than was received.
    shelf.set(first, data=bodies.zstd.compress(edited(1).replace(b"a", b"b")))

    with pytest.raises(StorageError, match=f"body {second} is not what was stored"):
        shelf.load(second)


def test_a_base_that_leads_back_to_its_body_is_noticed(shelf):
    first = shelf.keep(edited(1))
    second = shelf.keep(edited(2))
    shelf.set(first, base_id=second, format=bodies.DELTA)

    with pytest.raises(StorageError, match="not what was stored"):
        shelf.load(second)


def test_a_thinned_body_says_so(shelf):
    body = shelf.keep(edited(1))
    shelf.set(body, format=bodies.THINNED, data=b"")

    with pytest.raises(ThinnedError, match=r"keep_bodies"):
        shelf.load(body)


def test_a_thinned_body_that_is_seen_again_is_whole_again(shelf):
    body = shelf.keep(edited(1))
    shelf.keep(edited(2))
    shelf.set(body, format=bodies.THINNED, data=b"")
    again = shelf.keep(edited(1))

    assert (again, shelf.load(again)) == (body, edited(1))


def test_a_body_of_a_newer_version_is_refused(shelf):
    body = shelf.keep(edited(1))
    shelf.set(body, format="brotli")

    with pytest.raises(StorageError, match="newer version"):
        shelf.load(body)
