"""The order in which a post becomes an entry."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from feeds.errors import PostError
from feeds.models import Entry, Markup, Person, Post, Problem, Severity
from feeds.render.characters import clean_body, clean_html, clean_prose, clean_text, hide_lookalikes, is_inert
from feeds.render.clean import Cleaner, drop_empty
from feeds.render.code import unshift_html
from feeds.render.direction import mark_direction
from feeds.render.drafts import Draft, Rendered
from feeds.render.folders import Folders
from feeds.render.furniture import simplify_furniture
from feeds.render.inclusions import Inclusions
from feeds.render.links import Links
from feeds.render.markdown import convert_commonmark, is_classic, name_marked_code, render_classic, render_commonmark
from feeds.render.odd_tags import drop_odd_tags, holds_odd_tags
from feeds.render.pictures import find_enclosure, find_image
from feeds.render.plain import count_words, extract_text
from feeds.render.rst import render_rst
from feeds.render.settled import settle_html
from feeds.render.siblings import Siblings, complete_url, locate_posts
from feeds.render.source import Source, Template, rewrite_source
from feeds.render.summary import MAX_MARKED_LENGTH, cut_at_sentence, find_marker, summarize, summarize_marked
from feeds.render.surroundings import Surroundings, links_addresses, shows_emoji

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeds.config import Config
    from feeds.render.jekyll import Jekyll
    from feeds.render.site_templates import SiteTemplates


_MARKUP = re.compile(r"[*_`\[<&\\]")


class Renderer:
    """Renders the posts of one site. Serves one post at a time; make one for each thread or process.

    `urls` are the addresses of the site's posts by source, where they are known without the posts. Raises ConfigError
    if the site's URL is not known: an entry's addresses are absolute.
    """

    def __init__(self, config: Config, posts: Sequence[Post], *, urls: Mapping[str, str] | None = None) -> None:
        self._config = config
        self._site_url = config.require_url()
        self._siblings = Siblings(locate_posts(posts, self._site_url) if urls is None else urls)
        self._inclusions = Inclusions(config.root)
        self.folders = Folders(config.root)
        options = config.findings.options
        self._surroundings = Surroundings(
            generator=config.site.convention,
            siblings=self._siblings,
            inclusions=self._inclusions,
            run_template=self._run_template,
            folders=tuple(options.get("snippets", ("", "docs"))),
            includes=tuple(options.get("includes", ())),
            marker=config.settings.posts.summary_marker,
            params=options.get("params", {}),
            emoji=shows_emoji(config),
        )
        self._links_addresses = links_addresses(config)
        # No generator says which Markdown it is.
        self._guesses_dialect = config.site.convention == "plain" and config.settings.posts.markdown == "auto"
        self._cleaner = Cleaner()
        self._jekyll: Jekyll | None = None
        self._templates: SiteTemplates | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy for a worker process: what the libraries hold cannot travel, and is quickly made again."""
        return _restore, (self._config, self._siblings.urls)

    def render(self, post: Post, *, id: str) -> Rendered:  # noqa: A002 - Atom's word
        """The post as an entry with that id. Raises PostError for one that has no date, no URL or no readable body."""
        return self.render_all([(post, id)])[0]

    def render_all(self, posts: Iterable[tuple[Post, str]]) -> list[Rendered]:
        """As `render`, each of some posts with its id; step by step, so that the code of one stays at hand."""
        drafts = [self._draft(post, id_) for post, id_ in posts]
        for draft in drafts:
            self._clean(draft)
        return [self._finish(draft) for draft in drafts]

    def _draft(self, post: Post, id_: str) -> Draft:
        """The post as HTML that nobody has cleaned."""
        if self._guesses_dialect and post.markup is Markup.COMMONMARK and is_classic(post.body):
            post = replace(post, markup=Markup.MARKDOWN)
        if post.published is None or post.url is None:
            raise PostError("has no date or no address, so it cannot be an entry", path=post.source)
        self._siblings.asked = {}
        self._inclusions.asked = set()
        text, raw = post.body, post.body.encode("utf-8", "surrogatepass")
        problems: tuple[Problem, ...] = ()
        if not is_inert(raw):
            text, problems = clean_body(text, path=post.source, first_line=post.body_line)
            raw = text.encode()
        template, jekyll = self._make_template(text, post)
        source = rewrite_source(raw, post, self._surroundings, template=template, text=text)
        raw, notes = self._to_html(source, post)
        if source.protected:
            raw = source.pieces.put_back(unshift_html(raw.decode())).encode()
        if post.markup is Markup.MARKDOWN:
            raw = name_marked_code(raw.decode()).encode()
        problems += source.problems + notes
        if jekyll is not None:
            problems += _report(jekyll.mistakes, post, "Liquid")
        return Draft(
            post=post,
            id=id_,
            links=self.make_links(post, id=id_),
            source=source,
            raw=raw,
            problems=problems,
            asked=self._siblings.asked,
            looked=self._inclusions.asked,
        )

    def _clean(self, draft: Draft) -> None:
        self._siblings.asked = draft.asked
        settled = settle_html(draft.raw, draft.links)
        if settled is not None:
            draft.content, draft.words, draft.pictured = settled.content, settled.words, settled.pictured
            draft.encoded = None if settled.suspicious else settled.encoded
            if settled.marked:
                draft.html = draft.raw.decode()
            return
        draft.html = draft.raw.decode()
        if holds_odd_tags(draft.source.text) or any(map(holds_odd_tags, draft.source.pieces.markup)):
            draft.html = drop_odd_tags(draft.html)
        draft.html = simplify_furniture(draft.html)
        draft.content = clean_html(drop_empty(self._cleaner.clean(draft.html, draft.links)))
        draft.words = count_words(draft.content)

    def _finish(self, draft: Draft) -> Rendered:
        self._siblings.asked = draft.asked
        post, links, content, problems = draft.post, draft.links, draft.content, draft.problems
        assert post.published is not None
        title = clean_text(post.title) or clean_text(extract_text(content))[:80] or post.source
        found = find_image(post.image, content if draft.pictured else "", links=links, folders=self.folders)
        enclosure, heard = find_enclosure(post.enclosure, links=links, folders=self.folders)
        if enclosure and not enclosure.length:
            problems += (_miss_length(post, enclosure.url),)
        summary = self._summarize(post, draft.html, content, links)
        shown = mark_direction(content, language=post.language or self._config.site.language, summary=summary)
        if draft.encoded is None or shown is not content:
            shown = hide_lookalikes(shown)
            draft.encoded = shown.encode()
        entry = Entry(
            id=draft.id,
            source=post.source,
            url=links.page,
            title=title,
            published=post.published,
            updated=max(post.updated or post.published, post.published),
            summary=summary or title,
            content=shown,
            words=draft.words,
            authors=tuple(map(_clean_author, post.authors)),
            tags=tuple(map(clean_text, post.tags)),
            categories=tuple(map(clean_text, post.categories)),
            language=post.language,
            image=found.image,
            enclosure=enclosure,
            extra=post.extra,
        )
        files = tuple(sorted({*draft.looked, *found.files, *heard}))
        return Rendered(entry=entry, content=draft.encoded, problems=problems, files=files, asked=draft.asked)

    def make_links(self, post: Post, *, id: str) -> Links:  # noqa: A002 - Atom's word
        """Where the addresses in the post lead; `id` is its entry's."""
        page = complete_url(post.url or "", self._site_url)
        return Links(
            page=page,
            base=urljoin(page, post.base) if post.base else page,
            site=self._site_url,
            source=post.source,
            siblings=self._siblings,
            footnotes=hashlib.sha256(id.encode()).hexdigest()[:6],
            lists=self._config.findings.options.get("lists", {}),
        )

    def _make_template(self, text: str, post: Post) -> tuple[Template | None, Jekyll | None]:
        if self._config.site.convention != "jekyll" or not ("{{" in text or "{%" in text):
            return None, None
        if post.extra.get("render_with_liquid") is False:
            return None, None
        if self._jekyll is None:
            from feeds.render.jekyll import Jekyll  # 0.1 s that other sites never need

            self._jekyll = Jekyll(**self._describe_site())
        jekyll = self._jekyll
        return Template(tags=jekyll.known_tags, run=lambda text: jekyll.render_post(text, post)), jekyll

    def _run_template(self, text: str, variables: Mapping[str, Any]) -> str:
        """What a small template of the site's own says with `variables`."""
        if self._templates is None:
            from feeds.render.site_templates import SiteTemplates  # as above

            self._templates = SiteTemplates(**self._describe_site())
        return self._templates.run(text, variables)

    def _describe_site(self) -> dict[str, Any]:
        """What the template languages know of the site."""
        site, options = self._config.site, self._config.findings.options
        variables = dict(options.get("variables", {})) | {
            "title": site.title,
            "description": site.description,
            "lang": site.language,
            "timezone": site.timezone,
        }
        return {
            "inclusions": self._inclusions,
            "variables": variables,
            "data": options.get("data"),
            "site_url": self._site_url,
            "siblings": self._siblings,
        }

    def _to_html(self, source: Source, post: Post) -> tuple[bytes, tuple[Problem, ...]]:
        if post.markup is Markup.HTML:
            return source.text.encode(), ()
        if post.markup is Markup.RST:
            article = render_rst(source.text, path=post.source, inclusions=self._inclusions)
            notes = [
                Problem(
                    path=post.source, severity=Severity.NOTE, message=f"directive `{name}` has no counterpart in a feed"
                )
                for name in article.unknown
            ]
            return article.html.encode(), (*notes, *_report(article.mistakes, post, "reStructuredText"))
        if post.markup is Markup.MARKDOWN:
            return render_classic(source.text).encode(), ()
        raw = source.text.encode() if source.protected else source.raw
        return convert_commonmark(raw, bare_links=self._links_addresses), ()

    def _summarize(self, post: Post, html: str, content: str, links: Links) -> str:
        if post.summary and (said := self._plain(post.summary, links)):
            return cut_at_sentence(said, MAX_MARKED_LENGTH)
        if (end := find_marker(html)) is not None and (
            text := summarize_marked(self._cleaner.clean(html[:end], links))
        ):
            return clean_prose(text)
        return clean_prose(summarize(content))

    def _plain(self, text: str, links: Links) -> str:
        """One line of front matter without its Markdown."""
        if _MARKUP.search(text):
            text = extract_text(self._cleaner.clean(drop_odd_tags(render_commonmark(clean_prose(text))), links))
        return clean_prose(text)


@lru_cache(maxsize=4096)
def _clean_author(author: Person) -> Person:
    return replace(author, name=clean_text(author.name))


def _report(mistakes: Iterable[tuple[int | None, str]], post: Post, language: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            path=post.source,
            line=line and line + post.body_line - 1,
            severity=Severity.WARNING,
            message=f"{language}: {message.rstrip('.')}; look at what the entry shows there",
        )
        for line, message in mistakes
    )


def _miss_length(post: Post, url: str) -> Problem:
    message = f"{url} is not at hand, so readers are not told its length; write it in bytes as `length` beside `url`"
    return Problem(path=post.source, severity=Severity.NOTE, message=message)


def _restore(config: Config, urls: Mapping[str, str]) -> Renderer:
    return Renderer(config, (), urls=urls)
