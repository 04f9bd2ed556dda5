from making import make_post
from rendering import render


def test_wikilinks_become_links_pictures_or_text(tmp_path):
    two = make_post("two")
    html = render(
        tmp_path, "[[Two]] [[two#Some Part|label]] [[No such]] [[a|b]] ![[p.png|300]] ![[q.png|A cat]]", posts=[two]
    )
    for part in (
        '<a href="https://blog.example/two/">Two</a>',
        '<a href="https://blog.example/two/#some-part">label</a>',
        "No such b ",
        '<img src="https://blog.example/one/p.png" alt="">',
        '<img src="https://blog.example/one/q.png" alt="A cat">',
    ):
        assert part in html
    assert "[[" not in html


def test_double_brackets_of_other_languages_stay(tmp_path):
    html = render(tmp_path, "The slot [[Prototype]], `[[a b|c]]`, [[1]](x)", generator="eleventy")
    assert "[[Prototype]]" in html
    assert "<code>[[a b|c]]</code>" in html
    assert '">[1]</a>' in html


def test_a_heading_is_part_of_what_a_wikilink_says(tmp_path):
    assert (
        render(tmp_path, "See [[Note#Some heading]].", generator="obsidian") == "<p>See Note &gt; Some heading.</p>\n"
    )


def test_a_reference_may_stand_in_brackets(tmp_path):
    html = render(tmp_path, "a [[Bug #1]]\n\n[Bug #1]: https://e.example/1", generator="jekyll")
    assert '[<a href="https://e.example/1">Bug #1</a>]' in html
