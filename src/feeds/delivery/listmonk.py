"""A campaign in listmonk (6.2): made as a draft, read back and compared, then started or scheduled.

Two of its guards make this safe to repeat: of several campaigns with one `archive_slug`, which carries our
key, the first alone is made; and a campaign starts once.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from feeds.delivery.addresses import quote_sender
from feeds.delivery.escape import escape_listmonk_html, escape_listmonk_line, quote_go
from feeds.delivery.http import SERVER_ERROR, AnsweredError, Api, faults_are_temporary
from feeds.delivery.message import clean_text
from feeds.delivery.prepared import read_request
from feeds.delivery.slots import UNSUBSCRIBE, VIEW_IN_BROWSER
from feeds.errors import PermanentError, TemporaryError, UnknownOutcome
from feeds.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.config import ListmonkTransport as ListmonkSettings
    from feeds.models import Digest

TAGS = {UNSUBSCRIBE: "{{ UnsubscribeURL }}", VIEW_IN_BROWSER: "{{ MessageURL }}"}
CONTENT_ONLY = '{{ template "content" . }}'
TEMPLATE_NAME = "feeds: the content alone"
DUPLICATE = "campaigns_archive_slug_key"
COMPARED = (
    "name",
    "subject",
    "from_email",
    "body",
    "altbody",
    "content_type",
    "messenger",
    "archive_slug",
)
# What listmonk calls a campaign that it has taken on; `draft` alone is not one.
TAKEN = frozenset({"scheduled", "running", "paused", "finished", "cancelled"})
ENDED = frozenset({"finished", "cancelled"})
NO_TEMPLATE = 0
# A campaign for a moment so near is started: listmonk's clock may be ahead of ours.
SOON = timedelta(seconds=10)


class ListmonkTransport:
    """Hands a digest to listmonk as a campaign."""

    can_look_up = True
    can_draft = True

    def __init__(self, settings: ListmonkSettings, *, token: str) -> None:
        self._settings = settings
        self._api = Api(
            f"{settings.url.rstrip('/')}/api",
            name="listmonk",
            scheme="token",
            user=settings.user,
            secret=token,
            timeout=settings.timeout,
        )

    def prepare(
        self,
        digest: Digest,
        *,
        web_url: str | None = None,  # noqa: ARG002 - listmonk has a web copy of its own
        draft: bool = False,
    ) -> bytes:
        """The campaign as JSON, and whether it is to be started."""
        tags = {token: TAGS[name] for name, token in digest.slots.items()}
        campaign = {
            "name": f"{digest.newsletter} {digest.number}",
            "subject": escape_listmonk_line(" ".join(clean_text(digest.subject).split())),
            "lists": sorted(set(self._settings.lists)),
            "from_email": quote_sender(digest.sender, key=f"newsletters.{digest.newsletter}.from"),
            "type": "regular",
            "content_type": "html",
            "messenger": "email",
            "body": escape_listmonk_html(clean_text(digest.html), tags),
            "altbody": quote_go(clean_text(digest.text), tags),
            "tags": ["feeds", _make_tag(digest.key)],
            "headers": [{"Auto-Submitted": "auto-generated"}],
            "archive": False,
            "archive_slug": digest.key,
            "template_id": self._settings.template or NO_TEMPLATE,
        }
        if self._settings.delay and not draft:
            # Whole seconds: it is compared with what PostgreSQL keeps of it.
            moment = digest.date.astimezone(UTC).replace(microsecond=0) + timedelta(minutes=self._settings.delay)
            campaign["send_at"] = moment.isoformat()
        return json.dumps({"campaign": campaign, "draft": draft}, ensure_ascii=False, sort_keys=True).encode()

    def deliver(self, prepared: bytes, key: str) -> Receipt:
        """What listmonk says of the campaign, once it is on its way (or waits as a draft, if it is to)."""
        request = read_request(prepared, "campaign")
        wanted = _drop_past(request["campaign"])
        with faults_are_temporary():
            campaign = self._find(key) or self._create(wanted, key)
            if campaign["status"] == "draft":
                campaign = self._compare(campaign, wanted)
                if not request["draft"]:
                    campaign = self._start(campaign)
        return _describe(campaign)

    def look_up(self, prepared: bytes, key: str) -> Receipt | None:
        """What has become of the campaign; None if there is none or it has not been started."""
        request = read_request(prepared, "campaign")
        try:
            campaign = self._find(key) or self._find(key, among_all=True)
        except PermanentError as error:
            raise TemporaryError(error.message) from error
        if campaign is None or (campaign["status"] == "draft" and not request["draft"]):
            return None
        return _describe(campaign)

    def _find(self, key: str, *, among_all: bool = False) -> dict[str, Any] | None:
        """The campaign under this key: among those that carry its tag, which a person may have taken off a draft."""
        narrow = {} if among_all else {"tag": _make_tag(key)}
        found = self._api.get("/campaigns", inside="data results", per_page="all", no_body="true", **narrow)
        number = next((one["id"] for one in found if one["archive_slug"] == key), None)
        return None if number is None else self._read(number)

    def _read(self, number: int) -> dict[str, Any]:
        campaign: dict[str, Any] = self._api.get(f"/campaigns/{number}", inside="data")
        return campaign

    def _create(self, campaign: Mapping[str, Any], key: str) -> dict[str, Any]:
        template = min(self._list_templates(campaign), default=None) or self._make_template()
        try:
            new = dict(campaign) | {"template_id": template}
            made: dict[str, Any] = self._api.send("POST", "/campaigns", new, inside="data")
        except AnsweredError as error:
            if DUPLICATE in error.text and (there := self._find(key, among_all=True)) is not None:
                return there
            raise
        return made

    def _list_templates(self, campaign: Mapping[str, Any]) -> frozenset[int]:
        """The templates that a campaign may have: the one of the settings, else each that adds nothing to it."""
        if campaign["template_id"] != NO_TEMPLATE:
            return frozenset({campaign["template_id"]})
        every = self._api.get("/templates", inside="data")
        return frozenset(
            int(one["id"]) for one in every if one["type"] == "campaign" and one["body"].strip() == CONTENT_ONLY
        )

    def _make_template(self) -> int:
        new = {"name": TEMPLATE_NAME, "type": "campaign", "body": CONTENT_ONLY}
        return int(self._api.send("POST", "/templates", new, inside="data id"))

    def _compare(self, campaign: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
        """The draft as it is in listmonk, after it was seen to be what we asked for.

        listmonk answers 200 to a list that does not exist and then mails nobody.
        """
        there = self._read(campaign["id"])
        templates = self._list_templates(wanted)
        if _find_differences(there, wanted, templates):
            template = min(templates, default=None) or self._make_template()
            templates |= {template}
            self._api.order("PUT", f"/campaigns/{there['id']}", dict(wanted) | {"template_id": template})
            there = self._read(campaign["id"])
        if differing := _find_differences(there, wanted, templates):
            said = (
                f"lists {wanted['lists']} became {_list_ids(there)}" if "lists" in differing else ", ".join(differing)
            )
            raise PermanentError(
                f"campaign {there['id']} in listmonk is not what was asked for ({said}); it was not started"
            )
        return there

    def _start(self, campaign: Mapping[str, Any]) -> dict[str, Any]:
        number = campaign["id"]
        try:
            status = "scheduled" if campaign["send_at"] else "running"
            self._api.order("PUT", f"/campaigns/{number}/status", {"status": status})
        except (TemporaryError, AnsweredError) as error:
            return self._settle_start(number, error)
        return self._read_after_start(number, "it was started")

    def _settle_start(self, number: int, error: TemporaryError | AnsweredError) -> dict[str, Any]:
        """The campaign, if it was started all the same (by this request or another one)."""
        there = self._read_after_start(number, error.message)
        if there["status"] in TAKEN:
            return there
        if isinstance(error, AnsweredError) and error.status < SERVER_ERROR:
            raise error
        raise TemporaryError(f"{error.message}; campaign {number} has not started") from error

    def _read_after_start(self, number: int, before: str) -> dict[str, Any]:
        try:
            return self._read(number)
        except (TemporaryError, AnsweredError) as error:
            raise UnknownOutcome(f"campaign {number}: {before}, then {error.message}") from error


def _make_tag(key: str) -> str:
    return f"feeds-{key[:32]}"


def _drop_past(campaign: Mapping[str, Any]) -> Mapping[str, Any]:
    """The campaign without a moment that is over, for which listmonk refuses it: it is late and goes out at once."""
    moment = campaign.get("send_at")
    if moment is None or datetime.fromisoformat(moment) > datetime.now(UTC) + SOON:
        return campaign
    return {name: value for name, value in campaign.items() if name != "send_at"}


def _find_differences(there: Mapping[str, Any], wanted: Mapping[str, Any], templates: frozenset[int]) -> list[str]:
    differing = [name for name in COMPARED if there.get(name) != wanted[name]]
    if there["template_id"] not in templates:
        differing.append("template_id")
    if "send_at" in wanted and _read_moment(there) != datetime.fromisoformat(wanted["send_at"]):
        differing.append("send_at")
    return differing + (["lists"] if _list_ids(there) != wanted["lists"] else [])


def _list_ids(campaign: Mapping[str, Any]) -> list[int]:
    # A list that was deleted stays with its name, and without its number.
    return sorted(one["id"] or 0 for one in campaign["lists"])


def _read_moment(campaign: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(campaign["send_at"]) if campaign["send_at"] else None


def _describe(campaign: Mapping[str, Any]) -> Receipt:
    status, sent, to_send = campaign["status"], campaign["sent"], campaign["to_send"]
    message, trouble = f"{status}, sent to {sent} of {to_send}", ""
    if status == "draft":
        message = "a draft that waits for approval in listmonk"
    elif status == "scheduled":
        message = f"scheduled for {_read_moment(campaign):%Y-%m-%d %H:%M %Z}"
    elif status == "paused":
        # listmonk does so by itself after too many errors of its mail server.
        trouble = "listmonk has paused it; look there"
    elif status in ENDED and sent < to_send:
        trouble = f"listmonk says {status}, but {to_send - sent} of {to_send} readers got nothing"
    elif status in ENDED and not sent:
        trouble = "nobody is on its lists"
    return Receipt(reference=f"campaign {campaign['id']}", message=message, settled=status in ENDED, trouble=trouble)
