"""Identity numbers (domain 4.3)."""

from datetime import date

import pytest
import stdnum.cn.ric
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.rules.fields import IdentityDocument, Sex
from services.enrollment.rules.identity_number import (
    Identity,
    IdentityPath,
    NumberFault,
    check_digit,
    read_identity,
)

SYNTHETIC = [
    "370602199001010017",
    "37061119880808123X",
    "370612200012314567",
    "370681199510107891",
    "370634199211112223",
    "37060219630315002X",
    "370602197501010014",
    "370628197001010011",
    "370684198606063330",
    "370614202101010110",
]
bodies = st.builds(
    lambda born, order: f"370602{born:%Y%m%d}{order:03d}",
    st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    st.integers(0, 999),
)


def sound(text: str) -> Identity:
    found = read_identity(text)
    assert isinstance(found, Identity), found
    return found


def fault(text: str) -> NumberFault:
    found = read_identity(text)
    assert isinstance(found, NumberFault), found
    return found


@pytest.mark.parametrize("number", SYNTHETIC)
def test_4_3_domestic_numbers_are_sound_whenever_their_area_existed(number):
    identity = sound(number)
    assert (identity.path, identity.document) == (IdentityPath.DOMESTIC, IdentityDocument.RESIDENT_CARD)
    assert identity.warnings == ()


def test_4_3_birth_date_and_sex_stand_in_the_number():
    identity = sound("37061119880808123X")
    assert (identity.born_on, identity.sex) == (date(1988, 8, 8), Sex.MALE)
    assert sound("37060219630315002X").sex is Sex.FEMALE


def test_4_3_a_small_x_full_width_and_blanks_are_read():
    assert sound(" 370611 19880808 123x ").number == "37061119880808123X"
    assert sound("３７０６０２１９９００１０１００１７").number == "370602199001010017"


def test_4_3_fifteen_digits_are_sent_to_the_counter():
    found = fault("370602900101001")
    assert found.code == "id_number.old"
    assert found.message == "15位身份证号码不能网上办理，请先到柜台升级为18位"


def test_4_3_a_wrong_check_digit_is_refused_without_giving_the_right_one_away():
    found = fault("370602199001010018")
    assert found.code == "id_number.check_digit"
    assert "7" not in found.message


def test_4_3_a_birth_date_that_does_not_exist_is_refused():
    body = "37060219900230001"
    assert fault(body + check_digit(body)).message == "身份证号码中的出生日期19900230不存在"


def test_4_3_an_unknown_area_is_a_warning_only():
    body = "99060219900101001".replace("99", "77", 1)
    assert sound(body + check_digit(body)).warnings == ("号码前6位770602的地区未见于目录，请核对证件",)


@pytest.mark.parametrize("text", ["3.70602199001010E+17", "370602199001010017.0"])
def test_4_3_a_number_that_a_sheet_made_numeric_is_recognised(text):
    assert fault(text).code == "id_number.as_number"


@pytest.mark.parametrize("text", ["", "   "])
def test_clause_3_1_an_empty_number_is_missing(text):
    assert fault(text).code == "id_number.missing"


def test_4_3_a_wrong_length_is_counted():
    assert fault("37060219900101001").message == "身份证号码应为18位，现为17位"
    assert fault("3706021990010100X7").code == "id_number.form"


@pytest.mark.parametrize("number", ["810000199003071114", "820000198505062223", "830000199212123332"])
def test_4_3_residence_permits_of_hong_kong_macao_and_taiwan_take_their_path(number):
    identity = sound(number)
    assert (identity.path, identity.document) == (IdentityPath.HMT, IdentityDocument.HMT_RESIDENCE)
    assert identity.born_on is not None
    assert identity.warnings == ()


@pytest.mark.parametrize(
    ("number", "document"),
    [
        ("HKG012345678", IdentityDocument.HK_MACAO_PERMIT),
        ("MAC087654321", IdentityDocument.HK_MACAO_PERMIT),
        ("twn011223344", IdentityDocument.TAIWAN_PERMIT),
    ],
)
def test_4_3_social_security_numbers_of_hong_kong_macao_and_taiwan(number, document):
    identity = sound(number)
    assert (identity.path, identity.document, identity.born_on) == (IdentityPath.HMT, document, None)


@pytest.mark.parametrize("number", ["HKG01234567", "HKG0123456789", "HKG112345678", "MAC0A7654321"])
def test_4_3_misshapen_hmt_numbers_are_refused(number):
    assert fault(number).code == "id_number.hmt"


def test_4_3_a_raw_home_return_permit_is_answered_with_the_number_to_write():
    assert fault("H1234567800").message.endswith("即HKG012345678")
    assert fault("M87654321").message.endswith("即MAC087654321")


@pytest.mark.parametrize(
    ("number", "document"),
    [
        ("USA0123456789", IdentityDocument.PASSPORT),
        ("KOR1M12345678", IdentityDocument.PASSPORT),
        ("DEU0C01X0006H1ABCD", IdentityDocument.PASSPORT),
        ("CAN110108090142", IdentityDocument.PERMANENT_RESIDENCE),
    ],
)
def test_4_3_foreigners_numbers(number, document):
    identity = sound(number)
    assert (identity.path, identity.document, identity.warnings) == (IdentityPath.FOREIGN, document, ())


def test_4_3_an_unknown_country_is_a_warning_only():
    assert sound("XQZ0123456").warnings == ("国家代码XQZ未见于目录，请核对证件",)


@pytest.mark.parametrize("number", ["CHN0123456", "USA", "USAX12345", "USA0123456789012345", "G12345678"])
def test_4_3_misshapen_foreign_numbers_are_refused(number):
    assert fault(number).code == "id_number.foreign"


def test_4_3_the_permanent_residence_card_of_2023_begins_with_9():
    body = "93708401990010100"
    identity = sound(body + check_digit(body))
    assert (identity.path, identity.document) == (
        IdentityPath.FOREIGN,
        IdentityDocument.PERMANENT_RESIDENCE,
    )


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_agrees_with_stdnum(body):
    assert check_digit(body) == stdnum.cn.ric.calc_check_digit(body + "0")


@given(bodies, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_change_of_one_character_is_detected(body, place, other):
    number = body + check_digit(body)
    changed = number[:place] + other + number[place + 1 :]
    assert isinstance(read_identity(changed), Identity) is (changed == number)


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text):
    assert isinstance(read_identity(text), Identity | NumberFault)
