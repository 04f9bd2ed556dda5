"""Headings as titles."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from feeds.loader.titles import read_title, take_heading


@pytest.mark.parametrize(
    ("body", "heading", "rest"),
    [
        ("# A\n\nText", "A", "\nText"),
        ("\n## A ##\nText", "A", "Text"),
        ("# A {#id .x}\nText", "A", "Text"),
        ("A\n===\nText", "A", "Text"),
        ("A\n---\nText", "A", "Text"),
        ("Text\n\n# A\nmore", "A", "Text\n\n# A\nmore"),
        ("```\n# no\n```\n# A\n", "A", "```\n# no\n```\n# A\n"),
        ("#no heading\n\ntext", "", "#no heading\n\ntext"),
        ("text\n\n---\nmore", "", "text\n\n---\nmore"),
        ("", "", ""),
    ],
)
def test_the_first_heading_is_taken_out_only_where_it_stands_first(body, heading, rest):
    assert take_heading(body) == (heading, rest)


@pytest.mark.parametrize(
    ("body", "heading", "rest"),
    [
        ("\n# A\n\nText", "A", "\nText"),
        ("A\n=\nText", "A", "Text"),
        ("import X from 'x'\n\nimport {\n  Y,\n} from 'y'\n\n# A\nText", "A", None),
        ("## A\nText", "", None),
        ("A\n---\nText", "", None),
        ("Text\n\n# A\n", "", None),
        ("", "", None),
    ],
)
def test_only_a_heading_of_the_first_level_leads_a_text(body, heading, rest):
    assert take_heading(body, leading=True) == (heading, body if rest is None else rest)


def test_a_page_is_called_by_its_header_or_else_by_its_heading(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: Of the header\n---\n# Of the page\n")
    (tmp_path / "b.md").write_text("# Of the page\n")
    (tmp_path / "c.md").write_bytes(b"\xff")
    assert [read_title(tmp_path / name) for name in ("a.md", "b.md", "c.md", "d.md")] == [
        "Of the header",
        "Of the page",
        "",
        "",
    ]


@given(
    st.lists(st.sampled_from(["# A", "## B", "A", "===", "---", "", "import x from 'x'", "```", " ", "#"]), max_size=9)
)
def test_a_leading_heading_is_the_first_one_or_none(lines):
    body = "\n".join(lines)
    heading, rest = take_heading(body, leading=True)
    assert body.endswith(rest)
    if heading:
        assert heading == take_heading(body)[0] or "import" in body
    else:
        assert rest == body
