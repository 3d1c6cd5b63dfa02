"""PostgreSQL: what can be wrong with a server, and in which words; what its engine alone must hold."""

import json
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from storage.errors import StorageError
from storage.migrations import HEAD
from storage.store import Store

SECRET = "hunter2"
DESK = "desk_of_the_tests"


def refused(url, **options):
    with pytest.raises(StorageError) as caught:
        Store.open(url, **options)
    return in_one_line(caught.value)


def in_one_line(error):
    assert "\n" not in str(error)
    assert SECRET not in str(error)
    return str(error)


@pytest.fixture(scope="module")
def desk(server):
    """A user who must give a password and may do nothing."""
    rules = server.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all {DESK} scram-sha-256\n{before}")
    server.execute(f"CREATE ROLE {DESK} LOGIN PASSWORD '{SECRET}'", "SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while "password" not in refused(server.url(user=DESK)) and time.monotonic() < deadline:
        time.sleep(0.02)
    yield DESK
    rules.write_text(before)
    server.execute(f"DROP ROLE {DESK}", "SELECT pg_reload_conf()")


@pytest.fixture
def mine(server):
    """The URL of an empty schema."""
    yield server.fresh()
    server.forget()


@pytest.fixture
def opened(mine):
    with Store.open(mine) as store:
        yield store


# Opening


def test_a_url_may_or_may_not_name_the_driver(mine):
    Store.open(mine).close()
    with Store.open(mine.replace("postgresql:", "postgresql+psycopg:"), migrate=False) as store:
        assert store.states() == []


def test_a_wrong_password_is_said(server, desk):
    wrong = server.url(user=f"{desk}:wrong{SECRET}")
    assert "refuses the password" in refused(wrong)
    assert "refuses the password" in refused(server.url(user=desk))


def test_a_password_with_an_at_sign_is_not_shown_as_part_of_the_host():
    assert "%40" in refused(f"postgresql://monitor:pass@{SECRET}@db.example/monitor")


def test_a_password_among_the_options_is_not_shown():
    assert "no database server answers" in refused(f"postgresql://monitor@127.0.0.1:1/x?password={SECRET}")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (f"postgresql://monitor:{SECRET}@no-such-host.invalid/monitor", "host of the database is unknown"),
        (f"postgresql://monitor:{SECRET}@127.0.0.1:1/monitor", "no database server answers"),
        (f"postgresql://monitor:{SECRET}@/monitor?host=/no/such/folder", "no database server answers"),
    ],
)
def test_a_server_that_is_not_there_is_said(url, said):
    assert said in refused(url)


def test_a_missing_database_is_said(server):
    message = refused(server.url(database="no_such_database"))
    assert "the database does not exist" in message
    assert "createdb" in message


def test_an_unknown_user_is_said(server):
    assert "refuses the user" in refused(server.url(user="nobody_at_all"))


def test_a_user_who_may_make_no_tables_is_told(server, desk):
    assert "lacks a right" in refused(server.url(user=f"{desk}:{SECRET}"))


def test_a_missing_schema_is_said(server):
    assert "the schema does not exist" in refused(server.url(options="-csearch_path=no_such_schema"))


def test_an_unknown_option_is_said(server):
    assert "has an option" in refused(server.url(nonsense="1"))


def test_a_server_that_takes_no_more_connections_is_said(server, desk):
    server.execute(f"ALTER ROLE {desk} CONNECTION LIMIT 0")
    try:
        assert "takes no more connections" in refused(server.url(user=f"{desk}:{SECRET}"))
    finally:
        server.execute(f"ALTER ROLE {desk} CONNECTION LIMIT -1")


def test_a_missing_driver_is_said():
    code = f"""
import sys
sys.modules["psycopg"] = None
from storage.store import Store
try:
    Store.open("postgresql://monitor:{SECRET}@db.example/monitor")
except Exception as error:
    print(type(error).__name__, error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("StorageError")
    assert "pip install 'ministry-monitor[postgres]'" in in_one_line(done.stdout.rstrip("\n"))


def test_another_programs_tables_are_refused_and_left_alone(server, mine):
    server.execute("CREATE TABLE bookmarks (id int)", url=mine)

    assert "another program" in refused(mine)
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    assert server.execute(tables, url=mine) == [("bookmarks",)]


@pytest.mark.parametrize("migrate", [True, False])
def test_a_newer_schema_is_refused_and_left_alone(server, mine, migrate):
    Store.open(mine).close()
    server.execute("UPDATE alembic_version SET version_num = '9999'", url=mine)

    assert "9999" in refused(mine, migrate=migrate)
    assert server.execute("SELECT version_num FROM alembic_version", url=mine) == [("9999",)]


def test_an_empty_database_is_not_filled_unless_asked(server, mine):
    assert HEAD in refused(mine, migrate=False)
    assert server.execute("SELECT to_regclass('page')", url=mine) == [(None,)]


def test_threads_that_open_a_new_database_at_once_make_its_tables_once(mine):
    errors = []

    def run():
        try:
            Store.open(mine).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


# At work


def test_times_are_told_in_utc_whatever_the_zone_of_the_server(server, mine, site_on):
    server.execute("ALTER ROLE postgres SET timezone = 'Asia/Tokyo'")
    try:
        with Store.open(mine) as store:
            site = site_on(store)
            at = site.now
            site.shows(site.plan("富士通"))
            assert site.state().last_check == at
            assert site.state().last_check.utcoffset().total_seconds() == 0
    finally:
        server.execute("ALTER ROLE postgres RESET timezone")


@pytest.fixture
def site_on():
    from tests.storage.conftest import Site  # noqa: PLC0415

    return Site


def test_a_reader_keeps_the_state_it_first_saw(opened, site_on):
    site = site_on(opened)
    site.shows(site.plan("富士通"))
    with opened._database.reading() as connection:
        before = connection.execute(text("SELECT version FROM page")).scalar()
        site.shows(site.plan("日本電気"))
        assert connection.execute(text("SELECT version FROM page")).scalar() == before


def test_a_read_transaction_writes_nothing(opened):
    with pytest.raises(StorageError, match="cannot be written"), opened._database.reading() as connection:
        connection.execute(text("DELETE FROM page"))


def test_a_server_that_ends_the_connection_inside_a_transaction_leaves_nothing_stored(server, opened, site_on):
    site = site_on(opened)
    site.shows(site.plan("富士通"))
    pids = "SELECT pid FROM pg_stat_activity WHERE application_name = 'ministry-monitor'"

    def cut(page, changes):
        server.execute(f"SELECT pg_terminate_backend(pid) FROM ({pids}) AS open")
        return []

    route, site.route = site.route, cut
    with pytest.raises(StorageError, match="connection to the database server was lost") as caught:
        site.shows(site.plan("日本電気"))
    in_one_line(caught.value)

    site.route = route
    assert (list(opened.changes()), [r.title for r in opened.records(site.id)]) == ([], ["富士通"])
    assert len(site.shows(site.plan("日本電気")).changes) == 2


def test_a_server_stopped_inside_a_transaction_and_started_again_is_used_again(server, opened, site_on):
    site = site_on(opened)
    site.shows(site.plan("富士通"))

    def stop(page, changes):
        server.stop()
        return []

    route, site.route = site.route, stop
    try:
        with pytest.raises(StorageError) as stopped:
            site.shows(site.plan("日本電気"))
        with pytest.raises(StorageError) as away:
            opened.states()
    finally:
        server.start()

    assert "was lost" in in_one_line(stopped.value)
    assert "no database server answers" in in_one_line(away.value)
    site.route = route
    assert [state.record_count for state in opened.states()] == [1]
    assert len(site.shows(site.plan("日本電気")).changes) == 2


def test_who_waits_too_long_for_a_page_is_told_and_stores_nothing(mine, opened, site_on):
    site_on(opened).shows(site_on.plan("富士通"))
    impatient = mine.replace("options=-c", "options=-clock_timeout%3D50%20-c")
    with Store.open(impatient) as other, opened._database.writing() as connection:
        connection.execute(text("SELECT 1 FROM page FOR UPDATE"))
        with pytest.raises(StorageError, match="stays locked"):
            site_on(other).shows(site_on.plan("日本電気"))

    assert [record.title for record in opened.records(site_on.id)] == ["富士通"]


def test_a_claim_passes_by_what_another_is_about_to_take(opened, site_on):
    site = site_on(opened)
    for companies in (["富士通"], ["日本電気"], ["富士通"]):
        site.shows(*map(site.plan, companies))
    with opened._database.writing() as connection:
        connection.execute(text("SELECT 1 FROM delivery WHERE id = 1 FOR UPDATE"))
        lease = site.now - site.now
        assert opened.claim(site.now, "a/1/1.00", lease=lease).id == 2


def test_ids_of_changes_are_given_in_the_order_in_which_they_can_be_seen(mine, opened, site_on):
    """A later id is not seen before an earlier one, so that who has read up to an id has missed nothing."""
    pages = [site_on(opened), site_on(opened)]
    pages[1].id = "other"
    for site in pages:
        site.shows(site.plan("富士通"))
    thread = threading.Thread(target=lambda: pages[1].shows(pages[1].plan("ノキア")))
    seen = []

    def meanwhile(page, changes):
        thread.start()
        # Long enough for the other check to be done, if nothing held it.
        thread.join(0.5)
        seen.extend(opened.changes())
        return []

    pages[0].route = meanwhile
    pages[0].shows(pages[0].plan("日本電気"))
    thread.join()

    assert seen == []
    assert [change.page for change in opened.changes()] == ["support"] * 2 + ["other"] * 2


def test_ids_and_order_are_those_of_the_other_engine(opened, tmp_path, site_on):
    """The same life of a page, once on each engine, read back word for word."""
    told = []
    with Store.open(f"sqlite:///{tmp_path / 'monitor.db'}") as sqlite:
        for store in (sqlite, opened):
            site = site_on(store)
            site.shows(site.plan("富士通"), site.document("様式"), site.programme("税制", "本文 100%"))
            site.shows(
                site.plan("富士通", "令和6年1月23日変更", "2024-01-23"), site.document("様式", "https://a.example/b")
            )
            site.looks_wrong(headers=(("Content-Type", "text/html"), ("X-Name", "値")))
            site.fails()
            site.fails()
            site.later(microseconds=1)
            site.shows(site.document("様式"), site.plan("ノキア"), site.plan("富士通"))
            told.append(
                (
                    store.states(),
                    store.records(site.id),
                    list(store.changes(include_operators=True)),
                    [store.history(site.id, "plan", record.key) for record in store.records(site.id, kind="plan")],
                    store.incidents(open_only=False),
                    store.deliveries(),
                    store.last_good_body(site.id),
                )
            )
    assert told[0] == told[1]
    assert json.loads(json.dumps(told[1][2][0].before)) == told[0][2][0].before
