"""Lists of codes (domain 4.3, 4.4)."""

import pytest

from services.enrollment.rules.fields import (
    DOCUMENT_NAMES,
    FORM_NAMES,
    HOUSEHOLD_NAMES,
    SEX_NAMES,
    EmploymentForm,
    Household,
    IdentityDocument,
    Sex,
    named,
)


@pytest.mark.parametrize(
    ("names", "entries"),
    [
        (HOUSEHOLD_NAMES, Household),
        (DOCUMENT_NAMES, IdentityDocument),
        (FORM_NAMES, EmploymentForm),
        (SEX_NAMES, Sex),
    ],
)
def test_4_4_every_entry_has_one_chinese_name(names, entries):
    assert set(names) == set(entries)
    assert len(set(names.values())) == len(names)


def test_4_4_entries_are_read_by_name_custom_and_code():
    assert named(HOUSEHOLD_NAMES, "外地农村") is Household.OTHER_RURAL
    assert named(FORM_NAMES, "农民工") is EmploymentForm.RURAL_CONTRACT
    assert named(DOCUMENT_NAMES, "passport") is IdentityDocument.PASSPORT
    assert named(HOUSEHOLD_NAMES, "农民工") is None
