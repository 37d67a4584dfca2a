"""The pinyin key of a name, by which a roster is sorted and searched; surnames have readings of their own."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

SURNAMES: dict[str, tuple[str, ...]] = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
    "单": ("shan",),
    "仇": ("qiu",),
    "解": ("xie",),
    "曾": ("zeng",),
    "任": ("ren",),
    "区": ("ou",),
    "查": ("zha",),
    "朴": ("piao",),
    "盖": ("ge",),
    "纪": ("ji",),
    "翟": ("zhai",),
    "缪": ("miao",),
    "覃": ("qin",),
    "华": ("hua",),
    "乐": ("yue",),
    "冼": ("xian",),
    "员": ("yun",),
    "种": ("chong",),
    "秘": ("bi",),
    "召": ("shao",),
    "燕": ("yan",),
    "逄": ("pang",),
    "隋": ("sui",),
    "尹": ("yin",),
    "黑": ("he",),
    "哈": ("ha",),
    "便": ("pian",),
    "折": ("she",),
    "么": ("yao",),
    "教": ("jiao",),
    "重": ("chong",),
}
"""Readings that differ from the common one, longest first."""


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> str:
    return lazy_pinyin(character)[0].lower()


def name_key(name: str) -> str:
    """`wang jian guo wjg`: syllables for the order, initials for a quick search."""
    surname = next((word for word in SURNAMES if name.startswith(word)), "")
    rest = name[len(surname) :]
    syllables = [*SURNAMES.get(surname, ()), *(_syllable(character) for character in rest)]
    syllables = [part for part in syllables if part.strip()]
    return " ".join((*syllables, "".join(part[0] for part in syllables)))


def search_key(text: str) -> str:
    """What a clerk typed, as it is looked for in a key without its blanks."""
    return "".join(text.split()).lower()
