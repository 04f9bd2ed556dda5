"""Settings modules: read as data, never run."""

from __future__ import annotations

import contextlib
import textwrap

import pytest
from hypothesis import given, strategies as st

from feeds.errors import ConfigError
from feeds.loader.python_settings import read_python_settings


def read(tmp_path, text, name="pelicanconf.py"):
    path = tmp_path / name
    path.write_text(textwrap.dedent(text), "utf-8")
    return read_python_settings(path)


def test_what_can_be_told_without_running_is_read(tmp_path):
    settings = read(
        tmp_path,
        r"""
        import os
        SITENAME = "Ada's" ' blog'
        BASE = 'https://' + 'example.org'
        SITEURL = os.environ.get("SITEURL", BASE)
        FEED = f"{SITEURL}/feeds/%s.xml" % "all"
        PATTERN = '\d+'
        THEME = os.path.join('themes', 'x')
        POSTS = (("posts/*.rst", "blog", "post.tmpl"), ("posts/*.md", unknown(), "post.tmpl"))
        TRANSLATIONS = {"en": "", "de": "./de"}
        TRANSLATIONS["fr"] = "./fr"
        NAVIGATION = {"en": ((_("Archive"), "/archive.html"),)}
        PLUGINS = ["a"]
        PLUGINS += ["b"]
        PLUGINS.append("c")
        A, B = 1, -2
        URL = "{}/{name}".format("blog", name="{slug}")
        HOST = os.getenv("HOST") or "localhost"
        PRETTY_URLS: bool = True
        """,
    )
    assert settings == {
        "SITENAME": "Ada's blog",
        "BASE": "https://example.org",
        "SITEURL": "https://example.org",
        "FEED": "https://example.org/feeds/all.xml",
        "PATTERN": r"\d+",
        "THEME": "themes/x",
        "POSTS": (("posts/*.rst", "blog", "post.tmpl"), ("posts/*.md", "post.tmpl")),
        "TRANSLATIONS": {"en": "", "de": "./de", "fr": "./fr"},
        "NAVIGATION": {"en": (("Archive", "/archive.html"),)},
        "PLUGINS": ["a", "b", "c"],
        "A": 1,
        "B": -2,
        "URL": "blog/{slug}",
        "HOST": "localhost",
        "PRETTY_URLS": True,
    }


def test_nothing_is_executed(tmp_path):
    marker = tmp_path / "ran"
    settings = read(tmp_path, f"A = open({str(marker)!r}, 'w')\n__import__('os').mkdir({str(marker)!r})\nB = 1\n")
    assert settings == {"B": 1}
    assert not marker.exists()


def test_a_name_whose_new_value_is_unknown_is_not_known_any_more(tmp_path):
    assert read(tmp_path, "SITEURL = 'https://old.example'\nSITEURL = compute()\n") == {}


def test_an_undecided_branch_only_adds(tmp_path):
    text = """
        SITEURL = "https://example.org"
        if DEBUG:
            SITEURL = "http://localhost:8000"
            RELATIVE_URLS = True
        else:
            RELATIVE_URLS = False
        """
    assert read(tmp_path, text) == {"SITEURL": "https://example.org", "RELATIVE_URLS": False}


def test_settings_imported_from_a_module_beside_it_are_read(tmp_path):
    (tmp_path / "pelicanconf.py").write_text("AUTHOR = 'Ada'\nSITEURL = ''\n_HIDDEN = 1\n")
    settings = read(tmp_path, "from pelicanconf import *\nSITEURL = 'https://example.org'\n", "publishconf.py")
    assert settings == {"AUTHOR": "Ada", "SITEURL": "https://example.org"}


def test_modules_that_import_each_other_end(tmp_path):
    (tmp_path / "a.py").write_text("from b import *\nA = 1\n")
    assert read(tmp_path, "from a import *\nB = 2\n", "b.py") == {"A": 1, "B": 2}


def test_a_pattern_cannot_ask_for_more_than_a_value(tmp_path):
    assert read(tmp_path, 'A = "{0.__class__}".format("x")\nB = "%1000000000d" % 1\nC = "x" * 10**9\n') == {}


@pytest.mark.parametrize("text", ["A = (\n", "A = 1\n  B = 2\n", "A = \x00"])
def test_what_is_no_python_is_named_with_its_line(tmp_path, text):
    with pytest.raises(ConfigError, match=r"pelicanconf\.py.*is not Python"):
        read(tmp_path, text)


@given(
    st.lists(
        st.sampled_from(["A", "=", "(", ")", "'x'", "+", "%", "[", "]", "{", "}", ":", ",", "1", "\n", "if ", "not "])
    ).map("".join)
)
def test_any_text_is_settings_or_one_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("settings") / "conf.py"
    path.write_text(text)
    with contextlib.suppress(ConfigError):
        assert isinstance(read_python_settings(path), dict)
