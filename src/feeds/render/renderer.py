"""The order in which a post becomes an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from feeds.errors import PostError
from feeds.models import Entry, Markup, Person, Post, Problem, Severity
from feeds.render.characters import clean_body, clean_html, clean_text
from feeds.render.clean import Cleaner
from feeds.render.code import protect_code, unshift_html
from feeds.render.links import Links
from feeds.render.markdown import render_classic, render_commonmark
from feeds.render.pictures import find_image
from feeds.render.plain import count_words, extract_text
from feeds.render.rst import render_rst
from feeds.render.summary import MAX_MARKED_LENGTH, cut_at_sentence, find_marker, summarize, summarize_marked

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.render.jekyll import Jekyll


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An entry, and what is to be known about its making.

    `files` are the paths below the site, whether they exist or not, that decided what the entry looks like besides the
    post's own file and the configuration: includes, measured pictures, posts that it links to by their file.
    """

    entry: Entry
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


class Renderer:
    """Renders the posts of one site. Serves one post at a time; make one for each thread or process.

    Raises ConfigError if the site's URL is not known: an entry's addresses are absolute.
    """

    def __init__(self, config: Config, posts: Sequence[Post]) -> None:
        self._config = config
        self._site_url = config.require_url()
        self._pages = {post.source: urljoin(self._site_url, post.url) for post in posts if post.url}
        self._cleaner = Cleaner()
        self._jekyll: Jekyll | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy for a worker process: what the libraries hold cannot travel, and is quickly made again."""
        return _restore, (self._config, self._pages)

    def render(self, post: Post, *, id: str) -> Rendered:  # noqa: A002 - Atom's word
        """The post as an entry with that id. Raises PostError for one that has no date, no URL or no readable body."""
        if post.published is None or post.url is None:
            raise PostError("has no date or no address, so it cannot be an entry", path=post.source)
        page = urljoin(self._site_url, post.url)
        links = Links(
            page=page,
            base=urljoin(page, post.base or ""),
            site=self._site_url,
            source=post.source,
            pages=self._pages,
            footnotes=hashlib.sha256(id.encode()).hexdigest()[:6],
        )
        text, problems = clean_body(post.body, path=post.source, first_line=post.body_line)
        text, more, files = self._run_template(text, post)
        html = unshift_html(self._to_html(text, post))
        content = clean_html(self._cleaner.clean(html, links))
        title = clean_text(post.title) or clean_text(extract_text(content))[:80] or post.source
        found = find_image(post.image, content, links=links, root=self._config.root)
        entry = Entry(
            id=id,
            source=post.source,
            url=page,
            title=title,
            published=post.published,
            updated=max(post.updated or post.published, post.published),
            summary=self._summarize(post, html, content, links) or title,
            content=content,
            words=count_words(extract_text(content)),
            authors=tuple(replace(author, name=clean_text(author.name)) for author in post.authors),
            tags=tuple(map(clean_text, post.tags)),
            categories=tuple(map(clean_text, post.categories)),
            language=post.language,
            image=found.image,
            enclosure=post.enclosure and replace(post.enclosure, url=urljoin(links.base, post.enclosure.url)),
            extra=post.extra,
        )
        files = files | links.seen | set(found.files)
        return Rendered(entry=entry, problems=problems + more, files=tuple(sorted(files - {post.source})))

    def _run_template(self, text: str, post: Post) -> tuple[str, tuple[Problem, ...], set[str]]:
        if self._config.site.convention != "jekyll" or not ("{{" in text or "{%" in text):
            return text, (), set()
        if self._jekyll is None:
            from feeds.render.jekyll import Jekyll  # noqa: PLC0415 - 0.1 s that other sites never need

            self._jekyll = Jekyll(
                root=self._config.root,
                site=self._site_variables(),
                site_url=self._site_url,
                pages=self._pages,
            )
        result = self._jekyll.render_post(protect_code(text), post)
        problems = tuple(
            Problem(
                path=post.source,
                line=line and line + post.body_line - 1,
                severity=Severity.WARNING,
                message=f"has Liquid that does not run ({message}); what it would say is left out",
            )
            for line, message in self._jekyll.mistakes
        )
        return result, problems, set(self._jekyll.files)

    def _site_variables(self) -> Mapping[str, Any]:
        site = self._config.site
        return dict(self._config.findings.options.get("variables", {})) | {
            "title": site.title,
            "description": site.description,
            "lang": site.language,
            "timezone": site.timezone,
        }

    def _to_html(self, text: str, post: Post) -> str:
        said = self._config.settings.posts.markdown
        if post.markup is Markup.HTML:
            return text
        if post.markup is Markup.RST:
            return render_rst(text, path=post.source)
        if said == "markdown" or (said == "auto" and post.markup is Markup.MARKDOWN):
            return render_classic(text)
        return render_commonmark(text)

    def _summarize(self, post: Post, html: str, content: str, links: Links) -> str:
        if post.summary and (said := self._plain(post.summary, links)):
            return cut_at_sentence(said, MAX_MARKED_LENGTH)
        if (end := find_marker(html)) is not None and (
            text := summarize_marked(self._cleaner.clean(html[:end], links))
        ):
            return clean_text(text)
        return clean_text(summarize(content))

    def _plain(self, text: str, links: Links) -> str:
        """One line of front matter without its Markdown."""
        if any(mark in text for mark in "*_`[<&\\"):
            text = extract_text(self._cleaner.clean(render_commonmark(clean_text(text)), links))
        return clean_text(text)


def _restore(config: Config, pages: Mapping[str, str]) -> Renderer:
    renderer = Renderer(config, ())
    renderer._pages = dict(pages)  # noqa: SLF001 - its own
    return renderer
