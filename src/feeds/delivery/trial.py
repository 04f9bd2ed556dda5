"""One issue mailed by a newsletter tool to one address, as its readers would get it; the tool keeps nothing of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from feeds.delivery.buttondown import ButtondownTransport
from feeds.delivery.http import AnsweredError
from feeds.delivery.listmonk import ListmonkTransport
from feeds.delivery.prepared import read_request
from feeds.errors import DeliveryError, PermanentError
from feeds.models import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.config import ButtondownTransport as ButtondownSettings, ListmonkTransport as ListmonkSettings
    from feeds.delivery.http import Api

BAD_REQUEST = 400


class ListmonkTrial(ListmonkTransport):
    """Hands a digest to listmonk as a campaign that is mailed to one of its subscribers as a test, and deleted."""

    def __init__(self, settings: ListmonkSettings, *, token: str, to: str) -> None:
        super().__init__(settings.model_copy(update={"delay": 0}), token=token)
        self._to = to

    def deliver(self, prepared: bytes, key: str) -> Receipt:
        """The campaign that was mailed. Raises PermanentError for an address that is none of its subscribers'."""
        wanted = read_request(prepared, "campaign")["campaign"]
        campaign = self._create(wanted, key)
        place = f"/campaigns/{campaign['id']}"
        with _deleted_after(self._api, place):
            test = wanted | {"template_id": campaign["template_id"], "subscribers": [self._to]}
            try:
                self._api.order("POST", f"{place}/test", test)
            except AnsweredError as error:
                if error.status != BAD_REQUEST:
                    raise
                raise PermanentError(f"{error.message} (listmonk tests with its own subscribers alone)") from error
        return Receipt(reference=f"campaign {campaign['id']}", message="mailed by listmonk as a test")


class ButtondownTrial(ButtondownTransport):
    """Hands a digest to Buttondown as a draft that is mailed to one address, and deleted."""

    def __init__(self, settings: ButtondownSettings, *, token: str, site_url: str | None, to: str) -> None:
        super().__init__(settings, token=token, site_url=site_url)
        self._to = to

    def deliver(self, prepared: bytes, key: str) -> Receipt:  # noqa: ARG002 - it stands in what was prepared
        """The draft that was mailed."""
        email = self._create(read_request(prepared, "email"))
        place = f"/emails/{email['id']}"
        with _deleted_after(self._api, place):
            self._api.order("POST", f"{place}/send-draft", {"recipients": [self._to]})
        return Receipt(reference=f"email {email['id']}", message="mailed by Buttondown as a draft")


@contextlib.contextmanager
def _deleted_after(api: Api, place: str) -> Iterator[None]:
    try:
        yield
    finally:
        # What is left behind is a draft that nobody started.
        with contextlib.suppress(DeliveryError):
            api.order("DELETE", place, {})
