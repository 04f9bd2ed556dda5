"""A post recognised by its words, whatever its file is called and however it is set."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.models import Post

_WORD = re.compile(r"\w+")


def fingerprint(post: Post) -> str:
    """The SHA-256 of the words of title and body in hexadecimal digits; spaces, punctuation and case do not count."""
    text = f"{post.title}\n{post.body}"
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    words = _WORD.findall(text.casefold())
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
