"""Lists of codes behind a person's fields, with Chinese names; own lists (domain 4.3, 4.4)."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar


class Household(StrEnum):
    """户籍性质 (AAC009)."""

    LOCAL_URBAN = "local_urban"
    LOCAL_RURAL = "local_rural"
    OTHER_URBAN = "other_urban"
    OTHER_RURAL = "other_rural"
    HMT = "hmt"
    FOREIGN = "foreign"


class IdentityDocument(StrEnum):
    """证件类型 (AAC058)."""

    RESIDENT_CARD = "resident_card"
    HMT_RESIDENCE = "hmt_residence"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    PERMANENT_RESIDENCE = "permanent_residence"


class EmploymentForm(StrEnum):
    """用工形式 (AAC013)."""

    CONTRACT = "contract"
    RURAL_CONTRACT = "rural_contract"
    DISPATCH = "dispatch"
    ESTABLISHED = "established"
    CIVIL_SERVANT = "civil_servant"
    PART_TIME = "part_time"
    OTHER = "other"


class Sex(StrEnum):
    """性别 (GB/T 2261.1)."""

    MALE = "male"
    FEMALE = "female"


HOUSEHOLD_NAMES: dict[Household, str] = {
    Household.LOCAL_URBAN: "本地城镇",
    Household.LOCAL_RURAL: "本地农村",
    Household.OTHER_URBAN: "外地城镇",
    Household.OTHER_RURAL: "外地农村",
    Household.HMT: "港澳台",
    Household.FOREIGN: "外籍",
}
DOCUMENT_NAMES: dict[IdentityDocument, str] = {
    IdentityDocument.RESIDENT_CARD: "居民身份证",
    IdentityDocument.HMT_RESIDENCE: "港澳台居民居住证",
    IdentityDocument.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdentityDocument.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdentityDocument.PASSPORT: "外国护照",
    IdentityDocument.PERMANENT_RESIDENCE: "外国人永久居留身份证",
}
FORM_NAMES: dict[EmploymentForm, str] = {
    EmploymentForm.CONTRACT: "合同制职工",
    EmploymentForm.RURAL_CONTRACT: "农民合同制工人",
    EmploymentForm.DISPATCH: "劳务派遣",
    EmploymentForm.ESTABLISHED: "在编人员",
    EmploymentForm.CIVIL_SERVANT: "公务员",
    EmploymentForm.PART_TIME: "非全日制",
    EmploymentForm.OTHER: "其他",
}
SEX_NAMES: dict[Sex, str] = {Sex.MALE: "男", Sex.FEMALE: "女"}

RURAL_HOUSEHOLDS = frozenset({Household.LOCAL_RURAL, Household.OTHER_RURAL})

_SPOKEN: dict[str, StrEnum] = {
    "本市城镇": Household.LOCAL_URBAN,
    "本市农村": Household.LOCAL_RURAL,
    "本地农业": Household.LOCAL_RURAL,
    "外地农业": Household.OTHER_RURAL,
    "外国人": Household.FOREIGN,
    "身份证": IdentityDocument.RESIDENT_CARD,
    "居民身份证（户口簿）": IdentityDocument.RESIDENT_CARD,
    "护照": IdentityDocument.PASSPORT,
    "台胞证": IdentityDocument.TAIWAN_PERMIT,
    "回乡证": IdentityDocument.HK_MACAO_PERMIT,
    "合同制": EmploymentForm.CONTRACT,
    "劳动合同制": EmploymentForm.CONTRACT,
    "农民合同制": EmploymentForm.RURAL_CONTRACT,
    "农民工": EmploymentForm.RURAL_CONTRACT,
    "派遣": EmploymentForm.DISPATCH,
}
_List = TypeVar("_List", bound=StrEnum)


def named(names: dict[_List, str], text: str) -> _List | None:
    """The entry of a list by its Chinese name, a customary name or its code; none when unknown."""
    for entry, name in names.items():
        if text in (name, entry.value) or _SPOKEN.get(text) is entry:
            return entry
    return None


def listed(names: dict[_List, str]) -> str:
    """The names of a list, for a message."""
    return "、".join(names.values())
