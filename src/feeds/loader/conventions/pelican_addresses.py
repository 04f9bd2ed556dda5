"""Pelican's addresses: https://docs.getpelican.com/en/latest/settings.html#url-settings."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from feeds.loader.transliteration import transliterate

if TYPE_CHECKING:
    from feeds.loader.convention import Facts, Page

# Pelican's defaults (pelican/settings.py).
SLUG_REGEX_SUBSTITUTIONS = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
_FIELD = re.compile(r"\{(\w+)(?:\[[^\]]*\])?(?::([^{}]*))?\}")


def fill_address(pattern: str, page: Page, language: str) -> str:
    """`pattern` filled as str.format does it with Pelican's values; `{date:%Y}` has strftime's directives."""
    fields = page.fields
    author = page.fields.get("author") or page.fields.get("authors") or ""
    values = {
        "slug": make_slug(page),
        "lang": language,
        "category": slugify(page.categories[0], page.facts) if page.categories else "",
        "author": slugify(re.split(r"[;,]", str(author))[0], page.facts),
        "path": page.file.inside,
        "title": page.title,
    }

    def fill(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        if name in {"date", "modified"}:
            return page.published.strftime(form or "%Y-%m-%d") if page.published else ""
        return values[name] if name in values else str(fields.get(name, ""))

    return _FIELD.sub(fill, pattern)


def make_slug(page: Page) -> str:
    """The slug of the header, or that of the title or of the file's name, by SLUGIFY_SOURCE."""
    own = page.fields.get("slug")
    if isinstance(own, str | int) and str(own).strip():
        return str(own).strip()
    if page.facts.options.get("slug_source") == "basename":
        return slugify(page.file.source.rpartition("/")[2].rpartition(".")[0], page.facts)
    title = str(page.fields.get("title") or page.name.slug)
    # A title in reStructuredText is text, in Markdown it is HTML.
    return slugify(html.escape(title) if page.file.source.endswith(".rst") else title, page.facts)


def slugify(text: str, facts: Facts) -> str:
    """pelican.utils.slugify with the site's substitutions."""
    options = facts.options
    bare = html.unescape(" ".join(re.sub(r"<[^<>]*>", "", text).split()))
    slug = unicodedata.normalize("NFKC", bare)
    if not options.get("slug_unicode"):
        slug = transliterate(slug)
    for source, target in options.get("substitutions", SLUG_REGEX_SUBSTITUTIONS):
        slug = re.sub(unicodedata.normalize("NFKC", source), target, slug, flags=re.IGNORECASE)
    return slug.strip() if options.get("slug_case") else slug.lower().strip()
