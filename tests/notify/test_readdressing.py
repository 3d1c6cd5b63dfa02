"""What waits for an address that was corrected in the settings goes to the new one, once."""

from dataclasses import replace
from datetime import timedelta

from notify.dispatching import deliver
from notify.subscribers import Destination
from storage.observation import Draft, FrozenMessage, Notice, Window
from storage.owners import this_process
from tests.notify.test_delivering import (  # noqa: F401  (fixtures among them)
    START,
    Inbox,
    World,
    counts,
    inbox,
    store,
    subscriber,
    world,
)

Box = tuple[Inbox, int]


def corrected(world: World, *addresses: str) -> None:  # noqa: F811
    world.subscribers = [subscriber("desk", *addresses)]


def test_what_waits_for_a_wrong_address_goes_to_the_right_one(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "dsek@example.jp")
    world.change()
    corrected(world, "desk@example.jp")
    assert counts(world.deliver()) == (1, 0, 0, 0)
    assert inbox[0].recipients == ["desk@example.jp"]


def test_it_is_addressed_in_the_words_too(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "dsek@example.jp")
    world.change()
    inbox[0].answer = "451 later"
    world.deliver()
    inbox[0].answer = ""
    corrected(world, "desk@example.jp")
    world.clock.forward(minutes=5)
    world.deliver()
    (mail,) = inbox[0].mails
    assert (mail["To"], world.store.deliveries()[0].message_id) == ("desk@example.jp", mail["Message-ID"])


def test_an_address_that_has_it_already_does_not_get_it_twice(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "old@example.jp", "desk@example.jp")
    world.change()
    corrected(world, "desk@example.jp")
    assert counts(world.deliver()) == (1, 0, 0, 1)
    assert inbox[0].recipients == ["desk@example.jp"]


def test_of_two_addresses_the_one_that_is_new_gets_it(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "one@example.jp", "tow@example.jp")
    world.change()
    corrected(world, "one@example.jp", "two@example.jp")
    assert counts(world.deliver()) == (2, 0, 0, 0)
    assert sorted(inbox[0].recipients) == ["one@example.jp", "two@example.jp"]


def test_urgent_and_later_messages_of_one_check_both_go(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "dsek@example.jp")
    to = world.subscribers[0].destinations[0].id
    world.change()
    first = world.store.deliveries()[0].change_ids[0]
    world.change(3, route=lambda page, changes: [_draft(to, (first,)), _draft(to, (changes[0].id,))])
    corrected(world, "desk@example.jp")
    assert world.deliver().sent == 2
    assert {mail["X-Change-Id"] for mail in inbox[0].mails} == {"1", "2"}


def _draft(to: str, changes: tuple[int, ...], window: Window | None = None) -> Draft:
    return Draft(
        destination=to, subscriber="desk", channel="subscriber", change_ids=changes, language="ja", window=window
    )


def test_a_digest_where_there_is_one_already_goes_by_itself(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "dsek@example.jp")
    wrong = world.subscribers[0].destinations[0].id
    window = Window(after=START - timedelta(days=1), until=START + timedelta(hours=1))
    world.change(2, route=lambda page, changes: [_draft(wrong, (changes[0].id,), window)])
    corrected(world, "desk@example.jp")
    right = world.subscribers[0].destinations[0].id
    world.change(3, route=lambda page, changes: [_draft(right, (changes[0].id,), window)])
    world.clock.forward(hours=2)
    assert world.deliver().sent == 2
    assert {mail["X-Change-Id"] for mail in inbox[0].mails} == {"1", "2"}


def test_a_quiet_weeks_digest_is_not_told_twice(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "old@example.jp", "desk@example.jp")
    window = Window(after=START - timedelta(days=7), until=START + timedelta(hours=1))
    drafts = [_draft(item.id, (), window) for item in world.subscribers[0].destinations]
    world.store.open_digests(drafts, START)
    corrected(world, "desk@example.jp")
    world.clock.forward(hours=2)
    assert counts(world.deliver()) == (1, 0, 0, 1)


def test_who_has_unsubscribed_is_not_told_at_another_address(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "left@example.jp", "desk@example.jp")
    left, kept = world.subscribers[0].destinations
    world.change(2, route=lambda page, changes: [_draft(left.id, (changes[0].id,))])
    context = replace(world.context(), destinations={kept.id: kept})
    assert context.heirs(world.store.deliveries()[0]) == []


def test_a_notice_goes_to_the_operators_new_address(world: World, inbox: Box) -> None:  # noqa: F811
    world.operator = subscriber("operator", "ops@example.jp")
    message = FrozenMessage(subject="s", text="t", html=None)
    notice = Notice(
        destination=Destination.of("operator", "osp@example.jp", "").id,
        subscriber="operator",
        language="ja",
        message=message,
    )
    world.store.condition("disk.full", "full", START, lambda *_: [notice])
    assert world.deliver().sent == 1
    assert (inbox[0].recipients, inbox[0].mails[0]["Subject"]) == (["ops@example.jp"], "s")


def test_what_waits_for_a_subscriber_goes_to_the_same_address_under_its_new_name(
    world: World,  # noqa: F811
    inbox: Box,  # noqa: F811
) -> None:
    world.subscribe("田中", "desk@example.jp")
    world.change()
    world.subscribers = [subscriber("田中一郎", "desk@example.jp")]
    assert counts(world.deliver()) == (1, 0, 0, 0)
    assert (inbox[0].recipients, world.store.deliveries()[0].subscriber) == (["desk@example.jp"], "田中一郎")


def test_where_a_name_passes_to_somebody_else_each_address_gets_what_was_for_it(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("lead", "x@example.jp")
    world.subscribe("deputy", "y@example.jp")
    world.change()
    world.subscribers = [subscriber("advisor", "x@example.jp"), subscriber("lead", "y@example.jp")]
    assert counts(world.deliver()) == (2, 0, 0, 0)
    assert sorted(inbox[0].recipients) == ["x@example.jp", "y@example.jp"]


def test_who_is_no_subscriber_any_more_is_told_nothing(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.change()
    world.subscribers = [subscriber("other", "other@example.jp")]
    assert counts(world.deliver()) == (0, 0, 0, 1)


def test_what_was_written_later_for_whom_this_process_does_not_know_is_left_to_others(
    world: World,  # noqa: F811
    inbox: Box,  # noqa: F811
) -> None:
    known_at = world.clock()
    world.clock.forward(minutes=1)
    world.subscribe("new", "new@example.jp")
    world.change()
    known, world.subscribers = world.subscribers, [subscriber("old", "old@example.jp")]
    context = replace(world.context(), known_at=known_at)
    assert counts(deliver(world.store, context, clock=world.clock, owner=this_process())) == (0, 0, 0, 0)
    world.subscribers = known
    assert counts(world.deliver()) == (1, 0, 0, 0)


def test_what_waits_is_told_in_the_language_of_now(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.change()
    world.subscribers = [replace(world.subscribers[0], language="en")]
    world.deliver()
    assert inbox[0].mails[0]["Subject"].startswith("[Amended]")


def test_it_goes_where_words_are_of_another_kind(world: World, inbox: Box, httpserver) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    httpserver.expect_request("/hook").respond_with_data("ok")
    world.subscribe("desk", "dsek@example.jp")
    world.change()
    inbox[0].answer = "451 later"
    world.deliver()
    corrected(world, f"json://127.0.0.1:{httpserver.port}/hook")
    world.clock.forward(minutes=5)
    assert world.deliver().sent == 1
    assert "富士通" in httpserver.log[0][0].get_json()["message"]
