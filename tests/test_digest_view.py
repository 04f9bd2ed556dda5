"""What a template is given is what the documentation says."""

import dataclasses
import re
from pathlib import Path

import pytest

from feeds.digest.look import Look
from feeds.digest.view import CorrectionView, GroupView, IssueView, LinkView, NewsletterView, PictureView, PostView
from feeds.theme import find_templates
from making_digests import make_digest, make_entries, parse

PAGE = (Path(__file__).parents[1] / "docs" / "templates.md").read_text("utf-8")
BY_NAME = {"issue": IssueView, "post": PostView, "newsletter": NewsletterView, "look": Look, "group": GroupView}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_variable_is_documented_and_every_documented_one_exists(name):
    fields = {field.name for field in dataclasses.fields(BY_NAME[name])}
    assert set(re.findall(rf"`{name}\.(\w+)", PAGE)) == fields


@pytest.mark.parametrize("kind", [PictureView, LinkView, CorrectionView])
def test_the_fields_of_smaller_things_are_documented(kind):
    for field in dataclasses.fields(kind):
        assert f"`{field.name}`" in PAGE


def test_every_block_and_every_part_is_documented():
    for template in ("digest.html", "digest.txt"):
        for block in re.findall(r"\{% block (\w+)", (find_templates() / template).read_text("utf-8")):
            assert f"`{block}`" in PAGE
    for part in (find_templates() / "digest").iterdir():
        assert f"`digest/{part.name}`" in PAGE


def test_the_example_of_the_documentation_works(tmp_path):
    example = re.search(r"```jinja\n(\{# (\S+) #\}.*?)```", PAGE, re.DOTALL)
    path = tmp_path / example[2]
    path.parent.mkdir(parents=True)
    path.write_text(example[1], "utf-8")
    page = parse(make_digest(tmp_path, make_entries(2)))
    assert [heading.text_content() for heading in page.iter("h1")] == ["Example, number 12"]
    assert "font-style:italic" in page.cssselect(".lead-title")[0].get("style").replace(" ", "")
