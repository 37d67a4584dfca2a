"""The JSON API's routes to billing: bills, slips, arrears, payments, money in suspense."""

from contracts.http import billing
from gateway.api.forwarding import EMPLOYER, Row

PAGED = ("page",)
DISPOSALS = "/suspense/{payment_id}/disposals"
E = EMPLOYER
BILLING = (
    Row("POST", "/rates", "billing", "/rates", billing.RatesView, "录入费率", billing.NewRates),
    Row("GET", "/rates", "billing", "/rates", billing.RatesList, "费率"),
    Row("POST", "/rates/{id}/release", "billing", "/rates/{id}/release", billing.RatesView, "复核发布费率"),
    Row("POST", f"{E}/estimates", "billing", "/estimates", billing.Estimated, "测算", billing.Estimate),
    Row("GET", f"{E}/bills", "billing", "/bills", billing.BillPage, "各月应缴", query=PAGED),
    Row("GET", f"{E}/bills/{{month}}", "billing", "/bills/{month}", billing.BillView, "一个月的应缴"),
    Row(
        "GET",
        f"{E}/bills/{{month}}/lines",
        "billing",
        "/bills/{month}/lines",
        billing.LinePage,
        "逐人明细",
        query=("kind", "page"),
    ),
    Row(
        "POST",
        f"{E}/bills/{{month}}/confirm",
        "billing",
        "/bills/{month}/confirm",
        billing.SlipView,
        "确认应缴",
        billing.ConfirmBill,
    ),
    Row("GET", f"{E}/slips/{{slip_no}}", "billing", "/slips/{slip_no}", billing.SlipView, "缴费单"),
    Row("GET", f"{E}/arrears", "billing", "/arrears", billing.ArrearsView, "欠费与滞纳金", query=("on",)),
    Row(
        "POST",
        f"{E}/arrears/slips",
        "billing",
        "/arrears/slips",
        billing.SlipView,
        "欠费缴费单",
        billing.ArrearsSlip,
    ),
    Row("GET", f"{E}/payments", "billing", "/payments", billing.PaymentPage, "缴费记录", query=PAGED),
    Row(
        "GET",
        f"{E}/payments/{{payment_id}}",
        "billing",
        "/payments/{payment_id}",
        billing.PaymentView,
        "一笔缴费",
    ),
    Row("GET", f"{E}/account", "billing", "/employers/{employer_no}/account", billing.AccountView, "单位账"),
    Row(
        "POST",
        "/counter-payments",
        "billing",
        "/counter-payments",
        billing.PaymentView,
        "柜台收款",
        billing.CounterPayment,
    ),
    Row("GET", "/suspense", "billing", "/suspense", billing.PaymentPage, "挂账", query=PAGED),
    Row("GET", DISPOSALS, "billing", DISPOSALS, billing.Disposals, "挂账处理"),
    Row("POST", DISPOSALS, "billing", DISPOSALS, billing.DisposalView, "提请挂账处理", billing.NewDisposal),
    Row(
        "POST",
        "/disposals/{id}/approve",
        "billing",
        "/disposals/{id}/approve",
        billing.DisposalView,
        "复核挂账处理",
        billing.ApproveDisposal,
    ),
    Row(
        "POST",
        "/disposals/{id}/refuse",
        "billing",
        "/disposals/{id}/refuse",
        billing.DisposalView,
        "退回挂账处理",
    ),
    Row("GET", "/collection", "billing", "/collection", billing.Collection, "征缴汇总", query=("month",)),
)
