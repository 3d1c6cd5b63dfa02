"""`reparse`, by the installed command: what was told and never was is taken back, once."""

from email.message import EmailMessage

import pytest

from tests.end_to_end.conftest import PAGE, Desk, MailBox, Site, amended

COUNTER = '<p class="counter">ご覧になった方は{}人です。</p>'
PLACE = "<h2>概要</h2>"


def counted(body: bytes, visitors: int) -> bytes:
    text = body.decode()
    assert text.count(PLACE) == 1
    return text.replace(PLACE, PLACE + COUNTER.format(visitors)).encode()


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def misled(watching: Desk, site: Site, mailbox: MailBox) -> Desk:
    """A desk that was told of a counter, and then of a true change, and now ignores the counter."""
    with mailbox.open():
        for body in (counted(PAGE.read_bytes(), 1), counted(PAGE.read_bytes(), 2), amended("令和7年2月3日変更")):
            site.body = body if b"counter" in body else counted(body, 2)
            assert watching.run("check").status == 0
    assert len(mailbox.received) == 2
    mailbox.received.clear()
    config = (watching.folder / "config.toml").read_text(encoding="utf-8")
    watching.configure(config.replace('id = "ict"', 'id = "ict"\nignore = [".counter"]'))
    return watching


def test_who_was_told_of_a_change_that_never_was_is_told_so_once(misled: Desk, mailbox: MailBox) -> None:
    with mailbox.open():
        first = misled.run("reparse", "--json")
        again = misled.run("reparse")
    assert (first.status, again.status) == (0, 0)
    (page,) = first.json["pages"]
    assert (page["versions"], page["corrected"], len(page["superseded"]), page["messages"]) == (3, 3, 1, 1)
    (mail,) = mailbox.received
    assert mail["Subject"].startswith("【訂正】")
    assert "そのような変更はありませんでした" in text_of(mail)


def test_a_true_change_stands(misled: Desk, mailbox: MailBox) -> None:
    with mailbox.open():
        misled.run("reparse")
    changes = misled.run("changes", "--json").json["changes"]
    standing = [change["change"] for change in changes if change["superseded_by"] is None]
    assert standing == ["plan.amended", "text.corrected"]


def test_history_says_that_it_is_as_the_parser_reads_it(misled: Desk, mailbox: MailBox) -> None:
    before = misled.run("records", "ict", "--kind", "text", "--json").json["records"]
    key = next(record["key"] for record in before if "ご覧になった方" in record["text"])
    with mailbox.open():
        misled.run("reparse")
    after = misled.run("history", "ict", f"text:{key}", "--json").json["versions"]
    assert [(version["origin"], "ご覧" in version["record"]["text"]) for version in after] == [("parser", False)]


def test_the_check_after_it_finds_nothing_new(misled: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        misled.run("reparse")
        site.body = counted(amended("令和7年2月3日変更"), 3)
        ended = misled.run("check", "--json")
    assert [page["outcome"] for page in ended.json["pages"]] == ["unchanged"]


def test_a_page_that_is_not_there_is_named(watching: Desk) -> None:
    watching.run("check")
    ended = watching.run("reparse", "itc")
    assert ended.status == 2
    assert "Did you mean ict?" in ended.err


def test_a_check_after_a_change_of_settings_tells_only_what_truly_changed(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        site.body = counted(PAGE.read_bytes(), 1)
        watching.run("check")
        config = (watching.folder / "config.toml").read_text(encoding="utf-8")
        watching.configure(config.replace('id = "ict"', 'id = "ict"\nignore = [".counter"]'))
        site.body = counted(amended("令和7年2月3日変更"), 2)
        ended = watching.run("check", "--json")
    (page,) = ended.json["pages"]
    assert [change["change"] for change in page["changes"]] == ["plan.amended"]


def test_a_plan_that_another_setting_reads_as_a_document_is_not_taken_back(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        watching.run("check")
        site.body = amended("令和7年2月3日変更")
        watching.run("check")
        mailbox.received.clear()
        config = (watching.folder / "config.toml").read_text(encoding="utf-8")
        watching.configure(config.replace('id = "ict"', 'id = "ict"\nselect = "ul.programmes"'))
        assert watching.run("reparse").status == 0
    assert mailbox.received == []


def test_evidence_is_refused_where_the_bodies_do_not_show_the_change(misled: Desk) -> None:
    changes = misled.run("changes", "--json").json["changes"]
    ended = [misled.run("evidence", str(change["id"])) for change in changes]
    assert [(end.status, "do not show" in end.err) for end in ended] == [(2, True), (0, False)]
