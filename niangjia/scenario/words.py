"""Names that nobody bears: surnames by their frequency in Zhejiang, given names and trade names put together by the dice."""

from __future__ import annotations

import numpy as np

from niangjia.kit.ids import ALPHABET, CREDIT_WEIGHTS, MADE_UP

SURNAMES = (
    "陈65 王58 沈47 张44 徐38 朱34 吴33 周31 杨27 李26 姚25 钱24 潘22 陆21 费19 章18 胡17 俞17 施16 蒋16 严15 金15 许14 赵14 黄14 郑13 "
    "孙13 高12 顾12 邱11 丁11 叶11 凌10 闵10 汤10 董10 谢9 方9 林9 何9 冯9 屠8 马8 刘22 郭8 宋8 罗8 唐8 韩7 曹7 邓7 萧3 谈6 芮5 温5 臧5 "
    "嵇4 慎3 茹4 褚4 柏3 余8 倪7 管5 卢5 戴5 夏7 钟5 汪6 田5 任5 姜5 范6 石4 崔3 谭4 廖3 邹4 熊3 陶5 贾3 韦3 侯3 孟3 龙3 万3 段3 雷3 史4 "
    "黎2 贺2 毛4 郝2 龚3 邵5 覃1 曾4 单1 翟1 欧阳1 诸葛1"
)
MALE = "国建志文明伟军华平林荣海峰强斌勇刚涛杰鑫浩宇鹏飞波辉龙生根法祥福兴泉松水金火土庆忠孝新春俊磊超凯东亮健宏良成德永立学胜利民安康山川江河云"
FEMALE = "芳英丽娟敏静霞燕玲红梅兰琴秀珍凤仙美云月珠玉萍莉娜婷雪慧佳欣怡蓉菊香莲花妹芬琳洁颖晶倩丹艳彩虹素瑛巧惠春爱亚文晓小阿"
TRADE_HEAD = "岚澹霁岫昀岑淇屿汀峤溱浔泠漪珩琚琮璟澄骊湛翊栩煦昭晗泓澜岷皓"
TRADE_TAIL = "栎槿楸桕柘榆檀椴枫楠梓桦茗蘅芷蔚菱苇荻蓼苔藤筠箬"
VILLAGE_HEAD = "东西南北前后上下大小新古长高石金银玉青白红双三五九"
VILLAGE_TAIL = "塘浜漾桥墩庄溪湾坞岭埠港圩荡里山泉林田坝浦潭"


def surnames() -> tuple[list[str], list[float]]:
    """The surnames with their weights."""
    said = [("".join(c for c in word if not c.isdigit()), float("".join(c for c in word if c.isdigit()))) for word in SURNAMES.split()]
    return [name for name, _ in said], [weight for _, weight in said]


class Baptist:
    """Gives names: a surname by weight, one or two characters by sex."""

    def __init__(self) -> None:
        self.families, weights = surnames()
        self.weights = np.array(weights) / sum(weights)
        self.given = {"1": list(dict.fromkeys(MALE)), "2": list(dict.fromkeys(FEMALE))}
        self.skew = {sex: (ranks := 1 / (np.arange(len(chars)) + 6.0)) / ranks.sum() for sex, chars in self.given.items()}

    def keys(self, rng: np.random.Generator, women: np.ndarray) -> np.ndarray:
        """A number for each person's name: the same number, the same name."""
        count = len(women)
        family = rng.choice(len(self.families), size=count, p=self.weights)
        first, second = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
        for sex, mask in (("1", ~women), ("2", women)):
            many = int(mask.sum())
            first[mask] = rng.choice(len(self.given[sex]), size=many, p=self.skew[sex])
            second[mask] = rng.choice(len(self.given[sex]), size=many, p=self.skew[sex])
        second[rng.random(count) < 0.13] = 127  # one character only
        found: np.ndarray = ((family * 128 + first) * 128 + second) * 2 + women
        return found

    def name(self, key: int) -> str:
        """The name of a number."""
        rest, woman = divmod(int(key), 2)
        rest, second = divmod(rest, 128)
        family, first = divmod(rest, 128)
        given = self.given["2" if woman else "1"]
        return self.families[family] + given[first] + ("" if second == 127 else given[second])

    def names(self, rng: np.random.Generator, count: int, women: float = 0.3) -> list[str]:
        """Some names, as for officers."""
        return [self.name(key) for key in self.keys(rng, rng.random(count) < women)]


def credit_code(head: str, serial: int) -> str:
    """A made-up unified social credit code: 81330599… for unions, 91330599… for employers; the check character holds."""
    body = ""
    rest = serial
    for _ in range(9):
        rest, digit = divmod(rest, 31)
        body = ALPHABET[digit] + body
    first = head + MADE_UP + body
    total = sum(ALPHABET.index(c) * w for c, w in zip(first, CREDIT_WEIGHTS, strict=True))
    return first + ALPHABET[(31 - total % 31) % 31]
