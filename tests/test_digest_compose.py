"""One issue as its readers get it."""

import re
from dataclasses import replace

import pytest

from feeds.errors import ConfigError, TemplateError
from feeds.models import Person
from making_digests import COVER, KEY, RICH, make_digest, make_entries, make_entry, parse

CONTENT = (
    *("p", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "a", "img", "li", "ul", "ol"),
    *("blockquote", "pre", "code", "hr", "table", "body"),
)


def words(digest):
    return " ".join(parse(digest).body.text_content().split())


def test_one_post_is_a_letter_in_full(tmp_path):
    digest = make_digest(tmp_path, [make_entry()])
    page = parse(digest)
    assert [heading.text_content() for heading in page.iter("h1")] == ["Post number 0"]
    assert "Small print." in words(digest)
    assert "22 November 2026 · Ada and Grace · 3 min" in words(digest)


def test_several_posts_are_a_cover_with_cards(tmp_path):
    digest = make_digest(tmp_path, make_entries(4, image=COVER))
    page = parse(digest)
    assert [h.text_content() for h in page.iter("h1")] == ["Example"]
    assert [h.text_content() for h in page.iter("h2")] == [f"Post number {n}" for n in range(4)]
    assert [image.get("width") for image in page.iter("img")] == ["520", "120", "120", "120"]
    assert "Issue 12 · 23 November 2026 · 4 new posts" in words(digest)
    assert "Small print." not in words(digest)


def test_a_picture_that_several_posts_have_is_shown_once(tmp_path):
    entries = [make_entry(n, image=replace(COVER, url=f"https://example.org/{'ab'[n == 2]}.png")) for n in range(4)]
    images = [image.get("src") for image in parse(make_digest(tmp_path, entries)).iter("img")]
    assert images == ["https://example.org/a.png", "https://example.org/b.png"]


def test_a_small_picture_of_unknown_size_is_not_enlarged(tmp_path):
    unknown = replace(COVER, url="https://elsewhere.example/icon.png", width=None, height=None)
    page = parse(make_digest(tmp_path, make_entries(2, image=unknown)))
    (thumb,) = page.cssselect(".thumb img")
    assert "width:auto" in thumb.get("style")
    assert re.search(r"max-width: ?120px", thumb.get("style"))


def test_a_line_of_facts_never_begins_with_its_dot(tmp_path):
    digest = make_digest(tmp_path, make_entries(2), {"links": [{"title": "Us", "url": "https://example.org/us"}]})
    assert " ·" not in digest.html
    assert digest.html.count("\xa0·") == 2 + 2 * 2 + 3  # of the issue, of each post, of the footer


@pytest.mark.parametrize(
    ("tag", "settings", "prose"),
    [
        ("en", {}, "Georgia, "),
        ("ja", {}, "-apple-system, Segoe UI, Roboto, Helvetica, Arial, Hiragino Sans, "),
        ("zh-TW", {}, "-apple-system, Segoe UI, Roboto, Helvetica, Arial, PingFang TC, "),
        ("zh-CN", {"font": "serif"}, "Georgia, "),
        ("ko", {"font": "sans"}, "-apple-system, Segoe UI, Roboto, Helvetica, Arial, Apple SD Gothic Neo, "),
    ],
)
def test_a_script_has_the_faces_and_breaks_that_it_is_read_in(tmp_path, tag, settings, prose):
    digest = make_digest(tmp_path, [make_entry()], settings, site={"language": tag})
    assert f"font-family:{prose}" in parse(digest).cssselect("td.pad")[0].get("style")
    assert ("word-break: keep-all" in digest.html) == (tag == "ko")
    # In a style attribute it ends the program that tells which mail programs know what.
    assert not parse(digest).xpath("//*[contains(@style, '-wrap:')]")


def test_many_posts_end_in_a_compact_list(tmp_path):
    page = parse(make_digest(tmp_path, make_entries(30)))
    assert [h.text_content() for h in page.iter("h2")] == [*(f"Post number {n}" for n in range(6)), "More new posts"]
    assert len([*page.iter("h3")]) == 24


def test_the_newest_post_comes_first_whatever_the_order_given(tmp_path):
    entries = make_entries(5)
    assert make_digest(tmp_path, entries[::-1]) == make_digest(tmp_path, entries)


@pytest.mark.parametrize("count", [1, 5, 30])
def test_every_rule_outside_media_has_become_a_style_attribute(tmp_path, count):
    page = parse(make_digest(tmp_path, make_entries(count, image=COVER)))
    sheets = [element.text for element in page.iter("style")]
    for sheet in sheets:
        outer = re.sub(r"\{[^{}]*\}", "", sheet)
        assert outer.count("{") == len(re.findall(r"@media [^{}]+\{\s*[^{}@]*\}", outer)) > 0
        assert re.sub(r"@media [^{}]+\{[^{}@]*\}", "", outer).strip() == ""
    assert sum(map(len, sheets)) < 4096
    unstyled = [element.tag for element in page.body.iter(*CONTENT) if not element.get("style")]
    assert unstyled == []


def test_every_inline_colour_is_one_that_the_dark_rules_reach(tmp_path):
    page = parse(make_digest(tmp_path, make_entries(1), {"layout": "letter"}))
    dark = next(element.text for element in page.iter("style") if "prefers-color-scheme: dark" in element.text)
    dark = dark.split("[data-ogsb]")[0]
    reached = set()
    for selectors in re.findall(r"(?m)^([^{}@]+)\{[^}]*(?:color)[^}]*\}", dark):
        for selector in selectors.split(","):
            reached |= set(page.cssselect(selector.strip())) if selector.strip() != ":root" else set()
    for element in page.body.iter("*"):
        if re.search(r"(?:^|[;\s])(?:background-)?color:#", element.get("style") or ""):
            assert element in reached or element.tag == "body", (
                element.tag,
                element.get("class"),
                element.get("style"),
            )


def test_both_slots_are_in_both_parts_and_hold_the_key(tmp_path):
    digest = make_digest(tmp_path, make_entries(2))
    assert set(digest.slots) == {"unsubscribe", "view_in_browser"}
    for token in digest.slots.values():
        assert KEY[:16] in token
        assert digest.html.count(f'href="{token}"') == 1
        assert digest.text.count(token) == 1


def test_the_text_part_has_every_link_and_heading_of_the_html(tmp_path):
    for digest in (make_digest(tmp_path, [make_entry()]), make_digest(tmp_path, make_entries(12, image=COVER))):
        page = parse(digest)
        squeezed = re.sub(r"\s+", "", digest.text)
        for link in page.iter("a"):
            assert link.get("href") in squeezed
        for heading in page.iter("h1", "h2", "h3"):
            assert re.sub(r"\s+", "", heading.text_content()) in squeezed
        assert max(len(line) for line in digest.text.splitlines() if "http" not in line) <= 72


def test_what_shows_nothing_is_in_neither_part(tmp_path):
    content = "<h2>Sec\u00adtion \u200b<em>two</em></h2><p>Donau\u00addampf</p>"
    digest = make_digest(tmp_path, [make_entry(title="A\u200b title\ufeff", content=content)])
    assert {heading.text_content() for heading in parse(digest).iter("h1", "h2")} == {"A title", "Section two"}
    for part in (digest.html, digest.text):
        assert not set("\u200b\u00ad\ufeff") & set(part)
        assert "Donaudampf" in part


def test_links_show_their_letters_in_both_parts(tmp_path):
    escaped = "https://example.org/%D0%BF%D1%83%D1%82%D1%8C/"
    content = f'<p>One <a href="{escaped}x#%D0%B0">two</a> <img src="{escaped}x.png" alt=""></p>'
    digest = make_digest(tmp_path, [make_entry(url=escaped, content=content)])
    for part in (digest.html, digest.text):
        assert "https://example.org/путь/" in part
        assert "https://example.org/путь/x#а" in part
        assert "%D0" not in part
    assert 'src="https://example.org/путь/x.png"' in digest.html


def test_the_text_part_has_a_table_of_contents(tmp_path):
    text = make_digest(tmp_path, make_entries(3)).text
    assert "In this issue\n\n 1. Post number 0\n 2. Post number 1\n 3. Post number 2\n" in text


def test_template_syntax_in_a_post_reaches_the_reader_as_it_is(tmp_path):
    nasty = "{{ 7*7 }} {% raw %} *|X|* %x%"
    entries = [make_entry(0, title=nasty, summary=nasty), make_entry(1, title=nasty, summary=nasty)]
    digest = make_digest(tmp_path, entries)
    assert nasty in words(digest)
    assert nasty in digest.text
    assert digest.subject.startswith(nasty)


def test_markup_in_a_title_or_summary_is_text(tmp_path):
    digest = make_digest(tmp_path, make_entries(2, title="<b>x</b> & y", summary="<script>alert(1)</script>"))
    assert "<b>x</b> & y" in words(digest)
    assert not [*parse(digest).iter("script", "b")]


def test_a_late_post_keeps_its_own_date(tmp_path):
    late = make_entry(200)
    assert "6 May 2026" in words(make_digest(tmp_path, [make_entry(), late]))


def test_an_untitled_post_is_named_by_its_first_words(tmp_path):
    digest = make_digest(tmp_path, [make_entry(title="", summary="Only a remark about the weather.")])
    assert digest.subject == "Only a remark about the weather."
    assert [h.text_content() for h in parse(digest).iter("h1")] == ["Only a remark about the weather."]


def test_an_introduction_stands_before_the_posts_in_both_parts(tmp_path):
    digest = make_digest(tmp_path, make_entries(3), introduction='<p>Dear <a href="https://example.org/x">you</a></p>')
    assert words(digest).index("Dear you") < words(digest).index("Post number 0")
    assert "Dear you [1]\n\n[1] https://example.org/x" in digest.text


def test_a_correction_is_a_note_and_not_a_post(tmp_path):
    plain = make_entry(40, title="Old one", extra={"correction": True})
    told = make_entry(41, title="Older", extra={"correction": "The year was wrong."})
    digest = make_digest(tmp_path, make_entries(2), corrections=[plain, told])
    for text in (words(digest), " ".join(digest.text.split())):
        assert "Old one: This post, which you got before, has been corrected." in text
        assert "Older: The year was wrong." in text
    assert digest.post_ids == ("https://example.org/post-0/", "https://example.org/post-1/")
    assert "2 new posts" in words(digest)


@pytest.mark.parametrize(("by", "labels"), [("tag", ["Ops", "Art"]), ("category", ["Notes"]), ("author", ["Ada"])])
def test_posts_stand_together_by_what_the_setting_says(tmp_path, by, labels):
    entries = [make_entry(n, tags=(("Ops", "Art")[n == 3],), categories=("Notes",)) for n in range(4)]
    page = parse(make_digest(tmp_path, entries, {"group_by": by}))
    headings = [h.text_content() for h in page.iter("h2")]
    assert headings == ["Post number 0", *labels]
    assert len([*page.iter("h3")]) == 3


def test_headlines_have_no_pictures_and_no_excerpts(tmp_path):
    digest = make_digest(tmp_path, make_entries(4, image=COVER), {"layout": "headlines"})
    assert not [*parse(digest).iter("img")]
    assert "What post" not in words(digest)


def test_settings_reach_the_footer(tmp_path):
    settings = {
        "address": "1 Street, Town",
        "footer": "You asked for it.",
        "links": [{"title": "Archive", "url": "https://example.org/old/"}],
        "logo": "/logo.png",
    }
    digest = make_digest(tmp_path, make_entries(2), settings)
    for text in (words(digest), digest.text):
        assert "1 Street, Town" in text
        assert "You asked for it." in text
    assert 'href="https://example.org/old/"' in digest.html
    assert parse(digest).cssselect('img[src="https://example.org/logo.png"][width="32"]')


def test_a_sites_own_block_replaces_ours_and_nothing_else(tmp_path):
    folder = tmp_path / "templates" / "feeds"
    folder.mkdir(parents=True)
    (folder / "digest.html").write_text(
        '{% extends "feeds/digest.html" %}{% block footer %}<tr><td>Bye {{ newsletter.title }}</td></tr>{% endblock %}'
    )
    (folder / "digest" / "headline.html").parent.mkdir()
    (folder / "digest" / "headline.html").write_text("<tr><td>* {{ post.title }}</td></tr>")
    digest = make_digest(tmp_path, make_entries(10))
    assert "Bye Example" in words(digest)
    assert "* Post number 9" in words(digest)
    assert "Post number 0" in words(digest)


def test_a_broken_template_of_the_site_is_named(tmp_path):
    folder = tmp_path / "templates" / "feeds"
    folder.mkdir(parents=True)
    (folder / "mine.html").write_text("one\n{{ issue.nothing }}")
    with pytest.raises(TemplateError, match=r"^templates/feeds/mine\.html:2: "):
        make_digest(tmp_path, make_entries(2), {"template": "mine.html"})


def test_a_template_without_a_text_twin_gets_the_shipped_text(tmp_path):
    folder = tmp_path / "templates" / "feeds"
    folder.mkdir(parents=True)
    (folder / "mine.html").write_text('{% extends "feeds/digest.html" %}')
    assert "In this issue" in make_digest(tmp_path, make_entries(2), {"template": "mine.html"}).text


def test_a_missing_sender_is_a_note_and_not_the_end(tmp_path):
    digest = make_digest(tmp_path, make_entries(1), {"from": ""}, {"title": 'The "Best", Blog'})
    assert digest.sender == '"The Best, Blog" <newsletter@example.org>'
    assert any("newsletters.weekly.from" in note for note in digest.notes)


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("ada@example.org", '"The Best, Blog" <ada@example.org>'),
        (" ada@example.org ", '"The Best, Blog" <ada@example.org>'),
        ("Ada <ada@example.org>", "Ada <ada@example.org>"),
        ("<ada@example.org>", "<ada@example.org>"),
        ("nobody", "nobody"),
    ],
)
def test_an_address_alone_is_sent_under_the_newsletters_title(tmp_path, written, sender):
    assert make_digest(tmp_path, make_entries(1), {"from": written}, {"title": 'The "Best", Blog'}).sender == sender


def test_an_unknown_newsletter_is_named_with_the_known_ones(tmp_path):
    with pytest.raises(ConfigError, match=r"newsletters\.daily: .*weekly"):
        make_digest(tmp_path, make_entries(1), name="daily")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Issue 12", "2 new posts", "Unsubscribe")),
        ("de", ("Ausgabe 12", "2 neue Beiträge", "Abmelden")),
        ("fr", ("Numéro 12", "2 nouveaux articles", "Se désabonner")),
        ("es", ("Número 12", "2 entradas nuevas", "Cancelar la suscripción")),
        ("ja", ("第12号", "新着記事2件", "配信停止")),
        ("ar", ("العدد 12", "مقالان جديدان", "إلغاء الاشتراك")),
    ],
)
def test_an_issue_speaks_the_sites_language(tmp_path, language, said):
    digest = make_digest(tmp_path, make_entries(2), site={"language": language})
    page = parse(digest)
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    for phrase in said:
        assert phrase in words(digest)
        assert phrase in digest.text


def test_from_right_to_left_everything_begins_at_the_right(tmp_path):
    digest = make_digest(tmp_path, make_entries(2, image=COVER, language="ar"), site={"language": "ar"})
    assert "text-align:right" in digest.html
    assert "padding-right:20px" in digest.html
    assert "text-align:left" not in digest.html
    letter = make_digest(tmp_path, make_entries(1, language="ar"), site={"language": "ar"})
    assert "direction:ltr; text-align:left" in parse(letter).cssselect("pre")[0].get("style")


def test_a_post_in_the_other_direction_is_set_like_a_mirror(tmp_path):
    content = "<ul><li>x</li></ul><blockquote><p>x</p></blockquote><table><tr><th>x</th></tr></table>"
    hebrew = make_entry(1, language="he", title="שלום", content=content, image=COVER)
    cover = parse(make_digest(tmp_path, [make_entry(), hebrew]))
    thumb = cover.cssselect("td.rtl td.thumb")[0].get("style")
    assert "padding-left:0" in thumb
    assert "padding-right:20px" in thumb
    letter = parse(make_digest(tmp_path, [hebrew]))
    for inner in ("ul", "blockquote", "th"):
        assert re.search(
            "padding-(?:right:[12]|left:12px)|text-align:right", letter.cssselect(f"td.rtl {inner}")[0].get("style")
        )
    assert "border-right:3px" in letter.cssselect("td.rtl blockquote")[0].get("style")


@pytest.mark.parametrize(
    ("language", "line"), [("de", "Abmelden:"), ("ru", "Отписаться (unsubscribe):"), ("zh", "退订 (unsubscribe):")]
)
def test_programs_find_the_way_out_in_every_script(tmp_path, language, line):
    digest = make_digest(tmp_path, make_entries(1), site={"language": language})
    assert f"\n{line} https://" in digest.text
    (link,) = parse(digest).cssselect("a.unsubscribe")
    assert link.get("href") == digest.slots["unsubscribe"]


def test_a_post_in_another_language_says_so(tmp_path):
    page = parse(make_digest(tmp_path, [make_entry(), make_entry(1, language="he", title="שלום")]))
    cell = page.cssselect('td[lang="he"]')[0]
    assert cell.get("dir") == "rtl"
    assert "text-align:right" in cell.get("style")
    # The facts about it are told in the mail's language, which their numbers would be lost in otherwise.
    assert (cell.cssselect("p.meta")[0].get("dir"), cell.cssselect("p.meta")[0].get("lang")) == ("ltr", "en-GB")
    assert page.cssselect("td.lead p.meta")[0].get("dir") is None


@pytest.mark.parametrize(
    ("site", "title", "direction"),
    [
        ("en", "يوغرطة، صديقي النجيب", "rtl"),
        ("en", "About يوغرطة and other things", None),
        ("ar", "Mental Models: كيف نفكر بشكل أفضل؟", None),
        ("ar", "Stick to Tinkering", "ltr"),
        ("ar", "2026", None),
    ],
)
def test_a_post_that_says_no_language_runs_as_its_letters_do(tmp_path, site, title, direction):
    entries = [make_entry(title=title, summary=""), make_entry(1, title=title, summary="")]
    for each in (
        make_digest(tmp_path, entries, site={"language": site}),
        make_digest(tmp_path, entries[:1], site={"language": site}),
    ):
        cells = parse(each).cssselect("td.lead, td.row, td.letter")
        assert {cell.get("dir") for cell in cells} == {direction}


def test_a_digest_does_not_depend_on_who_else_is_asked(tmp_path):
    first = make_digest(tmp_path, make_entries(3))
    make_digest(tmp_path, make_entries(1), {"accent": "#FF1A75"}, {"language": "ja"})
    assert make_digest(tmp_path, make_entries(3)) == first


def test_a_huge_issue_stays_under_the_limit_and_says_what_gave_way(tmp_path):
    digest = make_digest(tmp_path, make_entries(6, content=RICH * 12), {"layout": "letter"})
    assert len(digest.html.encode()) <= 90_000
    assert digest.notes
    assert digest.notes[0].endswith("to keep the mail under 90 KB")
    assert make_digest(tmp_path, make_entries(6), {"layout": "letter"}).notes == ()


def test_posts_that_no_longer_fit_are_in_the_text_part(tmp_path):
    digest = make_digest(tmp_path, make_entries(220))
    assert len(digest.html.encode()) <= 90_000
    assert "Post number 219" not in words(digest)
    assert "https://example.org/post-219/" in digest.text
    assert "older posts are in the text part and on the site." in words(digest)
    assert len(digest.post_ids) == 220


def test_no_person_and_no_words_leave_no_gap(tmp_path):
    entry = make_entry(1, authors=(), words=0)
    text = words(make_digest(tmp_path, [make_entry(), entry]))
    assert "21 November 2026 Post number 1" in text


def test_authors_of_a_joint_post_are_all_named(tmp_path):
    people = tuple(Person(name=name) for name in ("Ada", "Grace", "Edsger"))
    assert "Ada, Grace and Edsger" in words(make_digest(tmp_path, [replace(make_entry(), authors=people)]))


def test_a_headline_is_one_in_the_text_part_too(tmp_path):
    digest = make_digest(tmp_path, make_entries(3), {"layout": "headlines"})
    assert "What post 1 is about" not in digest.text + digest.html
    assert "In this issue" not in digest.text
    for number in range(3):
        assert digest.text.count(f"Post number {number}") == 1
        assert f"    https://example.org/post-{number}/\n" in digest.text
