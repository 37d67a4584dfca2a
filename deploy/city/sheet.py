"""The increase sheet as an employer fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from contracts.http.enrollment import RawIncrease
from deploy.city.people import Person
from services.enrollment.rules.rows import COLUMNS


def raw(person: Person) -> RawIncrease:
    """A person's row as it is typed."""
    return RawIncrease(
        name=person.name,
        id_kind="居民身份证",
        id_number=person.id_number,
        household=person.household,
        household_address=person.address,
        home_address=person.address,
        phone=person.phone,
        employment_form="农民合同制工人" if person.rural_contract else "合同制职工",
        rural_contract="是" if person.rural_contract else "否",
        hired_on=person.hired_on.isoformat(),
        reason="",
        monthly_wage=f"{person.wage // 100}.{person.wage % 100:02}",
    )


def sheet(people: Sequence[Person]) -> bytes:
    """An xlsx file with the template's headings, every cell as text."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("增员")
    for place, heading in enumerate(COLUMNS.values()):
        page.write_string(0, place, heading)
    for line, entry in enumerate(map(raw, people), start=1):
        for place, field in enumerate(COLUMNS):
            page.write_string(line, place, str(getattr(entry, field)))
    book.close()
    return target.getvalue()
