"""Templates: where they are found, what they may use, and what is said when one is broken."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import feeds
from feeds.config import Config, Findings, Settings, resolve_config
from feeds.errors import TemplateError
from feeds.theme import find_templates, make_environment, render_source, render_template


def make_config(root: Path, **site: str) -> Config:
    settings = Settings.model_validate({"site": {"title": "A site", "url": "https://example.org"} | site})
    return resolve_config(root=root, settings=settings, origins={}, findings=Findings())


def write(root: Path, name: str, text: str) -> None:
    path = root / "templates" / "feeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_sites_template_wins_over_the_shipped_one(tmp_path):
    write(tmp_path, "digest.html", "mine: {{ word }}")
    assert render_template(make_environment(make_config(tmp_path)), "digest.html", word="a & b") == "mine: a &amp; b"


def test_a_sites_template_can_extend_the_shipped_one_of_the_same_name(tmp_path):
    write(tmp_path, "digest/footer.html", '{% include "feeds/digest/footer.html" %}')
    environment = make_environment(make_config(tmp_path))
    assert (
        environment.get_template("digest/footer.html").filename
        != environment.get_template("feeds/digest/footer.html").filename
    )


def test_text_templates_are_not_escaped(tmp_path):
    write(tmp_path, "note.txt", "{{ word }}")
    assert render_template(make_environment(make_config(tmp_path)), "note.txt", word="a & b") == "a & b"


def test_template_syntax_in_a_value_stays_text(tmp_path):
    write(tmp_path, "note.txt", "{{ word }}")
    text = render_template(make_environment(make_config(tmp_path)), "note.txt", word="{{ 7 * 7 }} {% raw %}")
    assert text == "{{ 7 * 7 }} {% raw %}"


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("one\n{{ missing }}\n", 2, "'missing' is undefined"),
        ("one\ntwo\n{% if %}\n", 3, "Expected an expression"),
        ("{{ 1 // 0 }}", 1, "ZeroDivisionError"),
        ("\n{{ 3 | date }}", 2, "AttributeError"),
        ("\n\n{{ nothing.at.all }}", 3, "'nothing' is undefined"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path, source, line, said):
    write(tmp_path, "digest.html", source)
    with pytest.raises(TemplateError) as caught:
        render_template(make_environment(make_config(tmp_path)), "digest.html")
    assert (caught.value.path, caught.value.line) == ("templates/feeds/digest.html", line)
    assert said in caught.value.message


def test_a_value_that_is_not_there_is_answered_with_those_that_are(tmp_path):
    write(tmp_path, "digest.html", "{{ site.titel }}")
    with pytest.raises(TemplateError, match=r"digest\.html:1: 'titel' is none of .*\blanguage, .*\btitle\b"):
        render_template(make_environment(make_config(tmp_path)), "digest.html")


def test_a_missing_template_is_named(tmp_path):
    with pytest.raises(TemplateError, match=r"^mine\.html: there is no such template"):
        render_template(make_environment(make_config(tmp_path)), "mine.html")


def test_a_template_that_is_not_in_utf_8_is_named(tmp_path):
    write(tmp_path, "digest.html", "")
    tmp_path.joinpath("templates/feeds/digest.html").write_bytes("Grüße".encode("latin-1"))
    with pytest.raises(TemplateError, match=r"^templates/feeds/digest\.html: it is not in UTF-8"):
        render_template(make_environment(make_config(tmp_path)), "digest.html")


def test_a_missing_part_names_the_line_that_asks_for_it(tmp_path):
    write(tmp_path, "digest.html", '\n{% include "part.html" %}')
    with pytest.raises(TemplateError, match=r"^templates/feeds/digest\.html:2: there is no template part\.html"):
        render_template(make_environment(make_config(tmp_path)), "digest.html")


def test_a_broken_setting_is_named_by_its_key(tmp_path):
    environment = make_environment(make_config(tmp_path))
    with pytest.raises(TemplateError, match=r"^feeds\.toml: newsletters\.weekly\.subject: "):
        render_source(environment, "{{ titel }}", path="feeds.toml", key="newsletters.weekly.subject", title="T")


def test_dates_numbers_and_phrases_are_the_sites(tmp_path):
    write(
        tmp_path,
        "note.txt",
        "{{ day | date }} {{ 12345.5 | number }} {{ say('new_posts', 2) }} {{ ['a', 'b'] | listing }}",
    )
    environment = make_environment(make_config(tmp_path, language="de", timezone="Europe/Berlin"))
    text = render_template(environment, "note.txt", day=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert text == "23. November 2026 12.345,5 2 neue Beiträge a und b"


def test_a_checkout_finds_the_folder_beside_src():
    assert find_templates() == Path(feeds.__file__).parents[2] / "templates"
    assert (find_templates() / "digest.html").is_file()


def test_an_installed_package_finds_the_templates_it_carries(tmp_path):
    package = Path(feeds.__file__).parent
    shutil.copytree(package, tmp_path / "feeds", ignore=shutil.ignore_patterns("__pycache__", "templates"))
    shutil.copytree(find_templates(), tmp_path / "feeds" / "templates")
    command = "import feeds.theme; print(feeds.theme.find_templates())"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env={"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(tmp_path / "feeds" / "templates")


def test_a_template_that_has_changed_is_compiled_again(tmp_path):
    config = make_config(tmp_path)
    for text in ("one", "two", "one"):
        write(tmp_path, "digest.html", text)
        assert render_template(make_environment(config), "digest.html") == text


def test_each_environment_has_its_own_language_and_site(tmp_path):
    write(tmp_path, "digest.html", "{{ site.title }}: {{ 1234.5 | number }}, {{ say('continue') }}")
    made = [
        render_template(make_environment(make_config(tmp_path, language=tag, title=tag)), "digest.html")
        for tag in ("en", "de", "en")
    ]
    assert made[0] == made[2] == "en: 1,234.5, Continue reading"
    assert made[1].startswith("de: 1.234,5, ")
