"""Languages as BCP 47 tags, out of what generators call them."""

from __future__ import annotations

import re

# ISO 639-1, for telling a folder of a language from any other that has two letters.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu"
)


def clean_language(text: str) -> str:
    """A BCP 47 tag out of `en_US`, `en-us` or `pt-BR.UTF-8`; "" for what is none."""
    found = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:[.@].*)?$", text.strip())
    if not found:
        return ""
    language, script, region = found.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)


def is_language(name: str) -> bool:
    """Whether a folder of this name may hold what is in one language: `en`, `pt-BR`, `zh_cn`, `zh-Hans`."""
    found = re.fullmatch(r"([a-z]{2})(?:[-_](?:[A-Za-z]{2}|[A-Z][a-z]{3}))?", name)
    return found is not None and f" {found[1]} " in f" {_CODES} "
