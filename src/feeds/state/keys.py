"""What an issue is known by, before it stands in any ledger."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def issue_key(newsletter: str, post_ids: Iterable[str]) -> str:
    """The key of the issue that carries these posts: 64 hexadecimal digits, whatever the order of the ids."""
    return hashlib.sha256(json.dumps([newsletter, *sorted(post_ids)], ensure_ascii=False).encode()).hexdigest()
