"""Districts of Yantai and their agencies (经办机构), dated: codes change, employers stay (domain 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_PENGLAI_MERGED = date(2020, 6, 5)


@dataclass(frozen=True, slots=True)
class DistrictEntry:
    """A district code with its name and agency; `until` is its first day without force."""

    code: str
    name: str
    agency_name: str
    since: date = date.min
    until: date = date.max
    successor: str | None = None

    def holds_on(self, day: date) -> bool:
        """True while the code is in force."""
        return self.since <= day < self.until


def _entry(code: str, name: str, agency_of: str) -> DistrictEntry:
    return DistrictEntry(code, name, f"{agency_of}社会保险服务中心")


def _merged(code: str, name: str) -> DistrictEntry:
    return DistrictEntry(code, name, f"{name}社会保险服务中心", until=_PENGLAI_MERGED, successor="370614")


DISTRICTS: tuple[DistrictEntry, ...] = (
    _entry("370600", "市本级", "烟台市"),
    _entry("370602", "芝罘区", "烟台市芝罘区"),
    _entry("370611", "福山区", "烟台市福山区"),
    _entry("370612", "牟平区", "烟台市牟平区"),
    _entry("370613", "莱山区", "烟台市莱山区"),
    DistrictEntry("370614", "蓬莱区", "烟台市蓬莱区社会保险服务中心", since=_PENGLAI_MERGED),
    _merged("370634", "长岛县"),
    _entry("370671", "高新技术产业开发区", "烟台高新技术产业开发区"),
    _entry("370676", "经济技术开发区", "烟台经济技术开发区"),
    _entry("370681", "龙口市", "龙口市"),
    _entry("370682", "莱阳市", "莱阳市"),
    _entry("370683", "莱州市", "莱州市"),
    _merged("370684", "蓬莱市"),
    _entry("370685", "招远市", "招远市"),
    _entry("370686", "栖霞市", "栖霞市"),
    _entry("370687", "海阳市", "海阳市"),
)
"""GB/T 2260 codes, and the two zones under their statistical codes; agency names are a reading."""
_BY_CODE = {entry.code: entry for entry in DISTRICTS}


def districts_on(day: date) -> tuple[DistrictEntry, ...]:
    """The districts in force on a day, by code."""
    return tuple(entry for entry in DISTRICTS if entry.holds_on(day))


def district_on(code: str, day: date) -> DistrictEntry | None:
    """The district an old or current code means on that day; none for a code not of Yantai.

    370684 means itself in 2016 and 370614 since the merger.
    """
    entry = _BY_CODE.get(code)
    if entry is None or day < entry.since:
        return None
    if day >= entry.until:
        return district_on(entry.successor, day) if entry.successor else None
    return entry
