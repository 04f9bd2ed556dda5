"""The documentation says what the program does, all of it and nothing else."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import generate
import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from feeds.cli.app import app
from feeds.config import read_settings
from feeds.config.settings import Settings
from feeds.feed.layout import LAYOUTS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
TESTS = ROOT / "tests"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
COMMANDS = generate.commands()


@pytest.mark.parametrize("path", generate.rendered(), ids=lambda path: path.name)
def test_a_generated_page_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == generate.rendered()[path], "run `make fix`"


def test_every_setting_is_documented_in_the_section_of_its_table() -> None:
    sections = {
        part.partition("`\n")[0]: part for part in (DOCS / "settings.md").read_text("utf-8").split("\n## `")[1:]
    }
    schema = json.loads((DOCS / "feeds.schema.json").read_text("utf-8"))
    for table, value in schema["properties"].items():
        for name, model in schema["$defs"].items():
            if f"#/$defs/{name}" in json.dumps(value):
                mine = [
                    text
                    for header, text in sections.items()
                    if header.strip("[").startswith((f"{table}]", f"{table}."))
                ]
                for key in set(model["properties"]) - {"kind"}:
                    assert any(f"| `{key}` |" in text for text in mine), f"{table}: {key}"


def test_every_setting_says_what_it_is_for() -> None:
    schema = json.loads((DOCS / "feeds.schema.json").read_text("utf-8"))
    silent = [
        f"{name}.{key}"
        for name, model in schema["$defs"].items()
        for key, value in model["properties"].items()
        if "const" not in value and not value.get("description")
    ]
    assert silent == []


def _schema_errors(data: dict[str, Any]) -> list[str]:
    schema = json.loads((DOCS / "feeds.schema.json").read_text("utf-8"))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


def test_the_example_site_satisfies_the_schema() -> None:
    assert _schema_errors(tomllib.loads((ROOT / "feeds.toml").read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "text", ["[site]\ntitel = 'x'", "[feeds]\nlimit = 0", "[transports.x]\nkind = 'pigeon'", "[site]\ntitle = 1"]
)
def test_the_schema_refuses_what_the_program_refuses(text: str) -> None:
    assert _schema_errors(tomllib.loads(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_toml_example_is_a_valid_settings_file(page: Path, tmp_path: Path) -> None:
    for number, text in enumerate(re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)):
        file = tmp_path / f"{number}.toml"
        file.write_text(text, "utf-8")
        read_settings(tmp_path, file=file, environment={})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name: str) -> None:
    assert f"\n## {name}\n" in (DOCS / "commands.md").read_text("utf-8")
    assert f"<!-- options of {name} -->" in (DOCS / "commands.md").read_text("utf-8")


def test_no_section_is_left_of_a_command_that_is_gone() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    assert set(re.findall(r"<!-- options of (\w+) -->", text)) == {*COMMANDS, "every"}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_every_option_that_the_page_lists(name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    text = (DOCS / "commands.md").read_text("utf-8")
    for table in ("every", name):
        section = text.split(f"<!-- options of {table} -->")[1].split("<!-- end -->")[0]
        for option in re.findall(r"`(--[a-z-]+)", section):
            assert option in shown.output


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    for name, rest in re.findall(
        r"^(?:\$ )?(?:\.venv/bin/)?feeds ([a-z]+)(.*)$", page.read_text("utf-8"), re.MULTILINE
    ):
        assert name in COMMANDS, f"{page.name}: feeds {name}"
        known = {"--help"} | {option for parameter in COMMANDS[name] for option in parameter.opts}
        used = re.findall(r"(?<=\s)--[a-z-]+", re.split(r" # | \| ", rest)[0])
        assert set(used) <= known, f"{page.name}: feeds {name} {rest}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_local_link_leads_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text("utf-8")):
        linked = (page.parent / target).resolve() if target else page
        assert linked.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in anchors, f"{page.name}: {target}#{anchor}"


@pytest.mark.parametrize("command", ["build", "digest weekly"])
def test_the_readme_shows_what_the_example_site_really_gets(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "feeds.toml", tmp_path)
    shutil.copytree(ROOT / "posts", tmp_path / "posts")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [*command.split(), "--now", "2026-11-24T09:00:00Z"])
    assert done.exit_code == 0, done.output
    text = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(rf"^\$ feeds {command}\n([^\s`].*?)(?=\n\n|\n```)", text, re.MULTILINE | re.DOTALL)
    assert shown
    assert shown[1] == done.stdout.strip()


def test_the_page_on_feeds_shows_what_the_example_site_really_gets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "feeds.toml", tmp_path)
    shutil.copytree(ROOT / "posts", tmp_path / "posts")
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "feeds.md").read_text("utf-8")

    def run(*command: str, now: str = "2026-11-24T09:00:00Z") -> str:
        done = CliRunner().invoke(app, [*command, "--now", now])
        assert done.exit_code == 0, done.output
        return done.stdout

    run("build")
    assert f"$ feeds snippet\n{run('snippet')}```" in page
    first, entry, *_, counts = run("diff", now="2100-01-01T00:00:00Z").splitlines()
    assert f"$ feeds diff\n{first}\n{entry}\n…\n{counts}\n```" in page


def test_every_example_of_settings_on_the_page_on_feeds_is_one() -> None:
    examples = re.findall(r"```toml\n(.*?)```", (DOCS / "feeds.md").read_text("utf-8"), re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        Settings.model_validate(tomllib.loads(example))


def test_the_page_on_feeds_names_every_layout() -> None:
    named = re.findall(r"^\| `(\w+)` \|", (DOCS / "feeds.md").read_text("utf-8"), re.MULTILINE)
    assert [name for name in named if name in LAYOUTS] == list(LAYOUTS)


def test_the_page_on_architecture_names_every_room_and_no_other() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \|", (DOCS / "architecture.md").read_text("utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    rooms = {path.stem for path in (ROOT / "src" / "feeds").iterdir() if not path.name.startswith(("_", "py."))}
    assert named == rooms


def test_every_test_that_the_page_of_operations_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (DOCS / "operations.md").read_text("utf-8")))
    there = {
        name for file in TESTS.glob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert len(named) > 40
    assert named <= there, named - there


def _yaml_examples() -> list[dict[str, Any]]:
    text = (DOCS / "operations.md").read_text("utf-8")
    return [yaml.safe_load(example) for example in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]


def test_the_runners_keep_their_state_on_postgresql_and_wait_for_each_other() -> None:
    workflow, job = _yaml_examples()
    assert workflow["concurrency"] == {"group": "feeds", "cancel-in-progress": False}
    (step,) = (step for step in workflow["jobs"]["run"]["steps"] if "feeds run" in step.get("run", ""))
    assert all(value.startswith("${{ secrets.") for value in step["env"].values())
    assert "FEEDS_STATE__URL" in step["env"]
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "CronJob")
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["restartPolicy"] == "Never"
    assert pod["containers"][0]["envFrom"] == [{"secretRef": {"name": "feeds"}}]
    for command in (step["run"], pod["containers"][0]["command"][2]):
        assert command.endswith("|| [ $? -eq 75 ]"), "a shell's word for: not now is no failure"
