"""The Jinja environment: where templates are found, what they can use, and how their mistakes are told."""

from __future__ import annotations

from dataclasses import is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.utils import missing as MISSING  # noqa: N812

import feeds
from feeds.config import TEMPLATES
from feeds.errors import TemplateError
from feeds.theme.language import make_language
from feeds.theme.wrapping import delimit_url, wrap_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from jinja2.bccache import Bucket

    from feeds.config import Config

# What an expression in a template can raise by itself, besides Jinja's own errors.
MISTAKES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Unknown(jinja2.StrictUndefined):
    """What a template names and does not get: an error, which lists what there is instead."""

    def __init__(self, hint: str | None = None, obj: Any = MISSING, name: Any = None, *rest: Any) -> None:
        if hint is None and is_dataclass(obj):
            hint = f"{name!r} is none of {', '.join(known for known in dir(obj) if not known.startswith('_'))}"
        super().__init__(hint, obj, name, *rest)


class Compiled(jinja2.BytecodeCache):
    """What the templates of this process were compiled to, which takes 0.04 s for a digest, for any site.

    What differs between sites must not be in the code: see `_at_run_time`.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of its template, if the source is what it was."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the bucket's template."""
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


def find_templates() -> Path:
    """The folder of the templates that ship with the program.

    A wheel carries them inside the package. A source checkout and an editable install do not see files that
    the wheel build forces in, so there it is the folder beside `src/`.
    """
    package = Path(feeds.__file__).parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parents[1] / "templates"


def make_environment(config: Config) -> jinja2.Environment:
    """The environment in which every template of this site runs.

    A name is looked for in the site's `templates/feeds/` first, then among the shipped ones; `feeds/NAME`
    is always the shipped one, so that a site's `digest.html` can extend `feeds/digest.html` and override
    one block of it. HTML is escaped, an unknown variable is an error. Filters: `date`, `number`, `plural`,
    `listing`, `wrap`, `delimit`; globals: `say` (a phrase in the site's language), `language` and `site`.
    """
    shipped = jinja2.FileSystemLoader(find_templates())
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PrefixLoader({"feeds": shipped}),
                jinja2.FileSystemLoader(config.root / TEMPLATES),
                shipped,
            ]
        ),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html",), default_for_string=False),
        bytecode_cache=COMPILED,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    language = make_language(config.site.language, config.site.timezone)
    environment.filters |= {
        "date": _at_run_time(language.date),
        "number": _at_run_time(language.number),
        "plural": _at_run_time(language.plural),
        "listing": _at_run_time(language.listing),
        "wrap": wrap_text,
        "delimit": delimit_url,
    }
    environment.globals |= {"say": language.say, "language": language, "site": config.site}
    return environment


def _at_run_time(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja does not apply to a constant once and for all as it compiles the template."""

    @jinja2.pass_context
    def apply(_context: jinja2.runtime.Context, /, *values: Any, **named: Any) -> Any:
        return function(*values, **named)

    return apply


def make_shipped_environment() -> jinja2.Environment:
    """The environment of the program's own pages for the site's author: English, and no template of the site counts."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(find_templates()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def choose_template(environment: jinja2.Environment, *names: str) -> str:
    """The first of `names` that is the name of a template; the last if none is."""
    known = set(environment.list_templates())
    return next((name for name in names if name in known), names[-1])


def locate_template(environment: jinja2.Environment, name: str) -> str:
    """The path of the template `name` as messages have it. Raises TemplateError if it cannot be read."""
    try:
        return _label(environment.get_template(name).filename or name)
    except MISTAKES as error:
        raise _explain(error, name) from error


def render_template(environment: jinja2.Environment, name: str, **values: Any) -> str:
    """What the template `name` makes of `values`. Raises TemplateError with the template's file and line."""
    try:
        return environment.get_template(name).render(values)
    except MISTAKES as error:
        raise _explain(error, name) from error


def render_source(environment: jinja2.Environment, source: str, *, path: str, key: str, **values: Any) -> str:
    """What a template that is written in a setting makes of `values`, as plain text.

    Raises TemplateError that names the setting: its file (`path`) and its `key`.
    """
    try:
        return environment.from_string(source).render(values)
    except MISTAKES as error:
        raise TemplateError(_message(error), path=path, key=key) from error


def _explain(error: Exception, name: str) -> TemplateError:
    if isinstance(error, jinja2.TemplateNotFound) and not isinstance(error, jinja2.TemplatesNotFound):
        missing = str(error.name or name)
        if place := _place(error):
            message = f"there is no template {missing}, which it asks for; put it into {TEMPLATES}/"
            return TemplateError(message, path=_label(place[0]), line=place[1])
        return TemplateError(f"there is no such template; put it into {TEMPLATES}/", path=missing)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return TemplateError(_message(error), path=_label(error.filename or name), line=error.lineno)
    if isinstance(error, UnicodeDecodeError):
        return TemplateError("it is not in UTF-8; save it so", path=f"{TEMPLATES}/{name}")
    path, line = _place(error) or (name, None)
    return TemplateError(_message(error), path=_label(path), line=line)


def _place(error: Exception) -> tuple[str, int] | None:
    """The innermost line of a template in the traceback, which Jinja rewrites to the templates' own lines."""
    place = None
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _label(path: str) -> str:
    """A template's path as its author knows it: below the site, or below the folder of the shipped ones."""
    shipped = find_templates()
    if Path(path).is_relative_to(shipped):
        return f"feeds/{Path(path).relative_to(shipped).as_posix()} (shipped)"
    before, found, after = path.rpartition(f"{TEMPLATES}/")
    return f"{found}{after}" if before else path


def _message(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateError):
        return error.message or type(error).__name__
    return f"{type(error).__name__}: {error}"
