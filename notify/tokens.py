"""Signed links: who holds one may do what it says to one destination, and nothing else.

A token names the destination by its id, never by its address, and is kept nowhere: the secret of [web] alone tells
a true one. Whoever changes the secret makes every link that was sent void.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer

from notify.errors import ExpiredTokenError, NotifyError, TokenError

OPT_IN_LASTS: Final = timedelta(hours=48)
_SIGNING: Final = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class Signer:
    """Writes and reads tokens; those of one purpose are worth nothing for another."""

    def __init__(self, secret: str) -> None:
        """Raises NotifyError for an empty secret."""
        if not secret:
            raise NotifyError("links cannot be signed without a secret", todo="Set secret in [web]")
        self._secret = secret
        self._unsubscribing = URLSafeSerializer(secret, salt="unsubscribe", signer_kwargs=_SIGNING)

    def unsubscribe(self, destination_id: str) -> str:
        """A token to unsubscribe this destination with: the same whenever it is written, and for ever good."""
        return self._unsubscribing.dumps(destination_id)

    def read_unsubscribe(self, token: str) -> str:
        """The destination's id. Raises TokenError."""
        return _read(self._unsubscribing.loads, token)

    def opt_in(self, destination_id: str, now: datetime) -> str:
        """A token to confirm this destination with, good for `OPT_IN_LASTS`; `now` is aware."""
        return self._opting_in(now).dumps(destination_id)

    def read_opt_in(self, token: str, now: datetime) -> str:
        """The destination's id. Raises TokenError, of a token that is too old ExpiredTokenError."""
        lasts = int(OPT_IN_LASTS.total_seconds())
        return _read(lambda signed: self._opting_in(now).loads(signed, max_age=lasts), token)

    def _opting_in(self, now: datetime) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._secret, salt="opt-in", signer=_Dated, signer_kwargs={**_SIGNING, "now": int(now.timestamp())}
        )


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the web page that take tokens; `base` is where it stands, as others see it."""

    base: str
    signer: Signer

    def unsubscribe(self, destination_id: str) -> str:
        """Where one POST unsubscribes the destination (RFC 8058)."""
        return f"{self.base.rstrip('/')}/unsubscribe/{self.signer.unsubscribe(destination_id)}"


class _Dated(TimestampSigner):
    """A signer to whom the time is told."""

    def __init__(self, *arguments: Any, now: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._now = now

    def get_timestamp(self) -> int:
        return self._now


def _read(load: Callable[[str], Any], token: str) -> str:
    try:
        found = load(token)
    except SignatureExpired as error:
        raise ExpiredTokenError("the link is too old", todo="Ask for a new one") from error
    except BadData as error:
        raise TokenError("the link is not one of ours, or a part of it is missing", todo="Copy it whole") from error
    if not isinstance(found, str):
        raise TokenError("the link is not one of ours")
    return found
