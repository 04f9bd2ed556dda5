"""Slugs as JavaScript's tools make them; the expectations are what the tools themselves answered."""

from __future__ import annotations

import pytest

from feeds.loader.js_slugs import loose_slug, simple_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ünïcode & Straße – C#", "uenicode-and-strasse-c"),
        ("Привет мир", "privet-mir"),
        ("Щука и ёж", "schuka-i-yozh"),
        ("مرحبا بالعالم", "mrhba-balealm"),
        ("你好 world", "world"),
        ("Vue3入门vs React", "vue3-vs-react"),
        ("it’s naïve—dash", "it-s-naive-dash"),
        ("Tōkyō x² ①", "tokyo-x-1"),
        ("ภาษาไทย 2", "2"),
        ("한국어", ""),
        ("JavaScript and iOS", "javascript-and-ios"),
        ("C++ & C#", "c-and-c"),
        ("Vue 2.7 “Naruto”", "vue-2-7-naruto"),
        ("It's don't", "its-dont"),
        ("I ♥ Dogs 🦄", "i-love-dogs-unicorn"),
        ("Đặng Tiếng Việt", "dang-tieng-viet"),
        ("Łódź", "lodz"),
        ("Ελληνικά", "ellinika"),
    ],
)
def test_eleventys_slugify_makes_ascii_of_any_alphabet(text, slug):
    assert simple_slug(text) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello World", "hello-world"),
        ("Vue 2.7: it's (really) here!", "vue-2.7:-it's-(really)-here!"),
        ("50% off & more | a-b -- c", "50percent-off-and-more-or-a-b-c"),
        ("Ünïcode?", "unicode"),
        ("R&D – x—y", "randd-xy"),
        ("Ёлка, 中文 đã", "yolka-dja"),
    ],
)
def test_eleventys_older_slug_keeps_signs(text, slug):
    assert loose_slug(text) == slug
