"""Names of the agencies (经办机构) and districts as slips and boards print them (domain 4.2; a reading)."""

from __future__ import annotations

DISTRICT_NAMES: dict[str, str] = {
    "370600": "市本级",
    "370602": "芝罘区",
    "370611": "福山区",
    "370612": "牟平区",
    "370613": "莱山区",
    "370614": "蓬莱区",
    "370634": "长岛县",
    "370671": "高新技术产业开发区",
    "370676": "经济技术开发区",
    "370681": "龙口市",
    "370682": "莱阳市",
    "370683": "莱州市",
    "370684": "蓬莱市",
    "370685": "招远市",
    "370686": "栖霞市",
    "370687": "海阳市",
}
_CITY = "烟台"


def district_name(code: str) -> str:
    """A district's name; its code where it is not of Yantai."""
    return DISTRICT_NAMES.get(code, code)


def agency_name(code: str) -> str:
    """The agency of a district: counties and county cities stand alone, the rest under Yantai."""
    name = district_name(code)
    if code == "370600":
        place = f"{_CITY}市"
    elif name.endswith("开发区"):
        place = f"{_CITY}{name}"
    else:
        place = f"{_CITY}市{name}" if name.endswith("区") else name
    return f"{place}社会保险服务中心"
