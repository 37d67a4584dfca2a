"""What counts as a scan: by its bytes, whole, and without active content (四(一))."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from services.registry.rules.scans import ScanRefused, media_type_of

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"

ACTIONS = {"script": "/JavaScript", "launch": "/Launch", "submit": "/SubmitForm"}


def pdf(change: str = "", password: str = "") -> bytes:
    """A page, with something on it that a scan does not have."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    if change == "attachment":
        writer.add_attachment("a.exe", b"MZ")
    if change in ACTIONS:
        action = DictionaryObject({NameObject("/S"): NameObject(ACTIONS[change])})
        action[NameObject("/F")] = TextStringObject("cmd.exe")
        page[NameObject("/Annots")] = writer._add_object(DictionaryObject({NameObject("/A"): action}))
    if change == "opening":
        page[NameObject("/AA")] = DictionaryObject()
    if password:
        writer.encrypt(password)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_4_1_pdf_jpeg_and_png_are_told_by_their_bytes():
    assert media_type_of(pdf()) == "application/pdf"
    assert media_type_of(JPEG) == "image/jpeg"
    assert media_type_of(PNG) == "image/png"


@pytest.mark.parametrize("change", ["script", "attachment", "launch", "submit", "opening"])
def test_4_1_a_pdf_that_acts_is_refused(change: str):
    with pytest.raises(ScanRefused, match="活动内容"):
        media_type_of(pdf(change))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00" + b"\x00" * 60, "不是 PDF、JPG 或 PNG"),
        (b"<html><script>alert(1)</script></html>", "不是 PDF、JPG 或 PNG"),
        (b"PK\x03\x04" + b"\x00" * 60, "不是 PDF、JPG 或 PNG"),
        (JPEG[:-2], "图片不完整"),
        (PNG[:-5], "图片不完整"),
        (b"%PDF-1.4\nnothing", "已损坏"),
    ],
)
def test_4_1_disguised_and_torn_files_are_refused(content: bytes, reason: str):
    with pytest.raises(ScanRefused, match=reason):
        media_type_of(content)


def test_4_1_a_pdf_behind_a_password_cannot_be_looked_at():
    with pytest.raises(ScanRefused, match="密码"):
        media_type_of(pdf(password="x"))


@given(st.binary(max_size=400), st.integers(0, 600))
def test_4_1_whatever_the_bytes_they_are_a_scan_or_refused(noise: bytes, place: int):
    whole = pdf()
    for content in (noise, whole[:place] + noise + whole[place + len(noise) :], whole[:place]):
        try:
            assert media_type_of(content) in {"application/pdf", "image/jpeg", "image/png"}
        except ScanRefused as refused:
            assert str(refused)  # noqa: PT017  # either way is right; the reason must be told
