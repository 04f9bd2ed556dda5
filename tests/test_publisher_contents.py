"""An issue is the same wherever it is laid out."""

import os

import pytest

from cli_sites import TOML, WEEKLY, feeds
from feeds import workers
from feeds.publisher import contents

LETTER = """layout = "letter"
accent = "#AA3366"
address = "Street 1"
[[newsletters.weekly.links]]
title = "A"
url = "https://a.example/"
"""
POST = """---
title: Post {0}
date: 2026-03-01
---
Words with `code` and [a link](https://other.example/{0}).

```python
print("{0}")
```
"""


@pytest.fixture
def site(tmp_path):
    (tmp_path / "feeds.toml").write_text(
        TOML + WEEKLY + LETTER + '[newsletters.other]\nfrom = "a@blog.example"\n', "utf-8"
    )
    (tmp_path / "posts").mkdir()
    for number in range(3):
        (tmp_path / f"posts/{number}.md").write_text(POST.format(number), "utf-8")
    (tmp_path / "newsletters/weekly").mkdir(parents=True)
    (tmp_path / "newsletters/weekly/next.md").write_text("Hello *you*.\n", "utf-8")
    return tmp_path


def show(site):
    """What a digest says and writes, to a folder that is emptied before."""
    out = site / "out"
    for file in out.glob("*/*"):
        file.unlink()
    said = feeds(site, "digest", "--output", out)
    return said, {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.glob("*/*"))}


def tell_where(monkeypatch, site, spoil=None):
    """Let each issue be laid out where it will be; what comes back lists them, and whether it was in this process."""
    here, lay_out, told = os.getpid(), contents.lay_out, site / "where"

    def watched(asked):
        if asked.newsletter in {"weekly", "other"}:
            with told.open("a") as file:
                file.write(f"{asked.newsletter} {'here' if os.getpid() == here else 'elsewhere'}\n")
            if spoil and os.getpid() != here:
                spoil()
        return lay_out(asked)

    monkeypatch.setattr(contents, "lay_out", watched)
    told.write_text("")
    return lambda: told.read_text().splitlines()


def test_an_issue_is_the_same_from_another_process_and_where_that_dies_or_is_none(site, monkeypatch):
    monkeypatch.setattr(workers, "count_cores", lambda: 1)
    alone = show(site)
    assert alone[0].status == 0
    assert set(alone[1]) == {f"{name}/issue.{kind}" for name in ("weekly", "other") for kind in ("eml", "html", "txt")}
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    with monkeypatch.context() as patched:
        list_places = tell_where(patched, site)
        assert show(site) == alone
        assert list_places() == ["weekly elsewhere", "other elsewhere"]
    with monkeypatch.context() as patched:
        list_places = tell_where(patched, site, spoil=lambda: os._exit(1))
        assert show(site) == alone
        assert list_places() == ["weekly elsewhere", "weekly here", "other here"]


def test_a_template_that_is_broken_is_told_the_same(site, monkeypatch):
    (site / "templates/feeds").mkdir(parents=True)
    broken = '{% extends "feeds/digest.html" %}{% block footer %}{{ nothing }}{% endblock %}'
    (site / "templates/feeds/digest.html").write_text(broken, "utf-8")
    said = []
    for cores in (1, 2):
        monkeypatch.setattr(workers, "count_cores", lambda cores=cores: cores)
        said.append(show(site))
    assert said[0] == said[1]
    assert said[0][0].status == 1
    assert "templates/feeds/digest.html:1" in said[0][0].err


def test_no_process_is_left_behind_whatever_was_asked(site, monkeypatch):
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    begun, fork = [], os.fork

    def note():
        begun.append(fork())
        return begun[-1]

    monkeypatch.setattr(os, "fork", note)
    asked = (("digest", "nothing"), ("digest", "--nothing"), ("digest",))
    for arguments in (*asked, ("digest", "--help"), ("list",)):
        feeds(site, *arguments)
    assert len(begun) == len(asked)
    for process in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
