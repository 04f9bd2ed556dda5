"""Languages as BCP 47 tags, out of what generators call them."""

from __future__ import annotations

import re


def clean_language(text: str) -> str:
    """A BCP 47 tag out of `en_US`, `en-us` or `pt-BR.UTF-8`; "" for what is none."""
    found = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:[.@].*)?$", text.strip())
    if not found:
        return ""
    language, script, region = found.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)
