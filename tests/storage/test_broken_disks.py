"""A full disk, a disk that cannot be written, a file cut off: said in a line, nothing lost, nothing doubled."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from storage import backup
from storage.errors import StorageError
from storage.store import Store
from tests.storage.conftest import Site
from tests.storage.test_upgrade import filled_file


class Disk:
    """A file system of two megabytes."""

    def __init__(self, folder):
        self.folder = folder
        self.filler = folder / "filler"
        self.file = folder / "monitor.db"
        self.url = f"sqlite:///{self.file}"

    def fill(self):
        """Leave no byte."""
        with self.filler.open("wb", buffering=0) as filler:
            for size in (65536, 512, 1):
                try:
                    while True:
                        filler.write(bytes(size))
                except OSError:
                    continue

    def make_room(self):
        self.filler.unlink()

    def forbid_writing(self):
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "none", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a file system cannot be mounted here: {mounted.stderr.decode().strip()}")
    yield Disk(folder)
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def there(disk):
    """The page under watch, its database on the small disk."""
    with Store.open(disk.url) as store:
        there = Site(store)
        there.shows(there.plan("富士通"))
        yield there


def said(work):
    with pytest.raises(StorageError) as caught:
        work()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def crowd(site):
    """A page that takes more room than a log has at hand."""
    return [site.plan("富士通"), *(site.document(f"様式{n}", f"https://a.example/{n}") for n in range(400))]


# Full


def test_a_check_on_a_full_disk_is_refused_in_a_clear_line(disk, there):
    disk.fill()
    line = said(lambda: there.shows(*crowd(there)))

    assert str(disk.file) in line
    assert "the disk is full" in line
    assert "Make room" in line


def test_a_full_disk_loses_nothing_and_doubles_nothing(disk, there):
    before = there.store.states(), there.store.records(there.id)
    disk.fill()
    said(lambda: there.shows(*crowd(there)))
    assert (there.store.states(), there.store.records(there.id)) == before
    disk.make_room()
    saved = there.shows(*crowd(there))
    again = there.shows(*crowd(there))

    assert (len(saved.changes), again.outcome) == (400, "unchanged")
    assert [delivery.change_ids for delivery in there.store.deliveries()] == [
        tuple(change.id for change in there.store.changes())
    ]
    assert there.store.verify().flaws == []


def test_a_full_disk_can_be_read(disk, there):
    disk.fill()
    with Store.open(disk.url, migrate=False) as store:
        assert [record.title for record in store.records(there.id)] == ["富士通"]


def test_a_new_database_on_a_full_disk_is_said_and_made_later(disk):
    disk.fill()
    assert "the disk is full" in said(lambda: Store.open(disk.url))
    disk.make_room()
    with Store.open(disk.url) as store:
        assert store.states() == []


def test_a_migration_without_room_for_its_copy_changes_nothing(disk):
    filled_file(disk.file, "0001")
    before = disk.file.read_bytes()
    disk.fill()
    line = said(lambda: Store.open(disk.url))
    assert "the disk is full" in line
    disk.make_room()

    assert disk.file.read_bytes() == before
    assert [path.name for path in disk.folder.iterdir() if path.suffix in (".bak", ".partial")] == []
    with Store.open(disk.url) as store:
        assert store.verify().flaws == []


def test_a_copy_without_room_leaves_the_older_copy(disk, there):
    backup.backup(disk.url, disk.folder / "copy.db")
    older = (disk.folder / "copy.db").read_bytes()
    there.shows(*crowd(there))
    disk.fill()
    assert "the disk is full" in said(lambda: backup.backup(disk.url, disk.folder / "copy.db"))

    assert (disk.folder / "copy.db").read_bytes() == older
    assert [path.name for path in disk.folder.iterdir() if "partial" in path.name] == []


# Read-only


@pytest.fixture
def read_only(disk):
    """A database with one version on a disk that has become read-only."""
    with Store.open(disk.url) as store:
        site = Site(store)
        site.shows(site.plan("富士通"))
    disk.forbid_writing()
    return disk


def test_a_database_that_cannot_be_written_is_refused_in_a_clear_line(read_only):
    def check():
        with Store.open(read_only.url) as store:
            Site(store).is_not_modified()

    line = said(check)
    assert str(read_only.file) in line
    assert "cannot be" in line


def test_a_database_that_cannot_be_written_is_as_it_was(read_only, tmp_path):
    before = read_only.file.read_bytes()
    said(lambda: Site(Store.open(read_only.url)).is_not_modified())

    assert read_only.file.read_bytes() == before
    shutil.copy(read_only.file, tmp_path / "copy.db")
    with Store.open(f"sqlite:///{tmp_path / 'copy.db'}") as store:
        assert [record.title for record in store.records(Site.id)] == ["富士通"]


# Cut off


@pytest.fixture
def whole(url, file):
    """The bytes of a database with some hundred records."""
    with Store.open(url) as store:
        site = Site(store)
        site.shows(*crowd(site))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("share", "rest"), [(0.99, 0), (0.5, 0), (0.5, 1234), (0.1, 0), (0.1, 1234), (0.03, 0), (0.03, 1234)]
)
def test_a_database_cut_off_is_refused_and_left_as_it_is(whole, url, file, share, rest):
    file.write_bytes(whole[: int(len(whole) * share) // 4096 * 4096 + rest])
    cut = file.read_bytes()

    def check():
        with Store.open(url) as store:
            Site(store).is_not_modified()

    line = said(check)
    assert "damaged" in line
    assert "Restore a backup" in line
    assert file.read_bytes() == cut


def test_a_database_cut_off_is_not_copied(whole, url, file, tmp_path):
    file.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in said(lambda: backup.backup(url, tmp_path / "copy.db"))
    assert not (tmp_path / "copy.db").exists()
