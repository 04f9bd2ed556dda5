import pytest

from rendering import render

ARABIC = "هذه تدوينة عن الخلاصات"


@pytest.mark.parametrize(
    ("body", "language", "marked"),
    [
        (ARABIC, None, True),
        (ARABIC, "en", True),
        ("שלום עולם", "he", True),
        (f"{ARABIC} HTML CSS JavaScript TypeScript WebAssembly", "ar", True),
        ("English with one עברית word", "en", False),
        ("English on an Arabic site", "ar", False),
        (f"English text with `{ARABIC}` as code", "en", False),
        (f"Some English, then {ARABIC}, then far more English again, and again", "ar-Latn", False),
        ("Über Grüße", "de", False),
    ],
)
def test_a_post_from_right_to_left_says_so(tmp_path, body, language, marked):
    assert render(tmp_path, body, language=language).startswith('<div dir="rtl">') is marked
