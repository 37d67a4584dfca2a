"""Made-up persons with valid numbers, for sheets and imports of any length."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"


def number(index: int) -> str:
    """A valid number per index; check digit by GB 11643, written out here anew."""
    born = date(1970, 1, 1) + timedelta(days=index // 900)
    body = f"370602{born:%Y%m%d}{index % 900 + 100:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def name(index: int) -> str:
    """A name per index."""
    given = _GIVEN[index // 16 % 20] + _GIVEN[index // 320 % 20]
    return _SURNAMES[index % 16] + given


def import_row(index: int, employer_no: str, **changes: Any) -> dict[str, Any]:
    """An existing relation on the base of 5,431 yuan."""
    plain = {
        "employer_no": employer_no,
        "name": name(index),
        "id_number": number(index),
        "household": "本地城镇",
        "home_address": "烟台市芝罘区南大街1号",
        "phone": "13805350001",
        "hired_on": "2012-03-01",
        "from_month": "2012-03",
        "declared_wage": 543_137,
        "base": 543_100,
    }
    return plain | changes
