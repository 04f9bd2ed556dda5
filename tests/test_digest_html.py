"""What premailer gets wrong, put right: each of these fails when its work-around goes."""

import logging
import sys

import pytest

from feeds.digest.html import inline_styles
from feeds.errors import TemplateError


def page(style="", body="<p>x</p>", kept=""):
    return (
        "<!DOCTYPE html>\n<html><head><title>t</title>"
        f'<style>{style}</style><style data-premailer="ignore">{kept}</style></head><body>{body}</body></html>'
    )


def inline(*arguments, **named):
    return inline_styles(page(*arguments, **named), template="digest.html")


def test_rules_become_style_attributes_and_leave_no_sheet():
    html = inline("p { color: #123456 }")
    assert '<p style="color:#123456">x</p>' in html
    assert "{" not in html


def test_a_kept_sheet_keeps_its_important():
    kept = "@media (prefers-color-scheme: dark) { p { color: #fff !important } }"
    assert kept in inline(kept=kept)
    assert "!important" in inline("@media (max-width: 480px) { p { color: #fff !important } }")


def test_an_import_opens_no_file_and_no_address(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: #ff0000 }")
    for target in (f"file://{secret}", str(secret), "http://127.0.0.1:9/x.css"):
        html = inline(f'@import url("{target}"); p {{ margin: 0 }}')
        assert 'style="margin:0"' in html
        assert "ff0000" not in html


def test_a_width_attribute_is_not_overwritten_by_a_css_width():
    html = inline("img { width: 100%; height: auto }", '<img src="https://example.org/x.png" width="300" alt="">')
    assert 'width="300"' in html
    assert "height=" not in html


def test_addresses_pass_unchanged():
    body = '<a href="https://slot-abc.invalid/unsubscribe">a</a><a href="https://example.org/?a=1&amp;b=%20">b</a>'
    html = inline(body=body)
    assert body in html


def test_conditional_comments_for_outlook_survive():
    assert "<!--[if mso]><table><![endif]-->" in inline(body="<!--[if mso]><table><![endif]--><p>x</p>")


def test_properties_for_outlook_survive_in_silence(caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        assert "mso-hide:all" in inline("p { mso-hide: all; color: rgb(1 2 3 / 50%) }")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_the_doctype_comes_first_and_characters_stay_themselves():
    html = inline(body="<p>Grüße, 世界 😀 &amp; &lt;b&gt;</p>")
    assert html.startswith("<!DOCTYPE html>\n<html>")
    assert "<p>Grüße, 世界 😀 &amp; &lt;b&gt;</p>" in html


def test_a_sheet_that_premailer_cannot_take_is_the_templates_fault():
    nested = "@media screen { @media (max-width: 1px) { p { color: red } } }"
    with pytest.raises(TemplateError, match=r"^digest\.html: its style sheet cannot be inlined"):
        inline(nested)
    assert nested in inline(kept=nested)


def test_an_empty_page_is_the_templates_fault():
    with pytest.raises(TemplateError, match=r"^digest\.html: it makes an empty page"):
        inline_styles("\n", template="digest.html")


def test_inlining_is_premailers_work(monkeypatch):
    monkeypatch.setitem(sys.modules, "premailer", None)
    with pytest.raises(ImportError):
        inline("p { color: red }")
