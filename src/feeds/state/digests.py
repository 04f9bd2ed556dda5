"""A digest as text for the ledger, so that an issue can be shown again as it was composed."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from feeds.models import Digest


def dump_digest(digest: Digest) -> str:
    """The digest as JSON, which `load_digest` reads back to an equal one."""
    plain = asdict(digest) | {"date": digest.date.isoformat(), "slots": dict(digest.slots)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def load_digest(text: str) -> Digest:
    """The digest that `dump_digest` wrote."""
    plain = json.loads(text)
    plain |= {"date": datetime.fromisoformat(plain["date"])}
    plain |= {name: tuple(plain[name]) for name in ("post_ids", "notes")}
    return Digest(**plain)
