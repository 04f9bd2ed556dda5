"""What a person may write in feeds.toml: every key, its type, its default and what it is for.

The descriptions are the source of `docs/settings.md` and of the JSON Schema in `docs/feeds.schema.json`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _relative(path: str) -> str:
    if not path.strip() or path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/"):
        raise ValueError(f"is no path below the site's address: {path!r}; write it like `topics/{{slug}}.xml`")
    return path


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_list, json_schema_input_type=str | tuple[str, ...])]
Axis = Literal["tag", "author", "category", "language"]
Kind = Literal["site", "tag", "author", "category", "language", "custom"]
Format = Literal["rss", "atom", "json"]


class Section(BaseModel):
    """A table of feeds.toml. An unknown key is an error, so that a typing mistake cannot pass for a setting."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class AuthorSettings(Section):
    """One person under the key that posts name them by."""

    name: str = Field(description="The name that readers see.")
    email: str | None = Field(None, description="Shown in the feeds; leave it out to keep it private.")
    url: str | None = Field(None, description="The person's own page.")


class SiteSettings(Section):
    """What the site is. Whatever is left out is looked for in the site's own files."""

    title: str | None = Field(None, description="The site's name; the title of its feeds.")
    url: str | None = Field(None, description="The site's address, with its path if it has one.")
    description: str | None = Field(None, description="One sentence on what the site is about.")
    language: str | None = Field(
        None, description="The language of the posts, as a BCP 47 tag such as `en` or `pt-BR`."
    )
    timezone: str | None = Field(None, description="IANA name of the zone that dates without one are in.")
    author: str | None = Field(None, description="Who wrote the posts that name nobody: a key of `authors`, or a name.")
    default_time: str = Field(
        "00:00", pattern=r"^\d{2}:\d{2}$", description="The time of day of a post that has only a date."
    )
    rights: str | None = Field(None, description="A copyright line for the feeds.")
    icon: str | None = Field(None, description="A small square picture for the feeds (path or URL).")
    logo: str | None = Field(None, description="A wide picture for the feeds (path or URL).")


class PostsSettings(Section):
    """Where the posts are and how they are to be read."""

    path: Names | None = Field(None, description="The folder (or folders) of posts, relative to the site.")
    convention: str = Field("auto", description="The generator whose rules hold, by name; `auto` finds out.")
    permalink: str | None = Field(
        None,
        description="A post's address as a pattern, e.g. `/:year/:month/:slug/`, where the site's rule is unknown.",
    )
    markdown: Literal["auto", "markdown", "gfm"] = Field(
        "auto", description="`gfm` renders as CommonMark with GitHub's extensions, `markdown` with Python-Markdown."
    )
    summary_marker: str | None = Field(
        None, description="A line that ends the summary, besides `<!--more-->` and the like."
    )


class Criterion(Section):
    """What a post's tags (or authors, or categories) must be for the post to pass."""

    any_: Names = Field((), alias="any", description="At least one of these.")
    all_: Names = Field((), alias="all", description="Every one of these.")
    not_: Names = Field((), alias="not", description="None of these.")


def _as_criterion(value: Any) -> Any:
    return {"any": value} if isinstance(value, (str, list)) else value


Wanted = Annotated[Criterion, BeforeValidator(_as_criterion, json_schema_input_type=str | list[str] | Criterion)]


class Filter(Section):
    """Which posts are meant. A name or a list of names stands for `{ any = [...] }`."""

    tags: Wanted = Field(Criterion(), description="By tag.")
    authors: Wanted = Field(Criterion(), description="By author's name or key.")
    categories: Wanted = Field(Criterion(), description="By category.")
    language: Wanted = Field(Criterion(), description="By language.")


class CustomFeed(Filter):
    """A feed of one's own: a name and a filter."""

    name: str = Field(description="The folder of the feed below the output.", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    title: str | None = Field(None, description="The feed's title; the site's with the name otherwise.")
    description: str | None = Field(None, description="One sentence on what the feed holds.")
    home_page: str | None = Field(None, description="The page that shows the same posts; the site's own otherwise.")


class FeedsSettings(Section):
    """What feeds are written, and where."""

    output: str = Field("public", description="The folder that the feeds are written to, relative to the site.")
    formats: tuple[Format, ...] = Field(("rss", "atom", "json"), description="The formats of every feed.", min_length=1)
    by: tuple[Axis, ...] = Field(("tag", "author", "category"), description="One feed for each value of these.")
    limit: int = Field(20, ge=1, description="How many entries a feed holds, newest first.")
    max_bytes: int = Field(1_000_000, ge=10_000, description="A larger feed shows summaries for its oldest entries.")
    content: Literal["full", "summary"] = Field("full", description="Whether entries carry the whole post.")
    layout: str = Field("feeds", description="The addresses of the feeds: `feeds`, or those of another tool.")
    paths: dict[Kind, dict[Format, Annotated[str, AfterValidator(_relative)]]] = Field(
        {}, description='Addresses of one\'s own, by kind and format: `tag.rss = "topics/{slug}/index.xml"`.'
    )
    # Any script's letters, said by what is none: validators of the schema in Python and JavaScript know no \p{L}.
    slugs: dict[str, Annotated[str, Field(pattern=r"^[^\s!-,./:-@\[-^`{-~-][^\s!-,./:-@\[-^`{-~]*$")]] = Field(
        {}, description='Slugs of one\'s own for tags, authors and categories, by name: `"C++" = "cpp"`.'
    )
    hub: str | None = Field(None, description="A WebSub hub that is told of changes.")
    ttl: int | None = Field(None, ge=1, description="Minutes that a reader may wait before it asks again (RSS only).")
    after_build: str | None = Field(
        None,
        description="A command that publishes the output, run when it has changed and before mail that links to it.",
    )
    custom: tuple[CustomFeed, ...] = Field((), description="Feeds of one's own.")

    @model_validator(mode="after")
    def _patterns_differ(self) -> Self:
        for kind, formats in self.paths.items():
            for name, path in formats.items():
                if kind != "site" and not any(
                    f"{{{word}}}" in path for word in ("slug", "name", "urlized", "latin", "wordpress", "ghost")
                ):
                    raise ValueError(f"feeds.paths.{kind}.{name} is one address for many feeds; put {{slug}} into it")
        return self

    @model_validator(mode="after")
    def _slugs_differ(self) -> Self:
        names: dict[str, str] = {}
        for name, slug in self.slugs.items():
            if (other := names.setdefault(slug.casefold(), name)) != name:
                raise ValueError(f"{other!r} and {name!r} have the same slug in `slugs`; give each one of its own")
        return self

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [custom.name.casefold() for custom in self.custom]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two feeds are called {name!r}; give each a name of its own")
        return self


class LinkSettings(Section):
    """A link in the footer of a mail."""

    title: str = Field(description="The words of the link.")
    url: str = Field(description="Its address.", pattern=r"^(https?://|mailto:)")


class NewsletterSettings(Filter):
    """A mailing: which posts it takes, when an issue is due, who gets it and how it looks."""

    title: str | None = Field(None, description="The newsletter's name in the mail; the site's title otherwise.")
    subject: str | None = Field(None, description="The subject, a Jinja template; `{{ title }}` is the first post's.")
    sender: str = Field("", alias="from", description="From: `Name <me@example.org>`; an address alone gets the title.")
    schedule: str = Field(
        "every new post",
        description="When an issue is due: `mondays 09:00`, `1st and 15th 08:00`, `daily 07:30`, `every new post`, or "
        "the five fields of cron.",
    )
    timezone: str | None = Field(None, description="IANA name of the schedule's zone; the site's otherwise.")
    max_posts: int = Field(20, ge=1, description="The most posts of one issue; the rest wait for the next.")
    min_posts: int = Field(1, ge=1, description="An issue waits until so many posts are new.")
    max_age: int = Field(90, ge=1, description="Days; an older post that was never mailed is held for a person.")
    flood_limit: int = Field(30, ge=1, description="More new posts than this at once need a person.")
    not_in: Names = Field((), description="Newsletters whose posts this one leaves out.")
    hold: bool = Field(False, description="Whether each issue waits for `feeds send NAME` to approve it.")
    template: str = Field("digest.html", description="The template of the HTML part.")
    transport: str = Field("folder", description="A key of `transports`, or `folder` for files in `outbox/`.")
    address: str | None = Field(None, description="The postal address in the footer, which mail laws ask for.")
    footer: str | None = Field(None, description="Why the reader gets this mail, in a sentence.")
    signup: str | None = Field(
        None,
        pattern=r"^(https?://|mailto:)",
        description="Where people sign up for it; the subscribe page links there.",
    )
    layout: Literal["auto", "letter", "cover", "headlines"] = Field(
        "auto",
        description="`letter` shows posts in full, `cover` one large and the others small, `headlines` titles alone; "
        "`auto` is a letter for one post and a cover for several.",
    )
    group_by: Literal["tag", "category", "author"] | None = Field(None, description="Groups the posts after the first.")
    accent: str | None = Field(
        None,
        pattern=r"^#[0-9A-Fa-f]{6}$",
        description="The colour of links, as `#0A58B0`; it is made darker or lighter until everybody can read it.",
    )
    font: Literal["serif", "sans"] | None = Field(
        None, description="The face of titles and prose; if not set, `sans` in East Asian languages, else `serif`."
    )
    logo: str | None = Field(None, description="A small picture beside the newsletter's name (path or URL).")
    logo_width: int = Field(32, ge=16, le=160, description="The logo's width in pixels.")
    links: tuple[LinkSettings, ...] = Field((), description="More links in the footer.")


class FolderTransport(Section):
    """Files in a folder, for any tool that picks them up."""

    kind: Literal["folder"]
    path: str = Field("outbox", description="The folder, relative to the site.")
    unsubscribe: str | None = Field(None, description="The address that unsubscribes a reader (https: or mailto:).")


class SmtpTransport(Section):
    """One message to a list's address."""

    kind: Literal["smtp"]
    host: str = Field(description="The mail server.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="`none` is for a server on this machine alone."
    )
    user: str | None = Field(None, description="The name to log in with.")
    password_env: str | None = Field(None, description="The environment variable that holds the password.")
    to: str = Field(description="The list's address.")
    unsubscribe: str | None = Field(None, description="The address that unsubscribes a reader (https: or mailto:).")
    timeout: float = Field(60.0, gt=0, description="Seconds to wait for the server's answer.")


DELAY = "Minutes: an issue is scheduled for so much later, and can be stopped there until then."


class ListmonkTransport(Section):
    """A campaign in listmonk."""

    kind: Literal["listmonk"]
    url: str = Field(description="The address of listmonk.")
    user: str = Field(description="The API user's name.")
    token_env: str = Field(description="The environment variable that holds the API token.")
    lists: tuple[int, ...] = Field(description="The numbers of the lists.", min_length=1)
    template: int | None = Field(None, description="The number of a template; otherwise one that adds nothing.")
    delay: int = Field(0, ge=0, description=DELAY)
    timeout: float = Field(30.0, gt=0, description="Seconds to wait for an answer.")


class ButtondownTransport(Section):
    """An email in Buttondown."""

    kind: Literal["buttondown"]
    url: str = Field("https://api.buttondown.com/v1", description="The address of the API.")
    token_env: str = Field(description="The environment variable that holds the API key.")
    tags: Names = Field((), description="Only subscribers with one of these tags.")
    delay: int = Field(0, ge=0, description=DELAY)
    timeout: float = Field(30.0, gt=0, description="Seconds to wait for an answer.")


TransportSettings = Annotated[
    FolderTransport | SmtpTransport | ListmonkTransport | ButtondownTransport, Field(discriminator="kind")
]


class StateSettings(Section):
    """Where ids, issues and attempts are remembered."""

    url: str | None = Field(None, description="A SQLAlchemy URL; `state.db` in the state folder otherwise.")


class Settings(Section):
    """The whole of feeds.toml."""

    site: SiteSettings = Field(default_factory=SiteSettings)
    authors: dict[str, AuthorSettings] = Field(default_factory=dict)
    posts: PostsSettings = Field(default_factory=PostsSettings)
    feeds: FeedsSettings = Field(default_factory=FeedsSettings)
    newsletters: dict[str, NewsletterSettings] = Field(default_factory=dict)
    transports: dict[str, TransportSettings] = Field(default_factory=dict)
    state: StateSettings = Field(default_factory=StateSettings)

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        for name, newsletter in self.newsletters.items():
            if newsletter.transport != "folder" and newsletter.transport not in self.transports:
                raise ValueError(
                    f"newsletters.{name}.transport names {newsletter.transport!r}, which [transports] does not have"
                )
            for other in newsletter.not_in:
                if other not in self.newsletters:
                    raise ValueError(f"newsletters.{name}.not_in names {other!r}, which [newsletters] does not have")
        return self
