"""Talking to a newsletter tool's API, and what its silence or its status means for an issue."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx

from feeds.delivery.secrets import hide_secret
from feeds.errors import PermanentError, TemporaryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOO_MANY, UNAVAILABLE, SERVER_ERROR = 429, 503, 500
TIMEOUT_STATUS = 408
REFUSED_TOKEN = frozenset({401, 403})
LONGEST_ANSWER = 300


class AnsweredError(PermanentError):
    """Raised when the tool said no. `status` is HTTP's; `text` is what it said."""

    def __init__(self, message: str, *, status: int, text: str) -> None:
        super().__init__(message)
        self.status = status
        self.text = text


@contextlib.contextmanager
def faults_are_temporary() -> Iterator[None]:
    """What fails inside because of the tool's own fault (5xx) is to be tried again; the block may be repeated."""
    try:
        yield
    except AnsweredError as error:
        if error.status < SERVER_ERROR:
            raise
        raise TemporaryError(f"{error.message}; nothing was sent") from error


class Api:
    """A JSON API. A request answers or raises TemporaryError (silence, "later") or AnsweredError (no).

    TemporaryError does not mean that a request had no effect: the caller asks only for what can be asked
    twice, or looks afterwards.
    """

    def __init__(self, url: str, *, name: str, scheme: str, secret: str, timeout: float, user: str = "") -> None:
        self._name = name
        self._secret = secret
        authorization = f"{scheme} {user}:{secret}" if user else f"{scheme} {secret}"
        self._url = url.rstrip("/")
        # Proxies and certificates are the environment's; a token must not follow a redirect to somewhere else.
        self._settings: Mapping[str, Any] = {
            "headers": {"Authorization": authorization, "Accept": "application/json", "User-Agent": "feeds"},
            "timeout": timeout,
            "follow_redirects": False,
            "verify": httpx.create_ssl_context(),
        }

    def get(self, path: str, *, inside: str = "", **parameters: Any) -> Any:
        """The JSON at `path`, or what is `inside` it under these keys. Raises TemporaryError, AnsweredError."""
        return _read_json(self._ask("GET", path, params=parameters), f"{self._name} answered GET {path}", inside)

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any],
        *,
        inside: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON that answers `body`, or what is `inside` it. Raises TemporaryError, AnsweredError."""
        answer = self._ask(method, path, json=dict(body), headers=dict(headers or {}))
        return _read_json(answer, f"{self._name} answered {method} {path}", inside)

    def order(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """Ask for what is answered with a status alone. Raises TemporaryError, AnsweredError."""
        self._ask(method, path, json=dict(body))

    def _ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        try:
            with httpx.Client(**self._settings) as client:
                response = client.request(method, f"{self._url}{path}", **rest)
        except httpx.HTTPError as error:
            # An httpx message may quote the address, never the headers with the token.
            raise TemporaryError(f"{self._name} cannot be reached: {error or type(error).__name__}") from error
        if response.is_success:
            return response
        text = hide_secret(_find_message(response), self._secret)
        message = f"{self._name} answered {method} {path} with {response.status_code}: {text[:LONGEST_ANSWER]}"
        if response.status_code in {TOO_MANY, UNAVAILABLE, TIMEOUT_STATUS}:
            raise TemporaryError(message, retry_after=_read_retry_after(response.headers.get("Retry-After")))
        if response.status_code in REFUSED_TOKEN:
            message += "; check the token and its rights"
        raise AnsweredError(message, status=response.status_code, text=text)


def _read_json(response: httpx.Response, said: str, inside: str) -> Any:
    try:
        found = response.json()
    except ValueError as error:
        raise TemporaryError(f"{said} with something that is no JSON; is its address right?") from error
    for key in inside.split():
        if not isinstance(found, dict) or key not in found:
            raise TemporaryError(f"{said} without {key!r}; is its address right?")
        found = found[key]
    return found


def _find_message(response: httpx.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        body = response.text
    if isinstance(body, dict):
        body = ": ".join(str(body[key]) for key in ("code", "message", "detail") if body.get(key)) or body
    return " ".join(str(body).split())


def _read_retry_after(value: str | None) -> timedelta | None:
    """How long Retry-After asks to wait (RFC 9110 section 10.2.3); None if there is none to be read."""
    if value is None:
        return None
    try:
        if value.strip().isdigit():
            return timedelta(seconds=int(value))
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
