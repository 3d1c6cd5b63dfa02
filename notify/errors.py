"""What can go wrong between a change and the person who should hear of it.

NotifyError
└── SendError    one attempt at one destination; may be worth another
"""

from parsers.errors import MonitorError


class NotifyError(MonitorError):
    """A message could not be composed, or a destination makes no sense."""


class SendError(NotifyError):
    """One attempt failed.

    `permanent` says that no later attempt can help. `code` is the server's own code ("550") or a word
    ("connection", "timeout", "tls", "auth", "refused", …); it holds no secret and may be stored.
    `unreachable` says that the server itself is out of reach, so that its other messages need not be tried now.
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
