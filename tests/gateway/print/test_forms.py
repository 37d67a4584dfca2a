"""Printed forms carry the golden figures, and what people typed is never read as markup."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from contracts.http.billing import SlipState
from contracts.http.enrollment import IncreaseState
from gateway.print.decrease_table import decrease_table
from gateway.print.increase_table import TableHead, increase_table
from gateway.print.order import order_form
from gateway.print.slip import qr, slip_form
from services.chassis.clocks import SHANGHAI
from tests.gateway.desk import samples
from tests.gateway.portal.city import ARREARS_SLIP, AUTO, DECREASE_ROW, ORDER

HEAD = TableHead("烟台海源机械有限公司", "3706000001", "王敏", datetime(2016, 9, 7, 9, 5, tzinfo=SHANGHAI))

KINDS = ("企业职工基本养老", "失业", "职工基本医疗", "工伤", "生育")
WHOLE = (
    *ORDER.paragraphs[:4],
    "\n".join(f"2016年9月　{kind}　单位欠缴4,120.20元，个人欠缴1,831.20元，小计5,951.40元" for kind in KINDS),
    "自欠缴之日（2016年9月11日）起按日加收万分之五的滞纳金，截至2016年9月12日为8.60元，算式如下：",
    "\n".join(f"2016年9月　{kind}　5,951.40元×0.05%×2天＝5.95元" for kind in KINDS),
    "依据《中华人民共和国社会保险法》第六十三条，责令你单位自收到本通知书之日起5个工作日内缴清。" * 2,
    "请登录烟台市社会保险单位网上服务系统打印《社会保险费缴费单》，在有效期内通过网上银行缴纳。" * 2,
    "逾期仍未缴纳或者补足的，本机构将向银行和其他金融机构查询你单位存款账户，并可以申请作出划拨的决定，" * 6,
    "你单位对本通知书有异议的，可以在上述期限内向本机构陈述和申辩。",
    "你单位对本通知书不服的，可以自收到之日起60日内申请行政复议，或者自收到之日起6个月内提起行政诉讼。" * 2,
    *ORDER.paragraphs[-2:],
)
"""An order as long as that of V1: five kinds, their fees, and all that the law makes it say."""


def text_of(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


async def test_V1_the_slip_carries_number_sum_words_and_validity():
    (page,) = text_of(await slip_form(samples.SLIP_VIEW))
    for golden in (
        "37060001230000018", "烟台海源机械有限公司", "91370600MA3C1A2B9T", "2016年9月", "4,120.20", "1,831.20",
        "6,271.87", "2,330.71", "¥8,602.58", "捌仟陆佰零贰元伍角捌分", "2016年9月10日24:00",
    ):  # fmt: skip
        assert golden in page, golden
    assert "已缴费" not in page


async def test_V3_the_slip_of_arrears_carries_its_fee():
    (page,) = text_of(await slip_form(ARREARS_SLIP))
    assert ("172.05" in page, "¥8,774.63" in page, "捌仟柒佰柒拾肆元陆角叁分" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("state", "stamp"),
    [(SlipState.PAID, "已缴费"), (SlipState.VOIDED, "已作废"), (SlipState.EXPIRED, "已过期")],
)
async def test_A23_a_slip_without_force_says_so(state: SlipState, stamp: str):
    (page,) = text_of(await slip_form(samples.SLIP_VIEW.model_copy(update={"state": state})))
    assert stamp in page


def test_A23_the_code_holds_the_number_alone():
    assert qr("37060001230000018").startswith("<svg")
    assert qr("37060001230000018") != qr("37060001230000026")


async def test_3_1_the_table_is_one_copy_and_for_the_counter_two():
    waiting = samples.increase("Z201609-000002", "赵倩倩", date(2016, 9, 30))
    own, first, second = text_of(await increase_table(HEAD, (AUTO, waiting)))
    assert ("李秀英" in own, "赵倩倩" in own, "经办机构经办人" in own) == (True, False, False)
    for page, copy in ((first, "第一份"), (second, "第二份")):
        assert (copy in page, "赵倩倩" in page, "李秀英" in page, "经办机构经办人" in page) == (
            True,
            True,
            False,
            True,
        )
    assert ("5,431.37" in own, "5,431.00" in own, "2016-08-05" in own) == (True, True, True)


async def test_3_1_a_long_number_of_a_submission_stays_in_its_cell():
    long = AUTO.model_copy(update={"submission_no": "Z3706000402-201609-0003"})
    (page,) = PdfReader(BytesIO(await increase_table(HEAD, (long,)))).pages
    lines = page.extract_text().splitlines()
    assert [line for line in lines if "Z3706000402-201609-0003" in line] == []
    assert "Z3706000402-201609-0003" in "".join("".join(lines).replace("\u200b", "").split())


async def test_3_2_the_table_of_decreases_tells_reason_last_month_and_papers():
    papers = ("《终止（解除）劳动合同证明书》",)
    gone = DECREASE_ROW.decrease.model_copy(update={"documents": papers})
    (page,) = text_of(await decrease_table(HEAD, (DECREASE_ROW.model_copy(update={"decrease": gone}),)))
    for told in (
        "参保单位缴纳社会保险费人员减少表", "孙丽", "370602199001010017", "27", "本人辞职", "2016-09-05", "2016-09",
        "《终止（解除）劳动合同证明书》", "预约", "王敏", "单位留存",
    ):  # fmt: skip
        assert told in page, told


async def test_3_1_what_people_typed_is_no_markup():
    odd = AUTO.model_copy(
        update={"name": "#panic()", "note": "*粗* $x$ ]", "state": IncreaseState.CONFIRMED_AUTO}
    )
    (page,) = text_of(await increase_table(HEAD, (odd,)))
    assert ("#panic()" in page, "*粗*$x$]" in page) == (True, True)


async def test_2_3_the_order_is_printed_word_for_word():
    (page,) = text_of(await order_form(ORDER))
    for paragraph in ORDER.paragraphs:
        assert "".join(paragraph.split()) in page, paragraph
    assert ("2016年9月20日" in page, "ab" * 32 in page) == (True, True)


async def test_2_3_an_order_of_five_kinds_and_its_service_are_one_page():
    long = ORDER.model_copy(update={"paragraphs": WHOLE})
    (page,) = text_of(await order_form(long))
    for told in (
        "小计5,951.40元",
        "×0.05%×2天＝5.95元",
        "行政诉讼",
        "网上送达时间",
        "限期届满2016年9月20日",
        "第1页，共1页",
    ):
        assert told in page, told
