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
