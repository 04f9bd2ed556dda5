"""A campaign in listmonk (6.2): made as a draft, read back and compared, then started.

Two of its guards make this safe to repeat: of several campaigns with one `archive_slug`, which carries our
key, the first alone is made; and a campaign starts once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feeds.delivery.escape import escape_listmonk_html, escape_listmonk_line, quote_go
from feeds.delivery.http import SERVER_ERROR, AnsweredError, Api
from feeds.delivery.message import clean_text
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
    "template_id",
)
# What listmonk calls a campaign that it has taken on; `draft` alone is not one.
TAKEN = frozenset({"scheduled", "running", "paused", "finished", "cancelled"})
NO_TEMPLATE = 0


class ListmonkTransport:
    """Hands a digest to listmonk as a campaign."""

    can_look_up = True
    can_draft = True

    def __init__(self, settings: ListmonkSettings, *, token: str) -> None:
        self._settings = settings
        self._api = Api(
            f"{settings.url.rstrip('/')}/api",
            name="listmonk",
            headers={"Authorization": f"token {settings.user}:{token}"},
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
            "from_email": digest.sender,
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
        return json.dumps({"campaign": campaign, "draft": draft}, ensure_ascii=False, sort_keys=True).encode()

    def deliver(self, prepared: bytes, key: str) -> Receipt:
        """What listmonk says of the campaign, once it is started (or waits as a draft, if it is to)."""
        request = json.loads(prepared)
        campaign = self._find(key) or self._create(request["campaign"], key)
        if campaign["status"] == "draft":
            campaign = self._compare(campaign, request["campaign"])
            if not request["draft"]:
                campaign = self._start(campaign)
        return _describe(campaign, draft=request["draft"])

    def look_up(self, prepared: bytes, key: str) -> Receipt | None:
        """What has become of the campaign; None if there is none or it has not been started."""
        try:
            campaign = self._find(key)
        except PermanentError as error:
            raise TemporaryError(error.message) from error
        draft = json.loads(prepared)["draft"]
        return (
            None
            if campaign is None or (campaign["status"] == "draft" and not draft)
            else _describe(campaign, draft=draft)
        )

    def _find(self, key: str) -> dict[str, Any] | None:
        found = self._api.get("/campaigns", tag=_make_tag(key), per_page="all", no_body="true")["data"]["results"]
        number = next((one["id"] for one in found if one["archive_slug"] == key), None)
        return None if number is None else self._read(number)

    def _read(self, number: int) -> dict[str, Any]:
        campaign: dict[str, Any] = self._api.get(f"/campaigns/{number}")["data"]
        return campaign

    def _create(self, campaign: Mapping[str, Any], key: str) -> dict[str, Any]:
        wanted = dict(campaign) | {"template_id": campaign["template_id"] or self._choose_template()}
        try:
            made: dict[str, Any] = self._api.send("POST", "/campaigns", wanted)["data"]
        except AnsweredError as error:
            if DUPLICATE in error.text and (there := self._find(key)) is not None:
                return there
            if error.status >= SERVER_ERROR:
                raise TemporaryError(f"{error.message}; no campaign was started") from error
            raise
        return made

    def _choose_template(self) -> int:
        """The number of a template that adds nothing to the content, made if there is none."""
        for template in self._api.get("/templates")["data"]:
            if template["type"] == "campaign" and template["body"].strip() == CONTENT_ONLY:
                return int(template["id"])
        new = {"name": TEMPLATE_NAME, "type": "campaign", "body": CONTENT_ONLY}
        return int(self._api.send("POST", "/templates", new)["data"]["id"])

    def _compare(self, campaign: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
        """The draft as it is in listmonk, after it was seen to be what we asked for.

        listmonk answers 200 to a list that does not exist and then mails nobody.
        """
        there = self._read(campaign["id"])
        if _find_differences(there, wanted):
            template = wanted["template_id"] or there["template_id"] or self._choose_template()
            self._api.send("PUT", f"/campaigns/{there['id']}", dict(wanted) | {"template_id": template})
            there = self._read(campaign["id"])
        if differing := _find_differences(there, wanted):
            lists = sorted(one["id"] for one in there["lists"])
            said = f"lists {wanted['lists']} became {lists}" if "lists" in differing else ", ".join(differing)
            raise PermanentError(
                f"campaign {there['id']} in listmonk is not what was asked for ({said}); it was not started"
            )
        return there

    def _start(self, campaign: Mapping[str, Any]) -> dict[str, Any]:
        number = campaign["id"]
        try:
            self._api.send("PUT", f"/campaigns/{number}/status", {"status": "running"})
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


def _find_differences(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    ignored = {"template_id"} if wanted["template_id"] == NO_TEMPLATE else set()
    differing = [name for name in COMPARED if name not in ignored and there.get(name) != wanted[name]]
    return differing + (["lists"] if sorted(one["id"] for one in there["lists"]) != wanted["lists"] else [])


def _describe(campaign: Mapping[str, Any], *, draft: bool) -> Receipt:
    status, sent, to_send = campaign["status"], campaign["sent"], campaign["to_send"]
    reference = f"campaign {campaign['id']}"
    if status == "draft" and draft:
        return Receipt(reference=reference, message="a draft that waits for approval in listmonk", settled=False)
    count = f"{status}, sent to {sent} of {to_send}"
    trouble = ""
    if status in {"finished", "cancelled"} and sent < to_send:
        trouble = f"listmonk says {status}, but {to_send - sent} of {to_send} readers got nothing"
    return Receipt(reference=reference, message=count, settled=status in {"finished", "cancelled"}, trouble=trouble)
