"""An email in Buttondown: made as a draft under our key, read back and compared, then sent or scheduled.

`POST /emails` sends by default, so a draft it is first; a repeat under the same key is answered
`email_duplicate`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from feeds.delivery.escape import escape_django, escape_html
from feeds.delivery.http import SERVER_ERROR, AnsweredError, Api, faults_are_temporary
from feeds.delivery.message import clean_text
from feeds.delivery.prepared import read_request
from feeds.delivery.slots import UNSUBSCRIBE, choose_addresses, fill_html
from feeds.errors import PermanentError, TemporaryError, UnknownOutcome
from feeds.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import ButtondownTransport as ButtondownSettings
    from feeds.models import Digest

UNSUBSCRIBE_TAG = "{{ unsubscribe_url }}"
NAKED = "<!-- buttondown-editor-mode: naked -->"
DUPLICATE = "email_duplicate"
CONFLICT = 409
DRAFT = "draft"
# Buttondown's EmailStatus, as far as it says that the email is on its way or is done with.
BUSY = frozenset({"about_to_send", "scheduled", "in_flight", "paused", "throttled", "resending"})
STOPPED = frozenset({"paused", "deleted", "errored", "suppressed"})
COMPARED = ("subject", "body", "template")


class ButtondownTransport:
    """Hands a digest to Buttondown as an email."""

    can_look_up = True
    can_draft = True

    def __init__(self, settings: ButtondownSettings, *, token: str, site_url: str | None) -> None:
        self._settings = settings
        self._site_url = site_url
        self._api = Api(
            settings.url,
            name="Buttondown",
            scheme="Token",
            secret=token,
            timeout=settings.timeout,
        )

    def prepare(self, digest: Digest, *, web_url: str | None = None, draft: bool = False) -> bytes:
        """The email as JSON, the names of the tags whose readers get it, and whether it is to be sent."""
        values = dict(choose_addresses(digest, unsubscribe=None, web_url=web_url, site_url=self._site_url))
        values[UNSUBSCRIBE] = UNSUBSCRIBE_TAG
        email = {
            "subject": escape_django(" ".join(clean_text(digest.subject).split())),
            "body": f"{NAKED}\n{fill_html(escape_html(clean_text(digest.html)), digest, values)}",
            "template": "naked",
            "status": DRAFT,
            # Buttondown remembers a key longer than a draft: an issue that was cancelled and comes again has a number
            # of its own.
            "metadata": {"feeds_key": f"{digest.key}-{digest.number}"},
        }
        request = {
            "email": email,
            "tags": sorted(set(self._settings.tags)),
            "since": _day_before(digest.date),
            "draft": draft,
        }
        if self._settings.delay and not draft:
            request["send_at"] = (digest.date.astimezone(UTC) + timedelta(minutes=self._settings.delay)).isoformat()
        return json.dumps(request, ensure_ascii=False, sort_keys=True).encode()

    def deliver(self, prepared: bytes, key: str) -> Receipt:  # noqa: ARG002 - it stands in what was prepared
        """What Buttondown says of the email, once it is sent (or waits as a draft, if it is to)."""
        request = read_request(prepared, "email")
        with faults_are_temporary():
            email = self._find(request) or self._create(request)
            if email["status"] == DRAFT:
                self._compare(email, request)
                if not request["draft"]:
                    email = self._start(email, request.get("send_at"))
        return _describe(email)

    def look_up(self, prepared: bytes, key: str) -> Receipt | None:  # noqa: ARG002 - the same
        """What has become of the email; None if there is none or it has not been sent."""
        request = read_request(prepared, "email")
        try:
            email = self._find(request)
        except PermanentError as error:
            raise TemporaryError(error.message) from error
        return None if email is None or (email["status"] == DRAFT and not request["draft"]) else _describe(email)

    def _find(self, request: Mapping[str, Any]) -> dict[str, Any] | None:
        page, key = 1, request["email"]["metadata"]["feeds_key"]
        # An issue may be composed for a moment that is still to come.
        since = min(request["since"], _day_before(datetime.now(UTC)))
        while True:
            found = self._api.get("/emails", creation_date__start=since, page=page)
            for email in _list_results(found):
                if (email.get("metadata") or {}).get("feeds_key") == key and email["status"] != "deleted":
                    return dict(email)
            if not found.get("next"):
                return None
            page += 1

    def _create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        wanted = dict(request["email"])
        headers = {"X-Idempotency-Key": wanted["metadata"]["feeds_key"]}
        if request["tags"]:
            wanted["filters"] = {
                "filters": self._find_filters(request["tags"]),
                "groups": [],
                "predicate": "or",
            }
        try:
            made: dict[str, Any] = self._api.send("POST", "/emails", wanted, headers=headers)
        except AnsweredError as error:
            if (DUPLICATE in error.text or error.status == CONFLICT) and (there := self._find(request)) is not None:
                return there
            raise
        return made

    def _find_filters(self, names: list[str]) -> list[dict[str, str]]:
        """The filter for each tag, by the tag's number: Buttondown does not filter by name."""
        if not names:
            return []
        numbers: dict[str, str] = {}
        page = 1
        while True:
            found = self._api.get("/tags", page=page)
            numbers |= {tag["name"]: tag["id"] for tag in _list_results(found)}
            if not found.get("next"):
                break
            page += 1
        if missing := sorted(set(names) - set(numbers)):
            raise PermanentError(f"Buttondown has no tag {missing[0]!r}; nothing was sent")
        return [{"field": "subscriber.tags", "operator": "contains", "value": numbers[name]} for name in names]

    def _compare(self, email: Mapping[str, Any], request: Mapping[str, Any]) -> None:
        there = self._api.get(f"/emails/{email['id']}")
        differing = [name for name in COMPARED if there.get(name) != request["email"][name]]
        # An email that has lost its filter goes to everybody.
        if _read_filters(there) != sorted(one["value"] for one in self._find_filters(request["tags"])):
            differing.append("tags")
        if differing:
            said = ", ".join(differing)
            raise PermanentError(
                f"email {email['id']} in Buttondown is not what was asked for ({said}); it was not sent"
            )

    def _start(self, email: Mapping[str, Any], send_at: str | None) -> dict[str, Any]:
        change = {"status": "about_to_send"}
        if send_at is not None and datetime.fromisoformat(send_at) > datetime.now(UTC):
            change = {"status": "scheduled", "publish_date": send_at}
        try:
            started: dict[str, Any] = self._api.send("PATCH", f"/emails/{email['id']}", change)
        except (TemporaryError, AnsweredError) as error:
            return self._settle_start(email, error)
        return started

    def _settle_start(self, email: Mapping[str, Any], error: TemporaryError | AnsweredError) -> dict[str, Any]:
        """The email, if it was sent all the same (by this request or another one)."""
        try:
            there: dict[str, Any] = self._api.get(f"/emails/{email['id']}")
        except (TemporaryError, AnsweredError) as silence:
            raise UnknownOutcome(f"email {email['id']}: {error.message}, then {silence.message}") from silence
        if there["status"] != DRAFT:
            return there
        if isinstance(error, AnsweredError) and error.status < SERVER_ERROR:
            raise error
        raise TemporaryError(f"{error.message}; email {email['id']} was not sent") from error


def _list_results(page: Any) -> list[dict[str, Any]]:
    if not isinstance(page, dict) or not isinstance(page.get("results"), list):
        raise TemporaryError("Buttondown answered without 'results'; is its address right?")
    return list(page["results"])


def _day_before(moment: datetime) -> str:
    # Buttondown's days are not the site's, and its clock is not ours.
    return (moment.astimezone(UTC) - timedelta(days=1)).date().isoformat()


def _read_filters(email: Mapping[str, Any]) -> list[str]:
    return sorted(str(one.get("value")) for one in (email.get("filters") or {}).get("filters", ()))


def _describe(email: Mapping[str, Any]) -> Receipt:
    status = str(email["status"])
    trouble = f"Buttondown says {status}; look there which readers got it" if status in STOPPED else ""
    return Receipt(
        reference=f"email {email['id']}",
        message="a draft that waits for approval in Buttondown" if status == DRAFT else status,
        settled=status not in BUSY and status != DRAFT,
        trouble=trouble,
    )
