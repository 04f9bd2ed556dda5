"""Keeping a password or token out of what a server's answer is quoted in: messages, logs and the ledger."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

HIDDEN = "***"


def hide_secret(text: str, secret: str | None) -> str:
    """`text` without `secret`, as it is and in the forms in which it travels; some servers repeat what they refuse."""
    if not secret:
        return text
    for form in (secret, quote(secret, safe=""), b64encode(secret.encode()).decode().rstrip("=")):
        text = text.replace(form, HIDDEN)
    return text
