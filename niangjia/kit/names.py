"""Names in order and found: readings (surname and place overrides first), initials, and tokens for a GIN index.

The key of order is stored, so that every server sorts alike: 曾国藩 is `zeng guo fan`, zgf.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import lru_cache

SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "ge", "覃": "qin", "朴": "piao", "冼": "xian",
    "洗": "xian", "翟": "zhai", "尉": "yu", "缪": "miao", "任": "ren", "华": "hua", "乐": "yue", "宁": "ning", "员": "yun", "折": "she",
    "黑": "he", "秘": "bi", "繁": "po", "种": "chong", "逄": "pang", "召": "shao", "纪": "ji", "燕": "yan", "应": "ying", "过": "guo",
    "葛": "ge", "樊": "fan", "晁": "chao", "隗": "wei", "乜": "nie", "么": "yao", "令": "ling", "哈": "ha", "卜": "bu", "阚": "kan",
}  # fmt: skip
DOUBLE = {"尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai"}
PLACES = {
    "湖州": "hu zhou",
    "长兴": "chang xing",
    "吴兴": "wu xing",
    "南浔": "nan xun",
    "埭溪": "dai xi",
    "槐坎": "huai kan",
    "重兆": "chong zhao",
}


ODD = r"[^\p{L}\p{M}·〇 .'’-]"  # what stands in no name, for whole columns: brackets, signs and digits are remarks, or formulas


def odd(name: str) -> bool:
    """Whether something stands in a name that cannot: the same as `ODD`, of one name.

    >>> odd("阿不都·买买提"), odd("O'Neil-Smith Jr."), odd("=cmd|x"), odd("王芳（退休）"), odd("李2")
    (False, False, True, True, True)
    """
    return any(unicodedata.category(c)[0] not in "LM" and c not in "·〇 .'’-" for c in name)


@lru_cache(1)
def _readings() -> dict[str, str]:
    # The dictionary of phrases, which we do not ask, would hold 46 MB in every process.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    def plain(said: str) -> str:
        letters = unicodedata.normalize("NFD", said.partition(",")[0].replace("ü", "v"))
        return sys.intern("".join(c for c in letters if not unicodedata.combining(c)))

    return {chr(point): plain(said) for point, said in PINYIN_DICT.items()}


def reading(name: str, *, person: bool = True) -> str:
    """Syllables parted by spaces.

    >>> reading("单雄信"), reading("长兴县总工会", person=False)
    ('shan xiong xin', 'chang xing xian zong gong hui')
    """
    known = _readings()
    head, rest = "", name
    if person and name[:2] in DOUBLE:
        head, rest = DOUBLE[name[:2]], name[2:]
    elif person and name[:1] in SURNAMES:
        head, rest = SURNAMES[name[:1]], name[1:]
    elif not person:
        for place, said in PLACES.items():
            if name.startswith(place):
                head, rest = said, name[len(place) :]
    return " ".join([*head.split(), *(known.get(c, c.lower()) for c in rest if not c.isspace())])


def initials(said: str) -> str:
    """The first letters of a reading."""
    return "".join(s[0] for s in said.split())


def tokens(name: str, said: str) -> list[str]:
    """What a name is found by: each character, each pair, the whole; initials in pairs and whole."""
    short = initials(said)
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    letters = {"i" + short[i : i + n] for n in (2, 3) for i in range(len(short) - n + 1)} | {"i" + short}
    return sorted({*name, name, *pairs, *letters} - {"", "i"})


def asked(text: str) -> list[str]:
    """The tokens that a search must all find: pairs of a name, or initials.

    >>> asked("建国"), asked("WJG")
    (['建国'], ['iwjg'])
    """
    text = "".join(text.split())
    if text.isascii() and text.isalpha():
        low = text.lower()
        return ["i" + low] if len(low) <= 3 else sorted({"i" + low[i : i + 3] for i in range(len(low) - 2)})
    if len(text) <= 2:
        return [text] if text else []
    return sorted({text[i : i + 2] for i in range(len(text) - 1)})
