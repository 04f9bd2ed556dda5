"""A site's own shortcodes and includes, shown as the files of the site that define them say."""

from __future__ import annotations

import contextlib
import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeds.render.code import fence_code, unshift
from feeds.render.eleventy_shortcodes import read_text, show_data
from feeds.render.hugo_definitions import UnreadableError, read_definition

if TYPE_CHECKING:
    from feeds.render.shortcodes import Call
    from feeds.render.stand_ins import StandIns

# https://gohugo.io/templates/shortcode/ and its newer name, https://www.getzola.org/documentation/content/shortcodes/,
# https://getnikola.com/handbook.html#shortcodes: below the site, then below its themes.
FOLDERS = {
    "hugo": ("layouts/shortcodes", "layouts/_shortcodes"),
    "nikola": ("shortcodes", "templates/shortcodes"),
    "zola": ("templates/shortcodes",),
}
ENDINGS = {"hugo": (".html", ".md"), "nikola": (".tmpl",), "zola": (".html", ".md")}

_SHOWS = re.compile(r"<(?:a|audio|embed|iframe|img|object|picture|svg|video)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"\bhighlight\b|<pre\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z][\w+#]*$")


def is_include(generator: str, call: Call) -> bool:
    """Whether a tag is Eleventy's for more of the page's source from another file."""
    return generator == "eleventy" and call.name in {"include", "render"}


def show_own(kit: StandIns, call: Call, source: str) -> str | None:
    """What takes the place of a shortcode that the site defines itself; None if its definition does not tell.

    `source` is its opening tag.
    """
    if kit.site.generator == "eleventy":
        return _show_include(kit, call) if is_include("eleventy", call) else _show_function(kit, call)
    text = _find_definition(kit, call.name)
    if text is None:
        return None
    if kit.site.generator == "hugo":
        try:
            made = read_definition(text, call, _describe(kit))
        except UnreadableError:
            return None
    else:
        made = kit.site.run_template(text, {**call.options, "body": call.inner or "", "data": call.inner or ""})
    made = _HIDDEN.sub("", made).strip()
    if not _says_something(made):
        return None
    if "<" not in made:
        return made
    # What is between percent signs is Markdown to Hugo once more.
    return f"\n\n{made}\n\n" if source.startswith("{{%") else kit.pieces.place(made)


def show_own_code(kit: StandIns, call: Call) -> str | None:
    """A block of code if the site's definition of a shortcode makes code of what it encloses, else None."""
    text = _find_definition(kit, call.name)
    found = _CODE.search(text) if text else None
    if text is None or found is None:
        return None
    with contextlib.suppress(UnreadableError):
        if kit.site.generator == "hugo" and "highlight" in found[0]:
            return kit.pieces.place(read_definition(text, call, _describe(kit)).strip())
    language = next((value for value in call.values if _LANGUAGE.match(value)), call.get("lang", "language"))
    return fence_code(unshift(call.inner or "").strip("\n"), language)


def _find_definition(kit: StandIns, name: str) -> str | None:
    folders = FOLDERS.get(kit.site.generator, ())
    themes = sorted(path.name for path in (kit.site.inclusions.root / "themes").glob("*") if path.is_dir())
    places = [*folders, *(f"themes/{theme}/{folder}" for theme in themes for folder in folders)] if folders else []
    endings = ENDINGS.get(kit.site.generator, ())
    return next((text for end in endings if (text := kit.site.inclusions.find(name + end, places)) is not None), None)


def _describe(kit: StandIns) -> dict[str, Any]:
    """What a definition may ask the page and the site for."""
    path = urlsplit(kit.post.url or "").path
    return {
        "Page.Title": kit.post.title,
        "Page.Params": kit.post.extra,
        "Page.Permalink": kit.post.url or "",
        "Page.RelPermalink": path,
        "Site.Params": kit.site.params,
    }


def _show_function(kit: StandIns, call: Call) -> str | None:
    """What a shortcode of Eleventy's returns as it stands, or what the data file says that its argument names."""
    made = read_text(kit.site.inclusions, call.name)
    return kit.pieces.place(made.strip()) if made and _says_something(made) else show_data(kit, call) or None


def _show_include(kit: StandIns, call: Call) -> str | None:
    """Eleventy's `{% include "file" %}`, whose result is more of the post's source."""
    name = next(iter(call.values), "").strip(",").lstrip("./")
    text = kit.site.inclusions.find(name, (*kit.site.includes, posixpath.dirname(kit.post.source))) if name else None
    if text is None:
        return None
    post = kit.post
    page = {"url": urlsplit(post.url or "").path, "date": post.published, "fileSlug": posixpath.basename(post.source)}
    made = kit.site.run_template(text, {**post.extra, "title": post.title, **call.options, "page": page})
    return f"\n{made.strip()}\n" if _says_something(_HIDDEN.sub("", made)) else None


def _says_something(made: str) -> bool:
    return _SHOWS.search(made) is not None or bool(_TAG.sub("", made).strip())
