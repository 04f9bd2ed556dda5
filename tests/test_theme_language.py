"""Dates, numbers and phrases in the languages that we speak."""

import tomllib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

import feeds
from feeds.theme import find_templates
from feeds.theme.language import is_right_to_left, make_language

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
CATALOGUE = tomllib.loads(resources.files("feeds.theme").joinpath("phrases.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("tag", "date", "posts"),
    [
        ("en", "November 23, 2026", "2 new posts"),
        ("en-GB", "23 November 2026", "2 new posts"),
        ("de-AT", "23. November 2026", "2 neue Beiträge"),
        ("fr", "23 novembre 2026", "2 nouveaux articles"),
        ("es", "23 de noviembre de 2026", "2 entradas nuevas"),
        ("ja", "2026年11月23日", "新着記事2件"),
        ("ar", "23 نوفمبر 2026", "مقالان جديدان"),
        ("ru", "23 ноября 2026\u202fг.", "2 новые записи"),
        ("zh-CN", "2026年11月23日", "2 篇新文章"),
        ("zh-TW", "2026年11月23日", "2 篇新文章"),
        ("ko-KR", "2026년 11월 23일", "새 글 2개"),
        ("pt-BR", "23 de novembro de 2026", "2 novas publicações"),
        ("it", "23 novembre 2026", "2 nuovi articoli"),
        ("fa", "۲۳ نوامبر ۲۰۲۶", "۲ نوشتهٔ تازه"),
        ("he-IL", "23 בנובמבר 2026", "שני פוסטים חדשים"),
        ("ar-EG", "٢٣ نوفمبر ٢٠٢٦", "مقالان جديدان"),
    ],
)
def test_a_line_is_in_the_sites_language(tag, date, posts):
    language = make_language(tag, "UTC")
    assert (language.date(MOMENT), language.say("new_posts", 2)) == (date, posts)


@pytest.mark.parametrize(
    ("tag", "said"), [("zh", "继续阅读"), ("zh-Hans-CN", "继续阅读"), ("zh_TW", "繼續閱讀"), ("zh-Hant", "繼續閱讀")]
)
def test_chinese_is_in_the_script_of_its_place(tag, said):
    assert make_language(tag, "UTC").say("continue") == said


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("pt", "Continuar lendo"),
        ("pt-BR", "Continuar lendo"),
        ("pt_PT", "Continuar a ler"),
        ("pt-AO", "Continuar a ler"),
    ],
)
def test_portuguese_is_brazils_or_that_of_the_rest_of_the_world(tag, said):
    language = make_language(tag, "UTC")
    assert (language.say("continue"), language.say("picture")) == (said, "Imagem")


def test_numbers_have_the_digits_of_the_language():
    assert make_language("fa", "UTC").say("minutes", 1204) == "۱٬۲۰۴ دقیقه"
    assert make_language("he", "UTC").say("minutes", 1204) == "1,204 דק׳"


@pytest.mark.parametrize("tag", ["ar-EG", "fa", "he"])
def test_languages_run_from_right_to_left_and_unknown_ones_do_not(tag):
    assert make_language(tag, "UTC").direction == "rtl"
    assert make_language("de", "UTC").direction == "ltr"
    assert is_right_to_left("he")
    assert not is_right_to_left("tlh-nonsense")


def test_an_untranslated_language_gets_one_language_throughout():
    language = make_language("tlh", "UTC")
    assert f"{language.date(MOMENT)} {language.say('new_posts', 1)}" == "November 23, 2026 1 new post"
    assert language.tag == "tlh"


@pytest.mark.parametrize("tag", sorted(CATALOGUE))
def test_every_language_has_every_phrase_with_the_same_values(tag):
    whole = CATALOGUE["pt"] | CATALOGUE[tag] if tag == "pt-pt" else CATALOGUE[tag]
    assert whole.keys() == CATALOGUE["en"].keys()
    language = make_language(tag, "UTC")
    for phrase in CATALOGUE["en"]:
        for count in (0, 1, 2, 5, 11, 100):
            said = language.say(phrase, count, title="T", titles="T", names="N", newsletter="L")
            assert said
            assert "{" not in said


def test_every_phrase_is_said_somewhere():
    root = Path(feeds.__file__).parent
    sources = [*find_templates().rglob("*.*"), *root.joinpath("digest").glob("*.py")]
    said = "".join(path.read_text("utf-8") for path in sources)
    assert [
        phrase for phrase in CATALOGUE["en"] if f'say("{phrase}"' not in said and f"say('{phrase}'" not in said
    ] == []


def test_the_day_is_that_of_the_sites_zone():
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert make_language("en", "Asia/Tokyo").date(late) == "January 1, 2027"


@pytest.mark.parametrize(
    ("tag", "facts", "line"),
    [
        ("en", ["Ada", "3 min"], "Ada\xa0· 3 min"),
        ("en", ["عمر", "3 min"], "عمر\xa0·\u200e 3 min"),
        ("ar", ["Ada", "3 د"], "Ada\xa0·\u200f 3 د"),
    ],
)
def test_a_number_stays_behind_a_name_that_runs_the_other_way(tag, facts, line):
    assert make_language(tag, "UTC").join(facts) == line
