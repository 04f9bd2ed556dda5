from feeds.models import Markup
from rendering import render


def test_short_names_are_emoji_where_the_site_shows_them_so(tmp_path):
    body = "Done :tada: at 10:20:30, `:tada:` and :no_such_name:"
    shown = render(tmp_path, body, generator="mkdocs", markup=Markup.MARKDOWN)
    assert shown == "<p>Done 🎉 at 10:20:30, <code>:tada:</code> and :no_such_name:</p>"
    assert "🎉" in render(tmp_path, body, generator="jekyll", options={"variables": {"plugins": ["jemoji"]}})
    assert ":tada:" in render(tmp_path, body, generator="jekyll").replace("<code>:tada:</code>", "")
    assert ":tada:" in render(tmp_path, body, generator="hugo").replace("<code>:tada:</code>", "")


def test_the_names_of_icons_go(tmp_path):
    body = ":material-check:{ .green } yes\n\n:octicons-arrow-right-24: [more](/x)"
    shown = render(tmp_path, body, generator="mkdocs", markup=Markup.MARKDOWN)
    assert shown == '<p>yes</p>\n<p><a href="https://blog.example/x">more</a></p>'
