from feeds.models import Markup
from rendering import render

QUOTE = "<blockquote>\n<p><strong>{}</strong></p>\n"


def test_a_container_is_a_quote_below_its_title(tmp_path):
    body = ":::note[My *title*]\n\nText\n\n```js\nlet a = ':::';\n```\n\n:::\n\nAfter"
    html = render(tmp_path, body, generator="docusaurus")
    assert QUOTE.format("My <em>title</em>") in html
    assert "let a = ':::';" in html
    assert html.index("</blockquote>") < html.index("After")


def test_a_title_is_what_the_author_wrote_else_the_kind(tmp_path):
    assert QUOTE.format("Mind") in render(tmp_path, "::: warning Mind\ntext\n:::", generator="eleventy")
    assert QUOTE.format("Warning") in render(tmp_path, ":::warning\ntext\n:::", generator="eleventy")
    assert QUOTE.format("Note:").replace("</p>\n", " text</p>\n") in render(
        tmp_path, ":::note\n**Note:** text\n:::", generator="eleventy"
    )


def test_a_wrapper_is_no_quote(tmp_path):
    html = render(tmp_path, ":::table-wrapper\n| a |\n|---|\n| b |\n:::\n", generator="eleventy")
    assert "<td>b</td>" in html
    assert "blockquote" not in html
    assert ":::" not in html


def test_containers_nest_and_stand_in_lists(tmp_path):
    html = render(tmp_path, "::::tip\nouter\n\n:::danger\ninner\n:::\n::::\n\n- item\n\n  :::note\n  in list\n  :::\n")
    assert html.count("<blockquote>") == 3
    assert ":::" not in html
    assert html.index("<li>") < html.index("in list") < html.index("</li>")


def test_an_unclosed_container_ends_with_the_post(tmp_path):
    assert "last words" in render(tmp_path, ":::note\nfirst\n\nlast words")


def test_githubs_alerts_are_quotes_with_a_title(tmp_path):
    assert "<strong>Warning</strong>" in render(tmp_path, "> [!WARNING]\n> text")
    html = render(tmp_path, "> [!tip]- Own title\n> text")
    assert "<strong>Own title</strong>" in html
    assert "text" in html


def test_admonitions_of_the_classic_dialect_are_quotes_too(tmp_path):
    html = render(tmp_path, '!!! note "Mind"\n    text\n\n??? tip\n    hidden\n', markup=Markup.MARKDOWN)
    assert "<blockquote>" in html
    assert "<strong>Mind</strong>" in html
    assert "hidden" in html


def test_a_div_of_pandoc_s_is_a_container_by_its_class(tmp_path):
    body = '::: {.callout-tip title="Mind"}\n*a*\n:::\n\n:::: {layout-ncol=2}\n::: {.note}\nb\n:::\n::::\n\nc'
    html = render(tmp_path, body)
    assert "<blockquote>\n<p><strong>Mind</strong></p>\n<p><em>a</em></p>\n</blockquote>" in html
    assert "<blockquote>\n<p><strong>Note</strong></p>\n<p>b</p>\n</blockquote>\n<p>c</p>" in html
    assert ":::" not in html


def test_code_in_a_call_out_keeps_the_blanks_at_the_end_of_its_lines(tmp_path):
    html = render(tmp_path, ":::note\n```\na  \n\n   \nb \n```\nc  \nd\n:::\n")
    assert "<code>a  \n\n   \nb \n</code>" in html
    assert "c<br" in html
