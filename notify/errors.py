"""What can go wrong between a change and the person who should hear of it.

NotifyError
├── SendError        one attempt at one destination; may be worth another
└── TokenError       a link that we did not sign, or that was damaged on its way
    └── ExpiredTokenError  one that we signed, too long ago
"""

from parsers.errors import MonitorError


class NotifyError(MonitorError):
    """A message could not be composed, or a destination makes no sense."""


class SendError(NotifyError):
    """One attempt failed.

    `permanent` says that no later attempt can help; `bounced`, that nothing can be sent to this destination any more.
    `code` is the server's own code ("550") or a word ("connection", "timeout", "tls", "refused", …); it holds
    no secret and may be stored. `unreachable` says that the server itself is out of reach, so that its other messages
    need not be tried now.
    """

    def __init__(
        self,
        what: str,
        *,
        permanent: bool,
        code: str,
        unreachable: bool = False,
        where: str = "",
        why: str = "",
        todo: str = "",
    ) -> None:
        super().__init__(what, where=where, why=why, todo=todo)
        self.permanent = permanent
        self.code = code
        self.unreachable = unreachable
        self.bounced = False


class TokenError(NotifyError):
    """A token that is not one of ours."""


class ExpiredTokenError(TokenError):
    """A token of ours whose time is over."""
