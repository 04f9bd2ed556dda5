"""The language that the script of a site's posts tells."""

import pytest

from blogs import write
from feeds.loader import detect_site
from feeds.loader.scripts import guess_language

CODE = "\n\n    import os\n    print(os.environ)\n"
WORDS = {
    "ru": "Сегодня мы публикуем новую статью о том, как устроена сеть и почему это важно.",
    "uk": "Сьогодні ми публікуємо нову статтю про те, як її влаштовано, і чому це є важливим для їхніх читачів.",
    "ja": "今日は新しい記事を公開しました。ネットワークの仕組みについて書きます。",
    "zh": "今天我们发布了一篇新文章，介绍网络的工作原理以及它的重要性。",
    "ko": "오늘 우리는 네트워크가 어떻게 작동하는지에 대한 새 글을 게시합니다.",
    "ar": "ننشر اليوم مقالا جديدا عن كيفية عمل الشبكة ولماذا يعد ذلك مهما للقراء.",
    "fa": "امروز مقاله‌ای تازه درباره چگونگی کارکرد شبکه و چرایی اهمیت آن منتشر می‌کنیم. پژوهش چنین می‌گوید.",
    "he": "היום אנו מפרסמים מאמר חדש על האופן שבו הרשת פועלת ומדוע זה חשוב.",
    "el": "Σήμερα δημοσιεύουμε ένα νέο άρθρο για το πώς λειτουργεί το δίκτυο.",
}


def write_posts(root, *texts):
    return write(root, {f"posts/2024-01-{day:02}-a.md": f"# {text}\n\n{text}\n" for day, text in enumerate(texts, 1)})


@pytest.mark.parametrize("language", WORDS)
def test_a_site_that_does_not_say_its_language_is_in_that_of_its_script(tmp_path, language):
    findings = detect_site(write_posts(tmp_path, *[WORDS[language] + CODE] * 3))
    assert findings.site["language"] == language
    assert findings.origins["site.language"] == "the script of its posts"


@pytest.mark.parametrize(
    "texts",
    [
        ["Today we publish a new post.", "Heute erscheint ein neuer Beitrag."],
        ["The word 学校 means school, and ネットワーク means network; every learner meets both of them early."],
        [WORDS["ja"], WORDS["ru"], "And one in English."],
        ["12345"],
    ],
)
def test_latin_letters_a_few_foreign_words_and_a_mixture_tell_nothing(tmp_path, texts):
    assert "language" not in detect_site(write_posts(tmp_path, *texts)).site


def test_what_the_site_says_counts_more(tmp_path):
    write(tmp_path, {"_config.yml": "lang: en\n", "_posts/2024-01-01-a.md": WORDS["ru"]})
    assert detect_site(tmp_path).site["language"] == "en"


def test_the_first_posts_by_name_decide_in_whatever_folders_they_are(tmp_path):
    write(tmp_path, {f"posts/{year}/a.md": WORDS["el"] for year in range(2001, 2031)} | {"posts/z.md": "English"})
    for number in range(60):
        write(tmp_path, {f"posts/zz/{number}.md": "English words"})
    assert guess_language(tmp_path, ("posts",), lambda name: name.endswith(".md")) == "el"
    assert guess_language(tmp_path, ("nowhere",), lambda _name: True) is None
