"""Obsidian vaults, by https://help.obsidian.md/properties."""

from __future__ import annotations

from blogs import configure, load, load_by_source, published, write
from feeds.models import Status


def test_dated_notes_are_posts_and_templates_are_not(tmp_path):
    files = {
        ".obsidian/app.json": "{}",
        ".obsidian/templates.json": '{"folder": "Meta/Forms"}',
        "Blog/2024-01-02 My first note.md": "Some text with [[a link]].\n",
        "Blog/20240103 Second.md": "# The second note\n\nText #tag\n",
        "Blog/Third.md": "---\ndate: 2024-01-04\ntags: ['#garden']\npublish: false\n---\nText\n",
        "Blog/Undated.md": "Text\n",
        "Blog/Templates/2024-01-01 t.md": "Text\n",
        "Meta/Forms/2024-01-01 t.md": "Text\n",
    }
    root = write(tmp_path, files)
    assert configure(root).site.convention == "obsidian"
    posts = load_by_source(root)
    assert published(load(root)) == ["Blog/2024-01-02 My first note.md", "Blog/20240103 Second.md"]
    assert [posts[source].title for source in published(load(root))] == ["My first note", "The second note"]
    assert posts["Blog/Third.md"].status is Status.HIDDEN
    assert posts["Blog/Third.md"].tags == ("garden",)
    assert posts["Blog/Undated.md"].status is Status.UNDATED
    assert not any("Forms" in source for source in posts)
