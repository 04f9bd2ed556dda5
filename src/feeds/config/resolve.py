"""Settings win over findings, findings win over defaults; each value remembers where it came from."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from feeds.config.secure import prefer_https
from feeds.errors import ConfigError
from feeds.models import Person, Site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feeds.config.settings import Settings

DEFAULTS: Mapping[str, str] = {"site.language": "en", "site.timezone": "UTC"}
TEMPLATES = "templates/feeds"  # where a site has its own templates
SITE_KEYS = ("title", "url", "description", "language", "timezone", "author", "rights", "icon", "logo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the site's own files say, as the loader detected it.

    `site` has some of the keys of feeds.toml's `[site]`; `posts` are the folders of posts relative to the site, "" for
    the site itself. `route` is the path above the posts' addresses where it is only guessed. `domain` is the host that
    a CNAME file names, as GitHub Pages wants it. `authors` are the site's own, by key. `options` is the convention's
    private knowledge. `origins` says for each key (`site.url`, `posts.path`) which file it was found in.
    """

    convention: str = "plain"
    site: Mapping[str, str] = field(default_factory=dict)
    posts: tuple[str, ...] = ("",)
    route: str | None = None
    domain: str | None = None
    authors: Mapping[str, Person] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that a run depends on besides the posts, the templates, the history and the time.

    `origins` says for each key in force where it came from. `authors` are all known persons by key. `stable_url` is
    false for an address that only this run uses (loopback, environment, `--set`): ids must not be remembered from it.
    """

    root: Path
    state_dir: Path
    output: Path
    site: Site
    settings: Settings
    findings: Findings
    authors: Mapping[str, Person]
    posts: tuple[str, ...]
    origins: Mapping[str, str]
    stable_url: bool

    def require_url(self) -> str:
        """The site's URL, ending with a slash. Raises ConfigError if nobody said what it is."""
        if self.site.url is None:
            raise ConfigError(
                'is not known: write `url = "https://…"` under [site] in feeds.toml, or try --set site.url=https://…',
                key="site.url",
            )
        return self.site.url

    @property
    def for_mail(self) -> Config:
        """The same, with the site's address as links in a mail have it: under https: if its host is sure to speak that.

        So is a domain of GitHub Pages', whatever the site's own settings say
        (https://docs.github.com/en/pages/getting-started-with-github-pages/securing-your-github-pages-site-with-https).
        """
        url = self.site.url or ""
        secure = prefer_https(url)
        if url.startswith("http:") and urlsplit(url).netloc.lower() == self.findings.domain:
            secure = f"https{url[4:]}"
        return self if secure == url else replace(self, site=replace(self.site, url=secure))

    def zone_of(self, newsletter: str) -> str:
        """The IANA name of the zone that the newsletter's schedule is in."""
        settings = self.settings.newsletters.get(newsletter)
        return (settings and settings.timezone) or self.site.timezone


def resolve_config(
    *,
    root: Path,
    settings: Settings,
    origins: Mapping[str, str],
    findings: Findings,
    state_dir: Path | None = None,
    output: Path | None = None,
) -> Config:
    """The configuration in force. Raises ConfigError for a zone or an address that does not exist."""
    merged: dict[str, str] = {key.removeprefix("site."): value for key, value in DEFAULTS.items()}
    sources = dict.fromkeys(DEFAULTS, "default")
    for key in SITE_KEYS:
        if found := findings.site.get(key):
            merged[key] = found
            sources[f"site.{key}"] = findings.origins.get(f"site.{key}", findings.convention)
        if (said := getattr(settings.site, key)) is not None:
            merged[key] = said
            sources[f"site.{key}"] = origins.get(f"site.{key}", "feeds.toml")
    if "title" not in merged:
        merged["title"] = root.resolve().name or "Feeds"
        sources["site.title"] = "the folder's name"
    authors = dict(findings.authors) | {
        key: Person(name=author.name, email=author.email, url=author.url) for key, author in settings.authors.items()
    }
    url = _clean_url(merged.get("url"), sources.get("site.url"))
    site = Site(
        title=merged["title"],
        url=url,
        description=merged.get("description", ""),
        language=merged["language"],
        timezone=_known_zone(merged["timezone"], sources["site.timezone"]),
        authors=_site_authors(merged.get("author"), authors),
        rights=merged.get("rights"),
        icon=_absolute(url, merged.get("icon")),
        logo=_absolute(url, merged.get("logo")),
        convention=findings.convention,
    )
    for name, newsletter in settings.newsletters.items():
        if newsletter.timezone is not None:
            key = f"newsletters.{name}.timezone"
            _known_zone(newsletter.timezone, origins.get(key, "feeds.toml"), key=key)
    posts = settings.posts.path or findings.posts
    sources["posts.path"] = "feeds.toml" if settings.posts.path else findings.origins.get("posts.path", "default")
    sources["posts.convention"] = findings.origins.get("posts.convention", "default")
    if settings.posts.permalink is None and (guess := findings.origins.get("posts.permalink")):
        sources["posts.permalink"] = guess
    return Config(
        root=root,
        state_dir=state_dir or root / ".feeds",
        output=output or root / settings.feeds.output,
        site=site,
        settings=settings,
        findings=findings,
        authors=authors,
        posts=tuple(posts),
        origins=dict(origins) | sources,
        stable_url=url is not None
        and sources.get("site.url") not in {"--set", "the environment"}
        and not is_loopback(url),
    )


def describe_origin(origin: str) -> str:
    """Where a value came from, as a remark behind it: `from CNAME`, `the default`, or a guess in its own words."""
    if origin == "default":
        return "the default"
    return origin if origin.startswith(("no ", "a guess")) else f"from {origin}"


def is_loopback(url: str) -> bool:
    """Whether the address is one that only this machine can see (RFC 6761 section 6.3 and RFC 5735)."""
    host = (urlsplit(url).hostname or "").lower()
    return host == "localhost" or host.endswith(".localhost") or host in {"::1", "0.0.0.0"} or host.startswith("127.")  # noqa: S104 - recognised here, never bound


def _clean_url(url: str | None, origin: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url if "://" in url else f"https://{url.lstrip('/')}")
    try:
        place = _normalise_host(parts)
    except ValueError:
        place = ""
    if parts.scheme not in {"http", "https"} or not place:
        raise ConfigError(
            f"is no address of a site: {url!r}; write it as https://example.org", path=origin, key="site.url"
        )
    path = quote(parts.path.rstrip("/") + "/", safe="/%:@!$&'()*+,;=~")
    return parts._replace(netloc=place, path=path, query="", fragment="").geturl()


def _normalise_host(parts: SplitResult) -> str:
    """Host and port as every reader compares them (RFC 3986 section 6.2): in ASCII, small, without the usual port."""
    host = (
        (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else f"[{parts.hostname}]"
    )
    usual = parts.port is None or (parts.scheme, parts.port) in {("http", 80), ("https", 443)}
    return host if usual else f"{host}:{parts.port}"


def _known_zone(name: str, origin: str, *, key: str = "site.timezone") -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"is no time zone: {name!r}; use a name of the IANA list, such as Europe/Berlin",
            path=origin,
            key=key,
        ) from None
    return name


def _site_authors(author: str | None, authors: Mapping[str, Person]) -> tuple[Person, ...]:
    if not author:
        return ()
    return (authors.get(author) or Person(name=author),)


def _absolute(url: str | None, path: str | None) -> str | None:
    if not path or not url:
        return path
    return urljoin(url, path.lstrip("/") if not path.startswith("//") else path)
