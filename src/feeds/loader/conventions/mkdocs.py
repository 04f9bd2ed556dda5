"""Material for MkDocs with its blog plugin: https://squidfunk.github.io/mkdocs-material/plugins/blog/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from feeds.errors import ConfigError
from feeds.loader.addresses import join_path
from feeds.loader.clues import Clues
from feeds.loader.convention import Convention, Facts, FileName, Page, SourceFile
from feeds.loader.conventions.packages import join_folders
from feeds.loader.datafiles import read_data
from feeds.loader.directory import read_people_files
from feeds.loader.files import read_loosely
from feeds.loader.folders import list_folder
from feeds.loader.keys import is_false, is_true
from feeds.models import Markup, Status

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from feeds.config import Findings

CONFIGS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml")
_OTHERS = re.compile(r"mkdocs[-._].*\.ya?ml", re.DOTALL)
DEFAULTS: Mapping[str, str] = {
    "blog_dir": "blog",
    "post_dir": "{blog}/posts",
    "post_url_format": "{date}/{slug}",
    "post_url_date_format": "yyyy/MM/dd",
    "authors_file": "{blog}/.authors.yml",
    "post_slugify_separator": "-",
    "categories_slugify_separator": "-",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MAX_INHERITED = 5


class MkDocs(Convention):
    """Posts below the blog plugin's `post_dir`; their addresses come from `post_url_format`."""

    name = "mkdocs"
    markup = Markup.MARKDOWN
    title_heading = "leading"
    extensions: ClassVar[Mapping[str, Markup | None]] = dict.fromkeys((".md", ".markdown", ".mdown", ".mkdn", ".mkd"))

    def detect(self, root: Path) -> str | None:
        """mkdocs.yml, or another `mkdocs-….yml` that `mkdocs build -f` may be told, if it turns the blog plugin on."""
        return next((name for name in _list_configs(root) if _may_have_blog(root / name)), None)

    def read_site(self, root: Path) -> Findings:
        """What mkdocs.yml and the authors' file say."""
        name = self.detect(root) or next(_list_configs(root), CONFIGS[0])
        config = read_config(root / name) if (root / name).is_file() else {}
        clues = Clues(self.name, evidence=name)
        for key in ("title", "url", "description", "author"):
            clues.note(key, config.get("site_name" if key == "title" else f"site_{key}"), name)
        docs = join_folders(str(config.get("docs_dir") or "docs"))
        clues.note_domain(root, docs)
        clues.note("rights", config.get("copyright"), name)
        theme = config.get("theme")
        if isinstance(theme, Mapping):
            for key, said in (("language", "language"), ("logo", "logo"), ("icon", "favicon")):
                clues.note(key, theme.get(said), name)
        blogs = {}
        for blog in _find_blogs(config) or [{}]:
            options = {key: str(blog[key]) if blog.get(key) is not None else value for key, value in DEFAULTS.items()}
            below = join_folders(options["blog_dir"])
            folder = join_folders(docs, options["post_dir"].replace("{blog}", below))
            people = join_folders(docs, options["authors_file"].replace("{blog}", below))
            clues.authors |= read_people_files(root, people.removesuffix(".yml"))
            future = not is_true(blog.get("draft_if_future_date"))
            most = blog.get("post_url_max_categories")
            blogs[folder] = options | {
                "blog_dir": below,
                "drafts": is_true(blog.get("draft")),
                "max_categories": most if isinstance(most, int) else 1,
                "post_case": _read_case(blog.get("post_slugify")),
                "categories_case": _read_case(blog.get("categories_slugify")),
            }
        return clues.conclude(
            posts=tuple(blogs),
            found_by=name,
            options={
                "blogs": blogs,
                "future": future,
                "flat": is_false(config.get("use_directory_urls")),
                "snippets": _find_snippets(config, docs),
            },
        )

    def is_post(self, source: str) -> bool:
        """Every Markdown file below the folder of posts, whatever it is called."""
        return "." + source.rpartition(".")[2].lower() in self.extensions

    def read_name(self, file: SourceFile, facts: Facts) -> FileName:
        """Only the name: the date has to be in the header."""
        del facts
        return FileName(slug=file.source.rpartition("/")[2].rpartition(".")[0])

    def judge(self, page: Page) -> tuple[Status, str]:
        """Drafts stay out unless the plugin's `draft` includes them."""
        if _blog(page).get("drafts") and is_true(page.fields.get("draft")):
            return Status.PUBLISHED, ""
        return super().judge(page)

    def make_title(self, page: Page) -> str:
        """MkDocs's own: the file's name with spaces, capitalised if it is all in lower case."""
        title = page.name.slug.replace("-", " ").replace("_", " ")
        return title.capitalize() if title.lower() == title else title

    def address(self, page: Page) -> str:
        """`post_url_format` below the blog."""
        blog = {**DEFAULTS, **_blog(page)}
        own, when = page.fields.get("slug"), page.published
        most, apart, case = (
            blog.get("max_categories", 1),
            blog["categories_slugify_separator"],
            blog.get("categories_case"),
        )
        values = {
            "categories": "/".join(slugify(name, apart, case or "lower") for name in page.categories[:most]),
            "date": _format_day(when.date(), blog["post_url_date_format"]) if when else "",
            "file": page.name.slug,
            "slug": str(own)
            if own not in (None, "")
            else slugify(_find_title(page), blog["post_slugify_separator"], blog.get("post_case", "lower")),
        }
        path = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), blog["post_url_format"])
        whole = join_path(f"{blog['blog_dir']}/{path.strip('/')}")
        if page.facts.options.get("flat"):
            return f"{whole}.html"
        return f"{whole.removesuffix('/index')}/"


def _list_configs(root: Path) -> Iterator[str]:
    """The settings files, the one that MkDocs takes by itself first."""
    yield from (name for name in CONFIGS if (root / name).is_file())
    yield from (name for name, is_folder, _ in list_folder(str(root)) if not is_folder and _OTHERS.fullmatch(name))


def _may_have_blog(file: Path) -> bool:
    try:
        return bool(_find_blogs(read_config(file)))
    except ConfigError:  # broken: let read_site name the line if it may be a blog's
        return "blog" in read_loosely(file)


def read_config(file: Path, *, inherited: int = 0) -> dict[str, Any]:
    """mkdocs.yml over the file that it INHERITs from. Raises ConfigError for what cannot be read."""
    config = read_data(file)
    if file.suffix == ".toml":  # Zensical keeps the same keys under [project]
        project = config.get("project")
        return project if isinstance(project, dict) else {}
    parent = config.get("INHERIT")
    if isinstance(parent, str) and inherited < _MAX_INHERITED and (file.parent / parent).is_file():
        return _merge(read_config(file.parent / parent, inherited=inherited + 1), config)
    return config


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        merged[key] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def _find_blogs(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The options of each blog plugin that is on; plugins may be a list or a table."""
    plugins = config.get("plugins")
    pairs: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(plugins, Mapping):
        pairs = iter(plugins.items())
    elif isinstance(plugins, list):
        pairs = (pair for item in plugins for pair in (item.items() if isinstance(item, Mapping) else ((item, None),)))
    found = [value if isinstance(value, Mapping) else {} for name, value in pairs if name in {"blog", "material/blog"}]
    return [options for options in found if not is_false(options.get("enabled"))]


def _find_snippets(config: Mapping[str, Any], docs: str) -> list[str]:
    """The folders that pymdownx.snippets looks into: its `base_path`, which is the project's own folder by default."""
    extensions = config.get("markdown_extensions")
    tables = [extensions, *extensions] if isinstance(extensions, list) else [extensions]
    for table in tables:
        options = table.get("pymdownx.snippets") if isinstance(table, Mapping) else None
        said = options.get("base_path") if isinstance(options, Mapping) else None
        folders = [str(folder) for folder in (said if isinstance(said, list) else [said]) if folder]
        if folders:
            return [join_folders(re.sub(r"^.*\$config_dir\b", "", folder)) for folder in folders]
    return ["", docs]


def _find_title(page: Page) -> str:
    """The title as the slug is made from it, before anything is rendered: the header's or the heading's as written."""
    return str(page.fields.get("title") or page.written or page.title)


def _read_case(slugs: Any) -> str:
    """What a function of pymdownx.slugs does to capitals: https://facelessuser.github.io/pymdown-extensions/extras/slugs/."""
    given = slugs.get("kwds") if isinstance(slugs, Mapping) else None
    return str(given.get("case", "none")) if isinstance(given, Mapping) else "lower"


def _blog(page: Page) -> Mapping[str, Any]:
    blogs = page.facts.options.get("blogs")
    found = blogs.get(page.file.folder) if isinstance(blogs, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _format_day(day: date, pattern: str) -> str:
    """The date in the CLDR pattern that the plugin writes into the address; names of months and days in English."""
    month = MONTHS[day.month - 1]
    values = {"y": f"{day:%Y}", "M": str(day.month), "d": str(day.day), "D": str(day.timetuple().tm_yday)}
    values |= {"MMM": month[:3], "MMMM": month, "yy": f"{day:%y}"}
    values |= {"E" * count: DAYS[day.weekday()][:3] for count in (1, 2, 3)} | {"EEEE": DAYS[day.weekday()]}
    return re.sub(
        r"(y+|M+|d+|D+|E+)",
        lambda match: values.get(match[1]) or values[match[1][0]].zfill(len(match[1])),
        pattern,
    )


def slugify(text: str, separator: str = "-", case: str = "lower") -> str:
    """pymdownx.slugs.slugify; with `case="lower"` it is the plugin's default."""
    bare = re.sub(r"</?[^>]*>", "", unicodedata.normalize("NFC", text)).strip()
    if case == "lower-ascii":
        bare = "".join(char.lower() if char.isascii() else char for char in bare)
    elif case != "none":
        bare = bare.casefold() if case == "fold" else bare.lower()
    return re.sub(r"[^\w\- ]", "", bare).replace(" ", separator)
