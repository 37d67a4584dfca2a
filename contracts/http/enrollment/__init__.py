"""HTTP interface of enrollment.

POST /increases/preview RawRows → Preview · POST /increases IncreaseBatch → IncreaseResult · GET /increases?state&page&size&unprinted&clear&employer_no → IncreasePage
POST /increases/printed Printed → PrintedCount · GET /increases/{submission_no}?clear → IncreaseView · POST /increases/{submission_no}/confirm CounterConfirm · POST /increases/{submission_no}/return CounterReturn · POST /increases/{submission_no}/withdraw → IncreaseView
GET /roster?text&page&size&ended&employer_no → RosterPage · GET /roster/{enrollment_id} → RosterRow · POST /persons/names PersonNos → PersonNames
POST /decreases Decrease → DecreaseView · GET /decreases?page&size&state&employer_no → DecreasePage · POST /decreases/{submission_no}/withdraw → DecreaseView
POST /decreases/{submission_no}/force ForceDecrease → DecreaseView · POST /decreases/{submission_no}/force/release → DecreaseView
POST /limits NewLimits → LimitsView · POST /limits/{id}/release → LimitsView · GET /limits → LimitsList
POST /imports NewImport → ImportView · POST /imports/{id}/rows ImportRows → ImportView · POST /imports/{id}/release → ImportView · POST /imports/{id}/advance → ImportView · GET /imports/{id} → ImportView
GET /bases?year&page&size → BaseRound · POST /bases/preview DeclareBases → BasePreview · POST /bases DeclareBases → BasesDeclared · POST /bases/signed SignBases → BasesDeclared · POST /bases/posted PostBases → BasesDeclared
GET /to-do → ToDo · GET /choices → Choices
"""

from contracts.http.enrollment.bases import BasePreview as BasePreview
from contracts.http.enrollment.bases import BasePreviewRow as BasePreviewRow
from contracts.http.enrollment.bases import BaseRound as BaseRound
from contracts.http.enrollment.bases import BaseRow as BaseRow
from contracts.http.enrollment.bases import BasesDeclared as BasesDeclared
from contracts.http.enrollment.bases import DeclareBases as DeclareBases
from contracts.http.enrollment.bases import DeclaredWage as DeclaredWage
from contracts.http.enrollment.bases import PostBases as PostBases
from contracts.http.enrollment.bases import SignBases as SignBases
from contracts.http.enrollment.choices import Choice as Choice
from contracts.http.enrollment.choices import Choices as Choices
from contracts.http.enrollment.choices import Column as Column
from contracts.http.enrollment.choices import ToDo as ToDo
from contracts.http.enrollment.decreases import Decrease as Decrease
from contracts.http.enrollment.decreases import DecreasePage as DecreasePage
from contracts.http.enrollment.decreases import DecreaseRow as DecreaseRow
from contracts.http.enrollment.decreases import DecreaseState as DecreaseState
from contracts.http.enrollment.decreases import DecreaseTable as DecreaseTable
from contracts.http.enrollment.decreases import DecreaseView as DecreaseView
from contracts.http.enrollment.decreases import ForceDecrease as ForceDecrease
from contracts.http.enrollment.imports import ImportRow as ImportRow
from contracts.http.enrollment.imports import ImportRows as ImportRows
from contracts.http.enrollment.imports import ImportView as ImportView
from contracts.http.enrollment.imports import NewImport as NewImport
from contracts.http.enrollment.increases import Cell as Cell
from contracts.http.enrollment.increases import CounterConfirm as CounterConfirm
from contracts.http.enrollment.increases import CounterReturn as CounterReturn
from contracts.http.enrollment.increases import IncreaseBatch as IncreaseBatch
from contracts.http.enrollment.increases import IncreasePage as IncreasePage
from contracts.http.enrollment.increases import IncreaseResult as IncreaseResult
from contracts.http.enrollment.increases import IncreaseState as IncreaseState
from contracts.http.enrollment.increases import IncreaseView as IncreaseView
from contracts.http.enrollment.increases import Path as Path
from contracts.http.enrollment.increases import Preview as Preview
from contracts.http.enrollment.increases import PreviewRow as PreviewRow
from contracts.http.enrollment.increases import Printed as Printed
from contracts.http.enrollment.increases import PrintedCount as PrintedCount
from contracts.http.enrollment.increases import RawIncrease as RawIncrease
from contracts.http.enrollment.increases import RawRows as RawRows
from contracts.http.enrollment.limits import LimitsList as LimitsList
from contracts.http.enrollment.limits import LimitsView as LimitsView
from contracts.http.enrollment.limits import NewLimits as NewLimits
from contracts.http.enrollment.roster import PersonName as PersonName
from contracts.http.enrollment.roster import PersonNames as PersonNames
from contracts.http.enrollment.roster import PersonNos as PersonNos
from contracts.http.enrollment.roster import RosterPage as RosterPage
from contracts.http.enrollment.roster import RosterRow as RosterRow
