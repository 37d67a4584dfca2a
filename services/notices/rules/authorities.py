"""Which authorities an order names: agency, 复议机关, 法院, and each district's sign (2.3; names are a reading)."""

from __future__ import annotations

from dataclasses import dataclass

from services.chassis.policy import MissingPolicy


@dataclass(frozen=True, slots=True)
class Authorities:
    """`sign` stands in the document number; 复议机关 and 法院 in the text."""

    sign: str
    agency: str
    reconsideration: str
    court: str


def _of(sign: str, place: str, court_of: str = "") -> Authorities:
    agency = f"{place}社会保险服务中心"
    return Authorities(sign, agency, f"{place}人力资源和社会保障局", f"{court_of or place}人民法院")


AUTHORITIES: dict[str, Authorities] = {
    "370600": _of("直", "烟台市", "烟台市芝罘区"),
    "370602": _of("芝", "烟台市芝罘区"),
    "370611": _of("福", "烟台市福山区"),
    "370612": _of("牟", "烟台市牟平区"),
    "370613": _of("莱山", "烟台市莱山区"),
    "370614": _of("蓬莱", "烟台市蓬莱区"),
    "370634": _of("长", "长岛县"),
    "370671": _of("高", "烟台高新技术产业开发区"),
    "370676": _of("开", "烟台经济技术开发区"),
    "370681": _of("龙", "龙口市"),
    "370682": _of("莱阳", "莱阳市"),
    "370683": _of("莱州", "莱州市"),
    "370684": _of("蓬", "蓬莱市"),
    "370685": _of("招", "招远市"),
    "370686": _of("栖", "栖霞市"),
    "370687": _of("海", "海阳市"),
}


def authorities_of(district: str) -> Authorities:
    """The authorities of a district by its code; MissingPolicy for a district without any."""
    if district not in AUTHORITIES:
        raise MissingPolicy("责令文书字号与救济机关", district)
    return AUTHORITIES[district]
