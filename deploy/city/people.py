"""Made-up people: names of common characters, valid identity numbers, wages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from random import Random

from deploy.city.chance import dice, pick
from services.enrollment.rules.identity_number import check_digit

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰华建国志红玉梅春晓宇浩凯鹏飞婷雪琳慧莹萍鑫波斌宁瑞欣"
    "佳晨曦海山云峰成龙光辉永福庆祥立新文博思远子轩雨泽俊"
)
AREAS = (
    "370602", "370611", "370612", "370613", "370634", "370681", "370682", "370683", "370684", "370685", "370686",
    "370687", "370202", "371002", "370902", "410102", "230102", "220102",
)  # fmt: skip
FIRST_BIRTH, DAYS = date(1967, 1, 1), 11_300
ORDERS = 500
STRIDE = 1_000_003
STREETS = (
    "南大街",
    "北马路",
    "胜利路",
    "青年路",
    "西关南街",
    "幸福中路",
    "通世南路",
    "港城大街",
    "迎春大街",
    "黄海路",
)
HOUSEHOLDS = (("本地城镇", 60), ("本地农村", 22), ("外地城镇", 8), ("外地农村", 10))
RURAL_SHARE = 0.45
MEDIAN_WAGE, WAGE_SPREAD = 380_000, 0.45
"""Fen a month."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an employment; the wage in fen."""

    name: str
    id_number: str
    household: str
    address: str
    phone: str
    rural_contract: bool
    wage: int
    hired_on: date


def id_number(index: int) -> str:
    """The valid identity number of the index-th person; no two persons share one."""
    scattered = index * STRIDE % (len(AREAS) * DAYS * ORDERS)
    scattered, area = divmod(scattered, len(AREAS))
    order, day = divmod(scattered, DAYS)
    born = FIRST_BIRTH + timedelta(days=day)
    body = f"{AREAS[area]}{born:%Y%m%d}{order + 1:03}"
    return body + check_digit(body)


def person(index: int, hired_on: date | None = None) -> Person:
    """The index-th person of the city; without a day it was hired years ago."""
    throws = dice("person", index)
    household = pick(throws, HOUSEHOLDS)
    number = id_number(index)
    rural = household.endswith("农村") and throws.random() < RURAL_SHARE
    grown = date(int(number[6:10]) + 18, 7, 1)
    since = max(date(2003, 1, 1), grown)
    served = since + timedelta(days=throws.randrange(max((date(2016, 6, 30) - since).days, 1)))
    return Person(
        name=_name(throws),
        id_number=number,
        household=household,
        address=f"烟台市{throws.choice(STREETS)}{throws.randrange(1, 300)}号",
        phone=f"13{throws.randrange(10)}{throws.randrange(10**8):08}",
        rural_contract=rural,
        wage=round(throws.lognormvariate(log(MEDIAN_WAGE), WAGE_SPREAD)),
        hired_on=hired_on or served,
    )


def _name(throws: Random) -> str:
    given = throws.sample(GIVEN, throws.choice((1, 2, 2, 2)))
    return throws.choice(SURNAMES) + "".join(given)
