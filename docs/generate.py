"""Write what the documentation takes from the program: settings, their JSON Schema, options, conventions.

`make fix` runs it; tests/test_docs.py fails when a file is not what it would write.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from feeds.cli.app import app
from feeds.config import Settings
from feeds.loader.conventions import NAMES, load_convention

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """An option or argument of a command, as Typer knows it; `opts` of an option start with a hyphen."""

    opts: tuple[str, ...]
    metavar: str
    help: str

    @property
    def label(self) -> str:
        """How a person writes it: `--output DIR`, or `NAME`."""
        names = ", ".join(option for option in self.opts if option.startswith("-"))
        return " ".join(part for part in (names, self.metavar) if part)


DOCS = Path(__file__).parent
OPTIONS = re.compile(r"<!-- options of (?P<name>[a-z]+) -->\n.*?<!-- end -->", re.DOTALL)
CONVENTIONS_TABLE = re.compile(r"<!-- conventions -->\n.*?<!-- end -->", re.DOTALL)
SETTINGS_HEAD = """\
# Settings

*Written by `docs/generate.py` from the program itself.*

A blog made by a known generator needs no settings. Whatever `feeds check` says was guessed wrongly is put right by one
line in `feeds.toml`, in the blog's folder, or under `[tool.feeds]` in its `pyproject.toml`. Paths are relative to
that folder. A key that is not listed here is an error, which names the nearest one that is.

Each setting also comes from the environment (`FEEDS_SITE__URL=https://example.org`: two underscores for each dot) and
from the command line (`--set site.url=https://example.org`). The command line wins over the environment, and that over
the file. Values are TOML, or plain text where they are not.

An address that comes from the environment or from `--set`, or that only this machine can see, is good for one run: no
id is remembered from it.

Secrets are named, never written: `token_env = "LISTMONK_TOKEN"` says which variable of the environment holds one.
"""


def render_settings() -> str:
    """The whole of settings.md: a section for each table of feeds.toml, a row for each key."""
    parts = [SETTINGS_HEAD]
    for header, table in _tables(Settings.model_json_schema(by_alias=True)):
        needed = table.get("required", ())
        parts += [f"## `{header}`", "", " ".join(table["description"].split()), ""]
        parts += ["| key | value | default | |", "|---|---|---|---|"]
        parts += [
            f"| `{key}` | {_value(value)} | {_default(value, needed=key in needed)} | {value['description']} |"
            for key, value in table["properties"].items()
            if "const" not in value
        ]
        parts.append("")
    return "\n".join(parts)


def render_schema() -> str:
    """The JSON Schema of feeds.toml, for editors that complete and check TOML."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Settings.model_json_schema(by_alias=True)
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def render_commands(text: str) -> str:
    """`text`, the present commands.md, with each command's table of options as the program knows them."""
    return OPTIONS.sub(
        lambda found: f"<!-- options of {found['name']} -->\n{_options(found['name'])}<!-- end -->", text
    )


def render_existing_blog(text: str) -> str:
    """`text`, the present existing-blog.md, with the table of conventions as the program knows them."""
    rows = [f"| `{one.name}` | {(one.__doc__ or '').splitlines()[0]} |" for one in map(load_convention, NAMES)]
    table = "\n".join(["| convention | what it takes for posts |", "|---|---|", *sorted(rows)])
    return CONVENTIONS_TABLE.sub(lambda _: f"<!-- conventions -->\n{table}\n<!-- end -->", text)


def commands() -> dict[str, list[Parameter]]:
    """The parameters of every command that `feeds --help` lists, by the command's name."""
    listed = typer.main.get_command(app).commands  # type: ignore[attr-defined] - several commands make a group
    return {
        name: [
            Parameter(opts=(*one.opts, *one.secondary_opts), metavar=one.metavar or "", help=one.help or "")
            for one in command.params
        ]
        for name, command in listed.items()
    }


def _tables(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The tables of feeds.toml with their headers, as they are nested: `[feeds]` is followed by `[[feeds.custom]]`."""
    models = schema["$defs"]
    for name, section in schema["properties"].items():
        several = section.get("additionalProperties")
        for model in _models(several or section):
            table = models[model]
            kind = table["properties"].get("kind", {}).get("const")
            yield f"[{name}.NAME]" + (f' kind = "{kind}"' if kind else "") if several else f"[{name}]", table
            for key, value in table["properties"].items():
                if value.get("type") == "array" and (inner := _models(value["items"])):
                    yield f"[[{name}{'.NAME' if several else ''}.{key}]]", models[inner[0]]
    yield "{ any = …, all = …, not = … }", models["Criterion"]


def _models(value: Schema) -> list[str]:
    """The names of the models that a value may be."""
    choices = value.get("oneOf") or value.get("anyOf") or [value]
    return [choice["$ref"].rpartition("/")[2] for choice in choices if "$ref" in choice]


def _value(value: Schema) -> str:
    """What may stand behind the equals sign, in words."""
    if "anyOf" in value:
        return " or ".join(_value(choice) for choice in value["anyOf"] if choice.get("type") != "null")
    if "$ref" in value:
        return "a table with `any`, `all`, `not`"
    if "enum" in value:
        return " or ".join(f"`{json.dumps(choice)}`" for choice in value["enum"])
    if value["type"] == "object":
        return f"a table of {_value(value['additionalProperties'])}".replace("of a table", "of tables")
    if value["type"] == "array":
        return (
            "tables, see below"
            if _models(value["items"])
            else f"list of {_value(value['items'])}".replace("number", "numbers")
        )
    return {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}[
        value["type"]
    ]


def _default(value: Schema, *, needed: bool) -> str:
    if needed:
        return "*needed*"
    default = value.get("default")
    return (
        ""
        if default in (None, "", [], {}) or isinstance(default, dict)
        else f"`{json.dumps(default, ensure_ascii=False)}`"
    )


def _options(name: str) -> str:
    """The table of a command's own options; of those that every command has, for the name `every`."""
    every = set.intersection(*(set(parameters) for parameters in commands().values()))
    shown = (
        [one for one in commands()["build"] if one in every]
        if name == "every"
        else [one for one in commands()[name] if one not in every]
    )
    if not shown:
        return "It has no options of its own.\n"
    rows = [f"| `{one.label}` | {' '.join(one.help.split())} |" for one in shown]
    return "\n".join(["| | |", "|---|---|", *rows]) + "\n"


def rendered() -> dict[Path, str]:
    """What each generated file should hold."""
    by_hand = {DOCS / "commands.md": render_commands, DOCS / "existing-blog.md": render_existing_blog}
    return {
        DOCS / "settings.md": render_settings(),
        DOCS / "feeds.schema.json": render_schema(),
    } | {page: render(page.read_text("utf-8")) for page, render in by_hand.items()}


if __name__ == "__main__":
    for path, text in rendered().items():
        path.write_text(text, "utf-8")
