"""What officers watch: tasks that lack policy data, and what a month has brought."""

from pydantic import Field

from contracts.http.paging import Page
from contracts.models import View
from contracts.values import Count, Day, District, Due, EmployerNo, Line, Month


class PolicyTask(View):
    """A month of an employer that has no price for want of policy data (domain 1.5)."""

    employer_no: EmployerNo
    employer_name: str
    month: Month
    what: Line
    since: Day
    own: bool = Field(
        description="true where the employer's own entry lacks it, false where the city's policy does"
    )


class PolicyTaskPage(Page):
    """Months without a price, those that wait longest first."""

    rows: tuple[PolicyTask, ...]


class DistrictCollection(View):
    """Collection of one district."""

    district: District
    district_name: str
    employers: Count
    employers_paid: Count
    due: Due
    paid: Due


class CollectionDay(View):
    """How many employers had settled their month by paying on a day."""

    day: Day
    employers_paid: Count


class Collection(View):
    """征缴看板 of a month."""

    month: Month
    employers: Count
    employers_confirmed: Count
    employers_paid: Count
    due: Due
    paid: Due
    arrears_employers: Count
    suspense_count: Count
    suspense_sum: Due
    districts: tuple[DistrictCollection, ...]
    days: tuple[CollectionDay, ...] = Field(
        default=(), description="days on which somebody settled, in order"
    )
