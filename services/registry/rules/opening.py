"""The five-material checklist of opening the online service (clause 二(一), annex 2's note)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from contracts.http.openings import ServiceState
from contracts.http.registry import Material
from contracts.values import EmployerKind

_LICENCE_NAMES: dict[EmployerKind, str] = {
    EmployerKind.ENTERPRISE: "《营业执照》副本",
    EmployerKind.SOLE_TRADER: "《营业执照》副本",
    EmployerKind.STATE_ORGAN: "规定的有效证照（机关统一社会信用代码证书等）",
    EmployerKind.INSTITUTION: "规定的有效证照（事业单位法人证书等）",
    EmployerKind.ASSOCIATION: "规定的有效证照（社会团体法人登记证书等）",
    EmployerKind.PRIVATE_NON_ENTERPRISE: "规定的有效证照（民办非企业单位登记证书等）",
    EmployerKind.FOUNDATION: "规定的有效证照（基金会法人登记证书等）",
    EmployerKind.OTHER: "《营业执照》副本或规定的有效证照",
}


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One material: its Chinese name and how many copies."""

    material: Material
    name: str
    copies: int = 1


def checklist(kind: EmployerKind) -> tuple[ChecklistItem, ...]:
    """The five materials in the order of the clause; the licence depends on 单位类型."""
    return (
        ChecklistItem(Material.AUTHORISATION, "《开通烟台市社会保险单位网上服务系统授权书》"),
        ChecklistItem(Material.AGREEMENT, "《社会保险费网上申报缴纳协议书》（一式二份）", copies=2),
        ChecklistItem(Material.LICENCE, _LICENCE_NAMES[kind]),
        ChecklistItem(Material.IDENTITY_ORIGINAL, "被授权人身份证原件"),
        ChecklistItem(Material.IDENTITY_COPY, "被授权人身份证复印件"),
    )


def missing_materials(kind: EmployerKind, seen: Collection[Material]) -> tuple[ChecklistItem, ...]:
    """What is still to be shown."""
    return tuple(item for item in checklist(kind) if item.material not in seen)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides where an employer's online service stands; `initial`: its first password is still unchanged."""

    deregistered: bool = False
    opened: bool = False
    received: bool = False
    locked: bool = False
    resetting: bool = False
    initial: bool = False


def service_state(standing: Standing) -> ServiceState:
    """未开通 → 受理 → 已开通(初始密码) → 正常; 锁定, 重置中, 注销 (domain 1.4)."""
    if standing.deregistered:
        return ServiceState.DEREGISTERED
    if not standing.opened:
        return ServiceState.RECEIVED if standing.received else ServiceState.CLOSED
    if standing.locked:
        return ServiceState.LOCKED
    if standing.resetting:
        return ServiceState.RESETTING
    return ServiceState.OPENED if standing.initial else ServiceState.NORMAL
