"""统一社会信用代码: the check digit of GB 32100-2015 and, as a warning, of the inner GB 11714 code."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from contracts.values import EmployerKind

LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INNER = slice(8, 17)
_LOOK_ALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}
_PREFIX_KINDS: dict[str, frozenset[EmployerKind]] = {
    "11": frozenset({EmployerKind.STATE_ORGAN}),
    "12": frozenset({EmployerKind.INSTITUTION}),
    "13": frozenset({EmployerKind.STATE_ORGAN, EmployerKind.INSTITUTION, EmployerKind.OTHER}),
    "51": frozenset({EmployerKind.ASSOCIATION}),
    "52": frozenset({EmployerKind.PRIVATE_NON_ENTERPRISE}),
    "53": frozenset({EmployerKind.FOUNDATION}),
    "91": frozenset({EmployerKind.ENTERPRISE}),
    "92": frozenset({EmployerKind.SOLE_TRADER}),
    "93": frozenset({EmployerKind.ENTERPRISE, EmployerKind.OTHER}),
    "Y1": frozenset({EmployerKind.OTHER}),
}


class CreditCodeFault(StrEnum):
    """What is wrong with a code."""

    LENGTH = "credit_code.length"
    CHARACTER = "credit_code.character"
    CHECK_DIGIT = "credit_code.check_digit"


@dataclass(frozen=True, slots=True)
class CreditCodeVerdict:
    """The code as read (upper case, half width) and the first fault found, if any.

    `position` counts from 1; `found` and `expected` are the characters there; `message` is Chinese.
    """

    code: str
    fault: CreditCodeFault | None = None
    position: int | None = None
    found: str = ""
    expected: str = ""
    message: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True when the code may be registered; warnings do not refuse it."""
        return self.fault is None


def check_digit(body: str) -> str:
    """Check character of the first 17 characters (GB 32100-2015)."""
    total = sum(_VALUES[c] * w for c, w in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def inner_check_digit(body: str) -> str:
    """Check character of the eight characters of a 组织机构代码 (GB 11714-1997)."""
    total = sum(int(c, 36) * w for c, w in zip(body, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def examine(text: str) -> CreditCodeVerdict:
    """Judge a code as typed; never raises."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return _length(code) or _character(code) or _check_digit(code) or _sound(code)


def kind_warning(code: str, kind: EmployerKind) -> str | None:
    """A Chinese warning when the registering department of the code does not fit the employer's kind."""
    kinds = _PREFIX_KINDS.get(code[:2])
    if kinds is None or kind in kinds:
        return None
    return f"统一社会信用代码以{code[:2]}开头，与所选单位类型不一致，请核对"


def entry_warnings(code: str, kind: EmployerKind, organisation_code: str = "") -> tuple[str, ...]:
    """What is doubtful in the codes of an entry: the credit code, the code inside it, an old code kept beside it."""
    found = [*examine(code).warnings, kind_warning(code, kind) or ""]
    if organisation_code and organisation_code[-1] != inner_check_digit(organisation_code[:-1]):
        found.append(f"原组织机构代码{organisation_code}的校验码不符，请核对证照")
    return tuple(warning for warning in found if warning)


def _length(code: str) -> CreditCodeVerdict | None:
    if len(code) == LENGTH:
        return None
    message = f"统一社会信用代码应为18位，现为{len(code)}位"
    return CreditCodeVerdict(code, CreditCodeFault.LENGTH, message=message)


def _character(code: str) -> CreditCodeVerdict | None:
    for position, found in enumerate(code, start=1):
        if found not in _VALUES:
            expected = _LOOK_ALIKES.get(found, "")
            message = f"第{position}位“{found}”不能用于统一社会信用代码"
            hint = f"，是否应为“{expected}”" if expected else ""
            return CreditCodeVerdict(
                code, CreditCodeFault.CHARACTER, position, found, expected, message + hint
            )
    return None


def _check_digit(code: str) -> CreditCodeVerdict | None:
    expected = check_digit(code[:-1])
    if code[-1] == expected:
        return None
    where = "第1至8位或第18位" if _inner_holds(code) else "第9至17位（组织机构代码）"
    message = f"第18位校验码应为“{expected}”，现为“{code[-1]}”；如末位无误，请核对{where}"
    return CreditCodeVerdict(code, CreditCodeFault.CHECK_DIGIT, LENGTH, code[-1], expected, message)


def _sound(code: str) -> CreditCodeVerdict:
    warnings = []
    if code[:2] not in _PREFIX_KINDS:
        warnings.append(f"登记管理部门及机构类别代码“{code[:2]}”未见于目录，请核对证照")
    if not _inner_holds(code):
        warnings.append("第9至17位（组织机构代码）自身的校验码不符，请核对证照")
    return CreditCodeVerdict(code, warnings=tuple(warnings))


def _inner_holds(code: str) -> bool:
    inner = code[_INNER]
    return inner[8] == inner_check_digit(inner[:8])
