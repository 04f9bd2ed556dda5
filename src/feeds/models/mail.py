"""A digest, the issue that carries it, and what its receiver said."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The content of one issue, finished but for its slots.

    `html` has its CSS inlined, `text` is the same in plain text. Both contain the values of `slots` (by the slot's
    name: `unsubscribe`, `view_in_browser`), tokens that a transport replaces with its receiver's own address or tag.
    `corrections` are the notes on posts that were mailed before, by id. `notes` say what was shortened to fit.
    """

    newsletter: str
    number: int
    key: str
    subject: str
    preheader: str
    sender: str
    html: str
    text: str
    date: datetime
    language: str
    post_ids: tuple[str, ...]
    slots: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class IssueState(StrEnum):
    """Where an issue stands. Only CLAIMED, COMPOSED and DEFERRED may go on to SENDING by themselves."""

    CLAIMED = "claimed"
    COMPOSED = "composed"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One numbered mailing of a newsletter, as the state remembers it. `key` is what every receiver knows it by.

    `draft` says that it is to wait at its receiver for a person's approval. `settled` is false for one that is
    delivered and that its receiver is still busy with.
    """

    newsletter: str
    number: int
    key: str
    state: IssueState
    subject: str = ""
    post_ids: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    composed_at: datetime | None = None
    delivered_at: datetime | None = None
    retry_at: datetime | None = None
    transport: str = ""
    receipt: str = ""
    reason: str = ""
    draft: bool = False
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receiver said to a digest. `reference` is its own name for it (a queue id, a campaign's number, a path).

    `settled` is false as long as the receiver is still busy with it. `trouble` says what a person must look after
    although the receiver has accepted it, such as readers whom it left out.
    """

    reference: str
    message: str = ""
    settled: bool = True
    trouble: str = ""

    def __str__(self) -> str:
        return "; ".join(part for part in (self.reference, self.message, self.trouble) if part)
