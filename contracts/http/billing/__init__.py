"""HTTP interface of billing.

POST /rates NewRates → RatesView · POST /rates/{id}/release → RatesView · GET /rates → RatesList · POST /estimates Estimate → Estimated
GET /bills?page → BillPage · GET /bills/{month} → BillView · GET /bills/{month}/lines?kind&page → LinePage · POST /bills/{month}/confirm ConfirmBill → SlipView
GET /slips/{slip_no} → SlipView · POST /slips/query SlipQuery → SlipForBank (bank) · GET /arrears?on → ArrearsView · POST /arrears/slips ArrearsSlip → SlipView
POST /counter-payments CounterPayment → PaymentView · GET /payments?page → PaymentPage · GET /payments/{id} → PaymentView
GET /suspense?page → PaymentPage · POST /suspense/{payment_id}/disposals NewDisposal → DisposalView · GET /suspense/{payment_id}/disposals → Disposals
POST /disposals/{id}/approve ApproveDisposal → DisposalView · POST /disposals/{id}/refuse → DisposalView · GET /serial-conflicts?page → SerialConflictPage
GET /collection?month → Collection · GET /employers/{no}/account → AccountView
"""

from contracts.http.billing.arrears import AccountView as AccountView
from contracts.http.billing.arrears import ArrearsMonth as ArrearsMonth
from contracts.http.billing.arrears import ArrearsView as ArrearsView
from contracts.http.billing.arrears import CreditSum as CreditSum
from contracts.http.billing.bills import BillPage as BillPage
from contracts.http.billing.bills import BillState as BillState
from contracts.http.billing.bills import BillView as BillView
from contracts.http.billing.bills import ConfirmBill as ConfirmBill
from contracts.http.billing.bills import LinePage as LinePage
from contracts.http.billing.bills import LineView as LineView
from contracts.http.billing.collection import Collection as Collection
from contracts.http.billing.collection import CollectionDay as CollectionDay
from contracts.http.billing.collection import DistrictCollection as DistrictCollection
from contracts.http.billing.collection import PolicyTask as PolicyTask
from contracts.http.billing.collection import PolicyTaskPage as PolicyTaskPage
from contracts.http.billing.payments import CounterPayment as CounterPayment
from contracts.http.billing.payments import PaymentPage as PaymentPage
from contracts.http.billing.payments import PaymentState as PaymentState
from contracts.http.billing.payments import PaymentView as PaymentView
from contracts.http.billing.rates import Estimate as Estimate
from contracts.http.billing.rates import Estimated as Estimated
from contracts.http.billing.rates import EstimatedRow as EstimatedRow
from contracts.http.billing.rates import EstimateRow as EstimateRow
from contracts.http.billing.rates import KindRate as KindRate
from contracts.http.billing.rates import NewRates as NewRates
from contracts.http.billing.rates import RatesList as RatesList
from contracts.http.billing.rates import RatesView as RatesView
from contracts.http.billing.slips import ArrearsSlip as ArrearsSlip
from contracts.http.billing.slips import SlipForBank as SlipForBank
from contracts.http.billing.slips import SlipKind as SlipKind
from contracts.http.billing.slips import SlipQuery as SlipQuery
from contracts.http.billing.slips import SlipState as SlipState
from contracts.http.billing.slips import SlipView as SlipView
from contracts.http.billing.suspense import ApproveDisposal as ApproveDisposal
from contracts.http.billing.suspense import DisposalAct as DisposalAct
from contracts.http.billing.suspense import Disposals as Disposals
from contracts.http.billing.suspense import DisposalState as DisposalState
from contracts.http.billing.suspense import DisposalView as DisposalView
from contracts.http.billing.suspense import NewDisposal as NewDisposal
from contracts.http.billing.suspense import SerialConflictPage as SerialConflictPage
from contracts.http.billing.suspense import SerialConflictView as SerialConflictView
