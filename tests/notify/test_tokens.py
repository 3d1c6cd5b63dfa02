"""Signed links: only ours are taken, each only for what it was written for."""

import base64
import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.errors import ExpiredTokenError, NotifyError, TokenError
from notify.tokens import OPT_IN_LASTS, Signer

NOW = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
DESK = "総務課#0a1b2c3d"


@pytest.fixture
def signer() -> Signer:
    return Signer("a long secret of this installation")


def test_a_token_leads_back_to_its_destination(signer: Signer) -> None:
    assert signer.read_unsubscribe(signer.unsubscribe(DESK)) == DESK
    assert signer.read_opt_in(signer.opt_in(DESK, NOW), NOW) == DESK


@given(st.text(min_size=1))
def test_a_token_can_stand_in_an_address(destination: str) -> None:
    unreserved = set(string.ascii_letters + string.digits + "-._~")  # RFC 3986, 2.3
    signer = Signer("secret")
    assert set(signer.unsubscribe(destination) + signer.opt_in(destination, NOW)) <= unreserved


def test_the_token_to_unsubscribe_is_the_same_in_every_message(signer: Signer) -> None:
    assert signer.unsubscribe(DESK) == Signer("a long secret of this installation").unsubscribe(DESK)


def test_a_token_with_any_character_changed_is_refused(signer: Signer) -> None:
    token = signer.unsubscribe("desk#1")
    signed = token.rstrip(token[-1])  # the last character holds bits that mean nothing
    for place in range(len(signed)):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(TokenError):
            signer.read_unsubscribe(token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize(
    "token", ["", ".", "x", "\x00", "日本", "a.b.c", "." * 5000, base64.b64encode(b'"desk#1"').decode()]
)
def test_what_is_no_token_is_refused(token: str, signer: Signer) -> None:
    with pytest.raises(TokenError):
        signer.read_unsubscribe(token)
    with pytest.raises(TokenError):
        signer.read_opt_in(token, NOW)


def test_a_token_of_another_secret_is_refused(signer: Signer) -> None:
    with pytest.raises(TokenError):
        signer.read_unsubscribe(Signer("another").unsubscribe(DESK))


def test_a_token_of_one_purpose_is_worth_nothing_for_another(signer: Signer) -> None:
    with pytest.raises(TokenError):
        signer.read_opt_in(signer.unsubscribe(DESK), NOW)
    with pytest.raises(TokenError):
        signer.read_unsubscribe(signer.opt_in(DESK, NOW))


def test_a_confirmation_is_good_for_its_time_and_no_longer(signer: Signer) -> None:
    token = signer.opt_in(DESK, NOW)
    assert signer.read_opt_in(token, NOW + OPT_IN_LASTS) == DESK
    with pytest.raises(ExpiredTokenError):
        signer.read_opt_in(token, NOW + OPT_IN_LASTS + timedelta(seconds=1))


def test_an_old_forgery_is_a_forgery(signer: Signer) -> None:
    forged = Signer("another").opt_in(DESK, NOW - timedelta(days=30))
    with pytest.raises(TokenError) as caught:
        signer.read_opt_in(forged, NOW)
    assert not isinstance(caught.value, ExpiredTokenError)


def test_an_error_does_not_show_the_token(signer: Signer) -> None:
    token = Signer("another").unsubscribe(DESK)
    with pytest.raises(TokenError) as caught:
        signer.read_unsubscribe(token)
    assert token not in str(caught.value)


def test_nothing_is_signed_with_an_empty_secret() -> None:
    with pytest.raises(NotifyError, match="without a secret"):
        Signer("")
