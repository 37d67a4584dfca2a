"""Made-up employers: names, credit codes, districts, schemes, and how many people each has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from contracts.http.registry import Material, OpenService, RegisterEmployer, SpecialistData
from contracts.month import Month
from contracts.values import EmployerKind, Scheme
from deploy.city.chance import dice, pick
from deploy.city.people import SURNAMES, id_number
from deploy.city.sizes import sizes
from services.registry.rules.credit_code import check_digit, inner_check_digit

SIGNED_ON = date(2016, 8, 29)
FIRST_NUMBER = 101
GOLDEN_PLACE = 22
"""The employer whose September bill is 8,602.58 has the number 3706000123."""
SPECIALISTS_FROM = 90_000_000
"""Indexes of people that no roster reaches: the specialists."""
WORDS = (
    "华盛鑫泰宏达东方恒通瑞丰金桥永兴天成广润新港隆昌万和正大百川远航旭日安康福临嘉禾众诚联合创展博雅中正"
    "立信顺达凯旋长青明珠"
)
ROADS = ("工业路", "滨海路", "长江路", "泰山路", "黄山路")
TRADES = (
    (("机械", 4, EmployerKind.ENTERPRISE), 10), (("电子科技", 3, EmployerKind.ENTERPRISE), 7),
    (("食品", 3, EmployerKind.ENTERPRISE), 9), (("水产", 3, EmployerKind.ENTERPRISE), 6),
    (("建筑安装", 5, EmployerKind.ENTERPRISE), 8), (("物流", 5, EmployerKind.ENTERPRISE), 7),
    (("商贸", 2, EmployerKind.ENTERPRISE), 16), (("酒店管理", 2, EmployerKind.ENTERPRISE), 5),
    (("软件", 1, EmployerKind.ENTERPRISE), 5), (("葡萄酒业", 3, EmployerKind.ENTERPRISE), 4),
    (("化工", 6, EmployerKind.ENTERPRISE), 3), (("矿业", 8, EmployerKind.ENTERPRISE), 1),
    (("服装", 4, EmployerKind.ENTERPRISE), 6), (("房地产开发", 2, EmployerKind.ENTERPRISE), 4),
    (("便利店", 2, EmployerKind.SOLE_TRADER), 6), (("中学", 2, EmployerKind.INSTITUTION), 2),
    (("医院", 2, EmployerKind.INSTITUTION), 1), (("行业协会", 1, EmployerKind.ASSOCIATION), 2),
)  # fmt: skip
"""Trade, injury class (domain 3.2) and kind, by weight."""
ENDINGS = {EmployerKind.ENTERPRISE: "有限公司", EmployerKind.ASSOCIATION: ""}
PREFIXES = {
    EmployerKind.ENTERPRISE: "91",
    EmployerKind.SOLE_TRADER: "92",
    EmployerKind.INSTITUTION: "12",
    EmployerKind.ASSOCIATION: "51",
}
DISTRICTS = (
    ("370602", 24), ("370676", 14), ("370681", 12), ("370613", 8), ("370611", 7), ("370612", 6), ("370683", 8),
    ("370682", 6), ("370685", 6), ("370684", 5), ("370687", 4), ("370686", 4), ("370671", 4), ("370634", 1),
    ("370600", 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer of the city; its people are `first` … `first + heads - 1`."""

    place: int
    entry: RegisterEmployer
    first: int
    heads: int

    @property
    def number(self) -> str:
        """The 社保编号 it keeps."""
        return f"3706{FIRST_NUMBER + self.place:06}"

    @property
    def golden(self) -> bool:
        """Whether it is the employer of the worked example (domain 3.5)."""
        return self.place == GOLDEN_PLACE

    def opening(self) -> OpenService:
        """The materials and the specialist of its opening."""
        throws = dice("specialist", self.place)
        specialist = SpecialistData(
            name=throws.choice(SURNAMES) + throws.choice(("会计", "专管员", "人事")),
            id_number=id_number(SPECIALISTS_FROM + self.place),
            mobile=f"137{throws.randrange(10**8):08}",
        )
        return OpenService(
            materials=frozenset(Material),
            agreement_signed_on=SIGNED_ON,
            employer_handler=specialist.name,
            specialist=specialist,
        )


def employers(count: int, persons: int) -> list[Employer]:
    """The whole city; with the golden employer's three people in its place."""
    heads = sizes(count, persons)
    if count > GOLDEN_PLACE:
        spare = heads[GOLDEN_PLACE] - 3
        heads[GOLDEN_PLACE] = 3
        heads[max(range(count), key=heads.__getitem__)] += spare
    made, first = [], 0
    for place, size in enumerate(heads):
        made.append(Employer(place, _golden() if place == GOLDEN_PLACE else _entry(place), first, size))
        first += size
    return [made[place] for place in _golden_first(count)]


def _golden_first(count: int) -> list[int]:
    """It can be used first, so it is made first."""
    return sorted(range(count), key=lambda place: (place != GOLDEN_PLACE, place))


def credit_code(kind: EmployerKind, district: str, place: int) -> str:
    """A valid 统一社会信用代码, each place its own."""
    body = f"MA{place:06}"
    code = f"{PREFIXES[kind]}{district}{body}{inner_check_digit(body)}"
    return code + check_digit(code)


def _entry(place: int) -> RegisterEmployer:
    throws = dice("employer", place)
    trade, injury_class, kind = pick(throws, TRADES)
    district = pick(throws, DISTRICTS)
    return RegisterEmployer(
        name=f"烟台{_word(throws)}{trade}{ENDINGS.get(kind, '')}",
        credit_code=credit_code(kind, district, place),
        kind=kind,
        scheme=Scheme.GOVERNMENT if kind is EmployerKind.INSTITUTION else Scheme.ENTERPRISE,
        district=district,
        address=f"烟台市{throws.choice(ROADS)}{throws.randrange(1, 400)}号",
        postcode="264000",
        legal_representative=throws.choice(SURNAMES) + throws.choice(("建国", "志强", "丽华", "海涛", "敏")),
        insured_from=Month(2015, 10),
        injury_class=injury_class,
        employer_no=f"3706{FIRST_NUMBER + place:06}",
        imported=True,
    )


def _word(throws: Random) -> str:
    at = throws.sample(range(0, len(WORDS) - 1, 2), 2)
    return "".join(WORDS[place : place + 2] for place in at)


def _golden() -> RegisterEmployer:
    return RegisterEmployer(
        name="烟台海源机械有限公司",
        credit_code=credit_code(EmployerKind.ENTERPRISE, "370602", GOLDEN_PLACE),
        kind=EmployerKind.ENTERPRISE,
        district="370602",
        address="烟台市芝罘区幸福中路88号",
        postcode="264000",
        legal_representative="孙海源",
        insured_from=Month(2015, 10),
        injury_class=4,
        employer_no=f"3706{FIRST_NUMBER + GOLDEN_PLACE:06}",
        imported=True,
    )
