"""减员原因 and 增加原因 with what each entails; own lists (domain 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What becomes of the person's insurance (AAC031): 暂停缴费 or 终止缴费."""

    SUSPENDED = "2"
    TERMINATED = "3"


class ExtraDate(StrEnum):
    """The further date a reason demands (A13)."""

    NONE = ""
    RETIREMENT = "退休审批日期"
    DEATH = "死亡日期"


@dataclass(frozen=True, slots=True)
class DecreaseReason:
    """One 减员原因: `involuntary` opens the way to unemployment benefit (非本人意愿)."""

    code: str
    name: str
    standing: Standing = Standing.SUSPENDED
    involuntary: bool = False
    extra_date: ExtraDate = ExtraDate.NONE
    documents: tuple[str, ...] = ("《终止（解除）劳动合同证明书》",)
    note_required: bool = False


_OUT = Standing.TERMINATED

DECREASE_REASONS: tuple[DecreaseReason, ...] = (
    DecreaseReason("11", "劳动合同期满终止（单位不续签或降低条件）", involuntary=True),
    DecreaseReason("12", "劳动合同期满本人不续签"),
    DecreaseReason("13", "单位破产", involuntary=True),
    DecreaseReason("14", "单位被吊销、责令关闭、撤销或提前解散", involuntary=True),
    DecreaseReason("21", "协商一致由单位提出解除", involuntary=True),
    DecreaseReason("22", "协商一致由本人提出解除"),
    DecreaseReason("23", "单位因劳动者过错解除（劳动合同法第39条）", involuntary=True),
    DecreaseReason("24", "单位提前30日通知或付代通知金解除（第40条）", involuntary=True),
    DecreaseReason("25", "经济性裁员（第41条）", involuntary=True),
    DecreaseReason("26", "劳动者因单位过错解除（第38条）", involuntary=True),
    DecreaseReason("27", "本人辞职（第37条）"),
    DecreaseReason(
        "28", "事业单位辞退、解聘或开除、除名", involuntary=True, documents=("辞退、解聘或开除、除名决定",)
    ),
    DecreaseReason(
        "31", "退休（达到年龄、提前或病退）", _OUT, extra_date=ExtraDate.RETIREMENT, documents=("退休审批表",)
    ),
    DecreaseReason(
        "32", "死亡或宣告死亡、失踪", _OUT, extra_date=ExtraDate.DEATH, documents=("死亡证明或法院宣告判决",)
    ),
    DecreaseReason("41", "市内调出（转移）"),
    DecreaseReason("42", "统筹区外调出"),
    DecreaseReason("43", "机关事业单位与企业之间流动", documents=("调动或聘用文件",)),
    DecreaseReason("51", "参军（应征入伍）", documents=("入伍通知书",)),
    DecreaseReason("52", "升学或脱产学习", documents=("录取通知书",)),
    DecreaseReason("53", "被判刑或收监", documents=("法律文书",)),
    DecreaseReason("54", "出国（境）定居或加入外国籍", _OUT, documents=("定居或入籍证明",)),
    DecreaseReason(
        "55", "外国人、港澳台人员离境", _OUT, documents=("《终止（解除）劳动合同证明书》", "离境证明")
    ),
    DecreaseReason("61", "停薪留职或长期不在岗（暂停）", documents=("停薪留职协议",)),
    DecreaseReason("62", "重复参保", documents=("其他参保地缴费证明",)),
    DecreaseReason("99", "其他", note_required=True),
)
DECREASE_BY_CODE: dict[str, DecreaseReason] = {reason.code: reason for reason in DECREASE_REASONS}


class IncreaseReason(StrEnum):
    """增加原因."""

    FIRST_JOB = "01"
    CONTINUED = "02"
    FROM_OUTSIDE = "03"
    DEMOBILISED = "04"
    LATE = "05"
    RESUMED = "06"
    OTHER = "99"


INCREASE_REASON_NAMES: dict[IncreaseReason, str] = {
    IncreaseReason.FIRST_JOB: "新参保（首次就业）",
    IncreaseReason.CONTINUED: "续保、调入（市内转入）",
    IncreaseReason.FROM_OUTSIDE: "统筹区外转入",
    IncreaseReason.DEMOBILISED: "军转、退役安置",
    IncreaseReason.LATE: "补增（逾期）",
    IncreaseReason.RESUMED: "恢复缴费（停薪留职期满、刑满）",
    IncreaseReason.OTHER: "其他",
}


def increase_reason(text: str) -> IncreaseReason | None:
    """By code, full name, or the name before its bracket; none when unknown."""
    for reason, name in INCREASE_REASON_NAMES.items():
        if text in (reason.value, name, name.split("（")[0]):
            return reason
    return None
