"""Who may review: the password in, a cookie that proves it for a working day out; or a signed-on administrator.

Example: ``Reviewers("口令").admit("口令")`` returns a token; another password returns nothing.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Collection
from time import time

from starlette.requests import Request

from assistant.doors.limits import Pace
from assistant.doors.visitors import user_of

COOKIE = "policy_reviewer"
DAY_S = 12 * 3600


class Reviewers:
    """Knows the password and signs tokens with a key of this start; after a restart everybody signs in anew."""

    def __init__(self, password: str, admins: Collection[str] = (), clock: Callable[[], float] = time) -> None:
        """Take the names of the signed-on users who need no password."""
        self._password, self._admins, self._clock = password, admins, clock
        self._key = secrets.token_bytes(32)
        self._pace = Pace(burst=8, per_second=1 / 30)

    @property
    def has_password(self) -> bool:
        """Return whether a password opens the review."""
        return bool(self._password)

    def may_review(self, request: Request) -> bool:
        """Return whether whoever made ``request`` may review."""
        return user_of(request) in self._admins or self.knows(request.cookies.get(COOKIE, ""))

    def may_try(self, address: str) -> bool:
        """Return whether that address may try a password now, and count it."""
        return self._pace.allows(address)

    def admit(self, password: str) -> str:
        """Return a token for the right password, nothing for another, nothing where none is set."""
        right = bool(self._password) and hmac.compare_digest(password.encode(), self._password.encode())
        return self._signed(str(int(self._clock()) + DAY_S)) if right else ""

    def knows(self, token: str) -> bool:
        """Return whether ``token`` was given out at this start and still holds."""
        until, _, _ = token.partition(".")
        fits = hmac.compare_digest(token.encode(), self._signed(until).encode())
        return fits and until.isdigit() and int(until) > self._clock()

    def _signed(self, until: str) -> str:
        return f"{until}.{hmac.new(self._key, until.encode(), 'sha256').hexdigest()}"
