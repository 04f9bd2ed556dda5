"""A post recognised by its words, whatever its file is called and however it is set."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.models import Post

_WORD = re.compile(r"\w+")
# ASCII's capitals made small and all that is in no word a space; what is beyond ASCII stays for a closer look.
_LETTERS = bytes(code if code > 127 or chr(code).isalnum() or chr(code) == "_" else 32 for code in range(256)).lower()  # noqa: PLR2004 - ASCII's last


def fingerprint(post: Post) -> str:
    """The SHA-256 of the words of title and body in hexadecimal digits; spaces, punctuation and case do not count."""
    text = f"{post.title}\n{post.body}"
    words = text.encode("utf-8", "surrogatepass").translate(_LETTERS).split()
    # The pattern over a whole post takes ten times as long, and every post of a site is hashed.
    if not text.isascii():
        words = list(filter(None, [word if word.isascii() else _fold(word) for word in words]))
    return hashlib.sha256(b" ".join(words)).hexdigest()


def _fold(word: bytes) -> bytes:
    text = unicodedata.normalize("NFKC", word.decode("utf-8", "surrogatepass")).casefold()
    return " ".join(_WORD.findall(text)).encode("utf-8", "surrogatepass")
