"""A post in a sentence or two: what its author says it is, else where the author cut it, else its first paragraph."""

from __future__ import annotations

import re

from feeds.render.plain import extract_text

MAX_LENGTH = 300  # characters; what fits the two or three lines that readers and digests show
MAX_MARKED_LENGTH = 1000
WINDOWS = (4_000, 40_000)  # how far to look for a paragraph, in characters: near first, it mostly is
MIN_PARAGRAPH = 25  # shorter than this, a paragraph without a full stop is a label

# Hugo, Hexo, MkDocs, Docusaurus, Nikola and WordPress, as a comment in HTML or in MDX.
MARKER = re.compile(
    r"<!--+\s*(?:more|truncate|TEASER_END(?::[^>]*?)?|read[ -]?more|excerpt(?:[ -]end)?|end[ -]excerpt|summary)\s*--+>",
    re.IGNORECASE,
)

_PARAGRAPH = re.compile(
    r"<(p|li|dd|td)\b[^>]*>([^<]*(?:<(?!/?(?:p|li|ul|ol|dl|dd|td|table|pre|div|blockquote)\b)[^<]*)*)"
)
# What most posts begin with: there is nothing before it, or in it, that would have to be taken out first.
_FIRST = re.compile(
    r"(?:<h([1-6])>[^<]*</h\1>\s*)*"
    r'<p>([^<]*(?:<(?:/?(?:code|em|strong|del|b|i|kbd)>|/a>|a href="[^"<>]*"(?: title="[^"<>]*")?>)[^<]*)*)</p>'
)
_ASIDE = re.compile(
    r"<(blockquote|table|pre|figure|nav|aside|details|h[1-6]|figcaption|section)\b[^>]*>.*?</\1>", re.DOTALL
)
_WHOLLY_MARKED = re.compile(
    r"\s*(?:<(?:strong|em|b|i|small)>)+[^<]*(?:<a\b[^>]*>[^<]*</a>[^<]*)*(?:</(?:strong|em|b|i|small)>)+[\s:]*$"
)
_LINKS_ALONE = re.compile(r"(?:\s|[|·•,–—/-]|<a\b[^>]*>(?:(?!</a>).)*</a>)*$", re.DOTALL)
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|geschrieben|veröffentlicht|publié|автор\w*|перевод\w*)\b.{0,15}?)?"
    r"(?:\b(?:by|von|par|por|di|av|door)\s+[A-ZÄÖÜÁÉ]|автор)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"¡?(?:hi|hello|hey|howdy|dear|greetings|welcome|hallo|liebe[rs]?|bonjour|salut|hola|ciao|olá|привет|здравствуйте)\b"
    r"[^.:]{0,40}[!.,:]?$",
    re.IGNORECASE,
)
# A formula alone, or a shortcode of another program's.
_NO_WORDS = re.compile(r"\$\$.+\$\$|\\\[.+\\\]|\[\w+(?: [\w-]+=[^\]]+)+\]", re.DOTALL)
_DATE_OR_CREDIT = re.compile(
    r"(?:\w{3,9},? )?(?:\d{1,2}\.? [^\W\d]{3,9}\.?,? \d{4}|[^\W\d]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})"
    r"|\(?(?:(?:cover |featured )?(?:image|photo|picture|illustration)|bild|foto|imagen|crédits?|фото)\b"
    r"[^.]{0,20}?(?::| by | von | de | par )",
    re.IGNORECASE,
)
# All signs in one class, so that the search goes from sign to sign.
_SENTENCE_END = re.compile(r"[.!?…。！？](?:(?<=[.!?…])[\"'”’»)\]]*(?=\s)|(?<=[。！？])[」』”）]*)")
# A full stop after these ends no sentence; none takes more characters than are looked at.
_ABBREVIATED = 12
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-zА-Яа-я]|e\.g|i\.e|etc|vs|cf|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Nr|bzw|z\.\s?B|u\.\s?a|d\.\s?h|ca|т\.\s?[едпк])|\d)\.$"
)
# A list of links into the post itself.
_CONTENTS = re.compile(
    r"<(ul|ol)>(?:\s*</?(?:ul|ol|li|p)>|\s*<a href=\"[^\"#]*#[^\"]*\">(?:(?!</a>).)*</a>)*\s*</\1>(?!\s*</li>)",
    re.DOTALL,
)
_NEXT_ITEM = re.compile(r"(?<=[^\s.;:,!?>…])((?:</(?!li)[a-z]+>|\s)*)</li>\s*<li>")
_FOOTNOTE_MARK = re.compile(r'<sup\b[^>]*>\s*<a\b[^>]*>[^<]*</a>\s*</sup>|<a\b[^>]*id="fn[^>]*>[^<]*</a>')


def find_marker(html: str) -> int | None:
    """Where in the HTML that a renderer made the author cut the post, or None."""
    found = MARKER.search(html) if "<!--" in html else None
    return found.start() if found else None


def summarize_marked(clean: str) -> str:
    """The text of what stands above the author's marker, "" if that is no text."""
    prose = _CONTENTS.sub(" ", _FOOTNOTE_MARK.sub("", _ASIDE.sub(" ", clean)))
    return cut_at_sentence(extract_text(_NEXT_ITEM.sub(r"\1; ", prose)), MAX_MARKED_LENGTH)


def summarize(clean: str) -> str:
    """The first real paragraph of clean HTML, cut at a sentence; "" if there is no text at all."""
    if begun := _FIRST.match(clean, 0, WINDOWS[0]):
        text = extract_text(begun[2])
        if text and not _is_label(begun[2], text):
            return cut_at_sentence(text, MAX_LENGTH)
    for size in WINDOWS:
        window = _FOOTNOTE_MARK.sub("", clean[:size])
        whole = size >= len(clean)
        found = _find_paragraph(_ASIDE.sub(" ", window), strict=True, whole=whole)
        if found or whole:
            break
    found = (
        found
        or _find_paragraph(window, strict=True, whole=True)
        or _find_paragraph(_ASIDE.sub(" ", window), strict=False, whole=True)
        or _find_paragraph(window, strict=False, whole=True)
    )
    return cut_at_sentence(found or extract_text(window), MAX_LENGTH)


def _find_paragraph(html: str, *, strict: bool, whole: bool) -> str:
    """The text of the first paragraph that is no label; if not `strict`, of any paragraph, list item or cell.

    What the end of `html` cuts off does not count, unless `html` is the `whole` of it.
    """
    for found in _PARAGRAPH.finditer(html):
        tag, inner = found.groups()
        text = extract_text(inner)
        if not whole and found.end() == len(html):
            break
        if text and (not strict or (tag == "p" and not _is_label(inner, text))):
            return text
    return ""


def cut_at_sentence(text: str, length: int) -> str:
    """`text` if it fits `length` characters, else as many whole sentences as fit, else whole words and an ellipsis."""
    if len(text) <= length:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[: length + 1])]
    end = next((end for end in reversed(ends) if _is_end(text[:end])), 0)
    if end >= length // 5:
        return text[:end]
    cut = text[: length - 1]
    words, space, _ = cut.rpartition(" ")
    return (words if space and len(words) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def _is_end(text: str) -> bool:
    """Whether what ends in a full stop ends a sentence: no abbreviation, nothing inside parentheses."""
    return not _ABBREVIATION.search(text, max(0, len(text) - _ABBREVIATED)) and text.count("(") <= text.count(")")


def _is_label(inner: str, text: str) -> bool:
    """Whether a paragraph is furniture: a byline, a date, a greeting, a row of links, a formula, a credit."""
    if len(text) < MIN_PARAGRAPH and not text.endswith((".", "!", "?", "。")):
        return True
    if _LINKS_ALONE.match(inner) or _GREETING.match(text) or _NO_WORDS.fullmatch(text):
        return True
    if len(text) < 4 * MIN_PARAGRAPH:
        if _WHOLLY_MARKED.match(inner) or _BYLINE.match(text):
            return True
        return _DATE_OR_CREDIT.match(text) is not None and not text.endswith((".", "!", "?", "。"))
    return False
