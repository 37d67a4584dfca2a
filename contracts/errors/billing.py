"""Refusals of billing."""

from contracts.errors.code import ErrorCode

SLIP_HELD = ErrorCode(
    "slip.held",
    409,
    "银行已查询该缴费单，{minutes}分钟内不能作废",
    "请等银行缴费结果；若银行确认未缴，由经办机构作废",
    "三(四)",
)
SLIP_NOT_PAYABLE = ErrorCode(
    "slip.not_payable", 409, "该缴费单已缴、已作废或已过有效期", "请重新打印缴费单", "三(四)"
)
SLIP_SUM = ErrorCode(
    "slip.sum", 422, "缴费单金额为{amount}元，须一次足额缴纳", "请按缴费单金额缴纳，或不填缴费单号", "三(四)"
)
NOTHING_OWED = ErrorCode("money.nothing_owed", 409, "没有应缴的款项", "无需缴费")
WINDOW_CLOSED = ErrorCode(
    "slip.window_closed", 409, "{month}的缴费期已于{day}结束", "请打印欠费缴费单补缴", "三(四)"
)
PAY_DAY_PAST = ErrorCode("slip.pay_day_past", 422, "缴费日不能早于今天", "请选择今天或以后的日期")
PAY_DAY_FAR = ErrorCode("slip.pay_day_far", 422, "缴费日不能晚于{day}", "请选择一年以内的日期")
PAID_LATER = ErrorCode("counter.paid_later", 422, "缴费日期不能晚于今天", "请核对缴费日期")
MORE_THAN_OWED = ErrorCode(
    "counter.more_than_owed", 422, "该日应缴{owed}元，不能多缴", "请核对金额；多缴部分不予收取"
)
REFERENCE_TAKEN = ErrorCode(
    "counter.reference_taken", 409, "票据号{reference}已用于另一笔缴费", "请核对纸质票据号"
)
NOT_SUSPENDED = ErrorCode("suspense.not_suspended", 409, "该款项不在挂账", "请刷新页面")
DISPOSAL_OPEN = ErrorCode("suspense.disposal_open", 409, "该款项已有待复核的处理", "请先复核或退回原处理")
DISPOSAL_DECIDED = ErrorCode("suspense.disposal_decided", 409, "该处理已办结", "请刷新页面")
DISPOSAL_CHANGED = ErrorCode(
    "suspense.disposal_changed",
    409,
    "应缴已变化：您核对的入账金额为{seen}元，现为{placed}元",
    "请刷新页面，重新核对后再复核",
)
BILL_CHANGED = ErrorCode(
    "bill.changed",
    409,
    "{month}账单已变化：您核对的是第{seen_version}版、合计{seen_total}元，现为第{version}版、{persons}人、合计{total}元",
    "请刷新页面，重新核对人数和金额后再确认",
    "三(四)",
)
BILL_SETTLED = ErrorCode("bill.settled", 409, "{month}的社会保险费已缴清", "无需再次确认", "三(四)")
BILL_EMPTY = ErrorCode("bill.empty", 409, "{month}没有应缴的社会保险费", "无需确认")
BASES_FIRST = ErrorCode(
    "bill.bases_first",
    409,
    "还有{count}人没有申报{year}年度缴费基数，1月应缴尚不能确认",
    "请先在“缴费基数”中申报，申报后应缴金额随即重算；1月10日后不再等待",
    "三(三)1",
)
BILL_IN_ARREARS = ErrorCode(
    "bill.in_arrears", 409, "{month}的社会保险费已逾期", "请在欠费中打印欠费缴费单补缴", "三(四)"
)
RATES_UNFIT = ErrorCode("rates.unfit", 422, "{reason}", "请核对费率")
RATES_RELEASED = ErrorCode("rates.released", 409, "该费率已由{officer}发布", "无需再次发布")
RATES_EXIST = ErrorCode("rates.exist", 409, "{month}起的费率已发布", "请核对起始月")
RATES_MONTH_BILLED = ErrorCode(
    "rates.month_billed", 409, "{month}的账单已生成，不能再改其费率", "请改用以后的起始月"
)
