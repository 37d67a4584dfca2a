"""The checklist of clause 二(一)."""

from contracts.http.registry import Material
from contracts.values import EmployerKind
from services.registry.rules.opening import checklist, missing_materials


def test_clause_2_1_an_enterprise_brings_five_materials():
    assert [item.name for item in checklist(EmployerKind.ENTERPRISE)] == [
        "《开通烟台市社会保险单位网上服务系统授权书》",
        "《社会保险费网上申报缴纳协议书》（一式二份）",
        "《营业执照》副本",
        "被授权人身份证原件",
        "被授权人身份证复印件",
    ]


def test_clause_2_1_the_agreement_comes_in_two_copies():
    assert [item.copies for item in checklist(EmployerKind.ENTERPRISE)] == [1, 2, 1, 1, 1]


def test_clause_2_1_organs_institutions_and_associations_bring_their_valid_licence():
    for kind in (EmployerKind.STATE_ORGAN, EmployerKind.INSTITUTION, EmployerKind.ASSOCIATION):
        assert checklist(kind)[2].name.startswith("规定的有效证照")


def test_clause_2_1_every_kind_has_a_checklist_of_all_materials():
    for kind in EmployerKind:
        assert {item.material for item in checklist(kind)} == set(Material)


def test_clause_2_1_what_is_missing_is_named():
    seen = set(Material) - {Material.LICENCE}
    assert [item.name for item in missing_materials(EmployerKind.SOLE_TRADER, seen)] == ["《营业执照》副本"]


def test_clause_2_1_five_seen_is_complete():
    assert missing_materials(EmployerKind.FOUNDATION, frozenset(Material)) == ()
