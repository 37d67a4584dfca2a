"""Identity numbers: GB 11643-1999, residence permits and social-security numbers of others (domain 4.3).

Which path an increase takes follows the number, whatever document kind the clerk chose (domain 1.5).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.enrollment.rules.countries import COUNTRIES
from services.enrollment.rules.fields import IdentityDocument, Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split()  # noqa: SIM905 - reads as the table it is
)
_HMT_AREAS = {"81": "810000", "82": "820000", "83": "830000"}
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_HMT_NUMBER = re.compile(r"(HKG|MAC|TWN)0[0-9]{8}")
_FOREIGN_NUMBER = re.compile(r"[A-Z]{3}[0-9][0-9A-Z]{1,14}")
_OLD_PERMANENT = re.compile(r"[A-Z]{3}[0-9]{12}")
_RAW_PERMIT = re.compile(r"([HM])([0-9]{8})(?:[0-9]{2})?")
_EARLIEST = date(1890, 1, 1)


class IdentityPath(StrEnum):
    """Whose number it is: domestic goes the automatic way, the others to the counter (clause 三(一))."""

    DOMESTIC = "domestic"
    HMT = "hmt"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Identity:
    """A sound number, upper case; birth and sex where the number tells them; warnings are Chinese."""

    number: str
    path: IdentityPath
    document: IdentityDocument
    born_on: date | None = None
    sex: Sex | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberFault:
    """Why a number is refused; the message is Chinese and does not give a right digit away."""

    code: str
    message: str


def check_digit(body: str) -> str:
    """Check character of 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def normalised(text: str) -> str:
    """Half width, upper case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def read_identity(text: str) -> Identity | NumberFault:
    """Read a number as typed; never raises."""
    number = normalised(text)
    if not number:
        return NumberFault("id_number.missing", "身份证号码不能为空")
    if number[0].isascii() and number[0].isalpha():
        return _lettered(number)
    if _EIGHTEEN.fullmatch(number):
        return _eighteen(number)
    return _malformed(number)


def _malformed(number: str) -> NumberFault:
    if re.fullmatch(r"[0-9]{15}", number):
        return NumberFault("id_number.old", "15位身份证号码不能网上办理，请先到柜台升级为18位")
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+|[0-9]{17,18}\.0*", number):
        return NumberFault("id_number.as_number", "号码被表格软件改成了数值，请将该列设为文本后重新填写")
    if len(number) == len("370602199001010017"):
        return NumberFault("id_number.form", "身份证号码前17位应为数字，末位为数字或X")
    return NumberFault("id_number.length", f"身份证号码应为18位，现为{len(number)}位")


def _eighteen(number: str) -> Identity | NumberFault:
    if number[-1] != check_digit(number[:-1]):
        return NumberFault("id_number.check_digit", "身份证号码校验不符，请逐位核对")
    if number.startswith("9"):
        return _permanent_resident(number)
    born_on = _day(number)
    if born_on is None:
        return NumberFault("id_number.birth", f"身份证号码中的出生日期{number[6:14]}不存在")
    area = _HMT_AREAS.get(number[:2])
    path = IdentityPath.HMT if area else IdentityPath.DOMESTIC
    document = IdentityDocument.HMT_RESIDENCE if area else IdentityDocument.RESIDENT_CARD
    known = number.startswith(area) if area else number[:2] in _PROVINCES
    warnings = () if known else (f"号码前6位{number[:6]}的地区未见于目录，请核对证件",)
    return Identity(number, path, document, born_on, _sex(number), warnings)


def _permanent_resident(number: str) -> Identity:
    """The card of 2023: birth and order stand where a resident's stand; secondary source, so no fault."""
    born_on = _day(number)
    warnings = () if born_on else ("永久居留号码中的出生日期无法识别，请核对证件",)
    document = IdentityDocument.PERMANENT_RESIDENCE
    return Identity(number, IdentityPath.FOREIGN, document, born_on, _sex(number), warnings)


def _lettered(number: str) -> Identity | NumberFault:
    country = number[:3]
    if country in ("HKG", "MAC", "TWN"):
        return _hmt_number(number)
    permit = _RAW_PERMIT.fullmatch(number)
    if permit:
        place = "HKG0" if permit[1] == "H" else "MAC0"
        hint = f"港澳居民请填社会保障号码{place}加通行证后8位数字，即{place}{permit[2]}"
        return NumberFault("id_number.permit", hint)
    if not _FOREIGN_NUMBER.fullmatch(number):
        return NumberFault(
            "id_number.foreign", "外国人社会保障号码应为3位国家代码、1位预留数字加证件号码，不超过18位"
        )
    if country == "CHN":
        return NumberFault("id_number.foreign", "外国人社会保障号码不能以CHN开头")
    return _foreigner(number, country)


def _hmt_number(number: str) -> Identity | NumberFault:
    if not _HMT_NUMBER.fullmatch(number):
        return NumberFault("id_number.hmt", "港澳台社会保障号码应为HKG0、MAC0或TWN0加8位数字")
    taiwan = number.startswith("TWN")
    document = IdentityDocument.TAIWAN_PERMIT if taiwan else IdentityDocument.HK_MACAO_PERMIT
    return Identity(number, IdentityPath.HMT, document)


def _foreigner(number: str, country: str) -> Identity:
    permanent = _OLD_PERMANENT.fullmatch(number)
    document = IdentityDocument.PERMANENT_RESIDENCE if permanent else IdentityDocument.PASSPORT
    warnings = () if country in COUNTRIES else (f"国家代码{country}未见于目录，请核对证件",)
    return Identity(number, IdentityPath.FOREIGN, document, warnings=warnings)


def _day(number: str) -> date | None:
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if day >= _EARLIEST else None


def _sex(number: str) -> Sex:
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
