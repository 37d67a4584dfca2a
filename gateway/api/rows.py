"""The JSON API's routes to the four owners."""

from contracts.http import billing, enrollment, notices, registry
from gateway.api.forwarding import EMPLOYER, Row

E = EMPLOYER
PAGED = ("page",)

REGISTRY = (
    Row("POST", "/officers", "registry", "/officers", registry.NewAccount, "开设工作人员账户", registry.NewOfficer),
    Row("GET", "/officers", "registry", "/officers", registry.Officers, "工作人员"),
    Row("GET", "/coverage", "registry", "/coverage", registry.CoverageReport, "开通情况"),
    Row("GET", "/districts", "registry", "/districts", registry.Districts, "区县与经办机构"),
    Row("POST", "/employers", "registry", "/employers", registry.EmployerView, "单位登记", registry.RegisterEmployer),
    Row("GET", "/employers", "registry", "/employers", registry.EmployerPage, "单位查询", query=("text", "page", "opened")),
    Row("GET", E, "registry", "/employers/{employer_no}", registry.EmployerView, "单位登记信息", own=False),
    Row(
        "POST", f"{E}/opening", "registry", "/employers/{employer_no}/opening", registry.OpeningReceipt,
        "开通网上服务", registry.OpenService, own=False,
    ),
    Row("GET", f"{E}/opening", "registry", "/employers/{employer_no}/opening", registry.OpeningView, "开通记录", own=False),
    Row("GET", f"{E}/specialist", "registry", "/employers/{employer_no}/specialist", registry.SpecialistView, "专管员", own=False),
)

ENROLLMENT = (
    Row("POST", f"{E}/increases/preview", "enrollment", "/increases/preview", enrollment.Preview, "增员试算", enrollment.RawRows),
    Row("POST", f"{E}/increases", "enrollment", "/increases", enrollment.IncreaseResult, "增员", enrollment.IncreaseBatch),
    Row("GET", f"{E}/increases", "enrollment", "/increases", enrollment.IncreasePage, "增员记录", query=("state", "page")),
    Row("GET", f"{E}/increases/{{submission_no}}", "enrollment", "/increases/{submission_no}", enrollment.IncreaseView, "一笔增员"),
    Row(
        "POST", f"{E}/increases/{{submission_no}}/confirm", "enrollment", "/increases/{submission_no}/confirm",
        enrollment.IncreaseView, "柜台确认增员", enrollment.CounterConfirm,
    ),
    Row(
        "POST", f"{E}/increases/{{submission_no}}/return", "enrollment", "/increases/{submission_no}/return",
        enrollment.IncreaseView, "柜台退回增员", enrollment.CounterReturn,
    ),
    Row("GET", f"{E}/roster", "enrollment", "/roster", enrollment.RosterPage, "在册人员", query=("text", "page")),
    Row("GET", f"{E}/roster/{{enrollment_id}}", "enrollment", "/roster/{enrollment_id}", enrollment.RosterRow, "一名在册人员"),
    Row("POST", f"{E}/persons/names", "enrollment", "/persons/names", enrollment.PersonNames, "人员姓名", enrollment.PersonNos),
    Row("POST", f"{E}/increases/printed", "enrollment", "/increases/printed", enrollment.PrintedCount, "登记增加表已打印", enrollment.Printed),
    Row("GET", "/choices", "enrollment", "/choices", enrollment.Choices, "选项与增员表列"),
    Row("GET", f"{E}/to-do", "enrollment", "/to-do", enrollment.ToDo, "待办"),
    Row("POST", f"{E}/decreases", "enrollment", "/decreases", enrollment.DecreaseView, "减员", enrollment.Decrease),
    Row("GET", f"{E}/decreases", "enrollment", "/decreases", enrollment.DecreasePage, "减员记录", query=PAGED),
    Row(
        "POST", f"{E}/decreases/{{submission_no}}/withdraw", "enrollment", "/decreases/{submission_no}/withdraw",
        enrollment.DecreaseView, "撤回预约减员",
    ),
    Row(
        "POST", f"{E}/decreases/{{submission_no}}/force", "enrollment", "/decreases/{submission_no}/force",
        enrollment.DecreaseView, "提请欠费减员", enrollment.ForceDecrease,
    ),
    Row(
        "POST", f"{E}/decreases/{{submission_no}}/force/release", "enrollment", "/decreases/{submission_no}/force/release",
        enrollment.DecreaseView, "复核欠费减员",
    ),
    Row("GET", "/increases", "enrollment", "/increases", enrollment.IncreasePage, "待柜台确认的增员", query=("state", "page")),
    Row("POST", "/limits", "enrollment", "/limits", enrollment.LimitsView, "录入缴费基数上下限", enrollment.NewLimits),
    Row("GET", "/limits", "enrollment", "/limits", enrollment.LimitsList, "缴费基数上下限"),
    Row("POST", "/limits/{id}/release", "enrollment", "/limits/{id}/release", enrollment.LimitsView, "复核发布上下限"),
    Row("POST", "/imports", "enrollment", "/imports", enrollment.ImportView, "新建切换导入", enrollment.NewImport),
    Row("GET", "/imports/{id}", "enrollment", "/imports/{id}", enrollment.ImportView, "切换导入"),
    Row("POST", "/imports/{id}/rows", "enrollment", "/imports/{id}/rows", enrollment.ImportView, "导入一部分", enrollment.ImportRows),
    Row("POST", "/imports/{id}/release", "enrollment", "/imports/{id}/release", enrollment.ImportView, "复核导入"),
    Row("POST", "/imports/{id}/advance", "enrollment", "/imports/{id}/advance", enrollment.ImportView, "执行下一段导入"),
)

BILLING = (
    Row("POST", "/rates", "billing", "/rates", billing.RatesView, "录入费率", billing.NewRates),
    Row("GET", "/rates", "billing", "/rates", billing.RatesList, "费率"),
    Row("POST", "/rates/{id}/release", "billing", "/rates/{id}/release", billing.RatesView, "复核发布费率"),
    Row("POST", f"{E}/estimates", "billing", "/estimates", billing.Estimated, "测算", billing.Estimate),
    Row("GET", f"{E}/bills", "billing", "/bills", billing.BillPage, "各月应缴", query=PAGED),
    Row("GET", f"{E}/bills/{{month}}", "billing", "/bills/{month}", billing.BillView, "一个月的应缴"),
    Row("GET", f"{E}/bills/{{month}}/lines", "billing", "/bills/{month}/lines", billing.LinePage, "逐人明细", query=("kind", "page")),
    Row("POST", f"{E}/bills/{{month}}/confirm", "billing", "/bills/{month}/confirm", billing.SlipView, "确认应缴", billing.ConfirmBill),
    Row("GET", f"{E}/slips/{{slip_no}}", "billing", "/slips/{slip_no}", billing.SlipView, "缴费单"),
    Row("GET", f"{E}/arrears", "billing", "/arrears", billing.ArrearsView, "欠费与滞纳金", query=("on",)),
    Row("POST", f"{E}/arrears/slips", "billing", "/arrears/slips", billing.SlipView, "欠费缴费单", billing.ArrearsSlip),
    Row("GET", f"{E}/payments", "billing", "/payments", billing.PaymentPage, "缴费记录", query=PAGED),
    Row("GET", f"{E}/payments/{{payment_id}}", "billing", "/payments/{payment_id}", billing.PaymentView, "一笔缴费"),
    Row("GET", f"{E}/account", "billing", "/employers/{employer_no}/account", billing.AccountView, "单位账"),
    Row("POST", "/counter-payments", "billing", "/counter-payments", billing.PaymentView, "柜台收款", billing.CounterPayment),
    Row("GET", "/suspense", "billing", "/suspense", billing.PaymentPage, "挂账", query=PAGED),
    Row("GET", "/collection", "billing", "/collection", billing.Collection, "征缴汇总", query=("month",)),
)

NOTICES = (
    Row("GET", f"{E}/board", "notices", "/board", notices.Board, "通知公告", query=PAGED),
    Row("GET", f"{E}/board/{{id}}", "notices", "/board/{id}", notices.NoticeView, "一则通知"),
    Row("POST", f"{E}/board/{{id}}/read", "notices", "/board/{id}/read", notices.NoticeView, "通知已阅"),
    Row("GET", f"{E}/results", "notices", "/results", notices.Results, "处理结果", query=PAGED),
    Row("POST", f"{E}/results/{{id}}/read", "notices", "/results/{id}/read", notices.ResultView, "处理结果已阅"),
    Row("GET", f"{E}/unread", "notices", "/unread", notices.Unread, "未读"),
    Row("GET", f"{E}/orders", "notices", "/orders", notices.OrderPage, "责令限期缴纳通知书", query=("state", "page")),
    Row("GET", f"{E}/orders/{{id}}", "notices", "/orders/{id}", notices.OrderView, "一份通知书"),
    Row("POST", f"{E}/orders/{{id}}/open", "notices", "/orders/{id}/open", notices.OrderView, "签收通知书"),
    Row("POST", "/board", "notices", "/board", notices.NoticeView, "发布通知", notices.NewNotice),
    Row("GET", "/orders", "notices", "/orders", notices.OrderPage, "各单位通知书", query=("state", "page")),
    Row("POST", "/orders/release", "notices", "/orders/release", notices.Released, "制发通知书", notices.ReleaseOrders),
)

ROWS = (*REGISTRY, *ENROLLMENT, *BILLING, *NOTICES)
