"""What an uploaded file truly is: a PDF, JPEG or PNG by its own bytes, without active content."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

MOST_OBJECTS = 50_000
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_PDF = b"%PDF-"
_ACTIVE = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/RichMedia", "/XFA", "/Launch"}
)
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
)
logging.getLogger("pypdf").setLevel(logging.ERROR)


class ScanRefused(ValueError):
    """The file is not taken; the message is Chinese."""


def media_type_of(content: bytes) -> str:
    """The media type by content, whatever the name says; ScanRefused for another kind, a torn or an active file."""
    if content.startswith(_JPEG):
        return _whole(content.rstrip(b"\x00").endswith(_JPEG_END), "image/jpeg")
    if content.startswith(_PNG):
        return _whole(content.endswith(_PNG_END), "image/png")
    if content.startswith(_PDF):
        _examine_pdf(content)
        return "application/pdf"
    raise ScanRefused("文件不是 PDF、JPG 或 PNG 格式" if content else "文件是空的")


def _whole(whole: bool, media_type: str) -> str:  # noqa: FBT001  # read at its two calls
    if not whole:
        raise ScanRefused("图片不完整")
    return media_type


def _examine_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise ScanRefused("文件有密码保护")
        if not reader.pages:
            raise ScanRefused("文件没有内容")
        for found in _objects(reader):
            if _is_active(found):
                raise ScanRefused("文件含有脚本、附件等活动内容")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, ScanRefused):
            raise
        raise ScanRefused("文件已损坏，无法读取") from error


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the document, each object once, also those no page reaches."""
    waiting: list[Any] = [reader.trailer]
    waiting += [reader.get_object(number) for number in _numbers(reader)]
    seen = 0
    while waiting:
        seen += 1
        if seen > MOST_OBJECTS:
            raise ScanRefused("文件过于复杂")
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [value for value in one.values() if isinstance(value, DictionaryObject | ArrayObject)]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in one if isinstance(value, DictionaryObject | ArrayObject)]


def _numbers(reader: PdfReader) -> list[int]:
    direct = [number for generation in reader.xref.values() for number in generation]
    numbers = sorted({*direct, *reader.xref_objStm})
    if len(numbers) > MOST_OBJECTS:
        raise ScanRefused("文件过于复杂")
    return [number for number in numbers if number]


def _is_active(found: DictionaryObject) -> bool:
    action = found.raw_get("/S") if "/S" in found else None
    embedded = isinstance(found, StreamObject) and str(found.get("/Type", "")) == "/EmbeddedFile"
    return embedded or not _ACTIVE.isdisjoint(found) or str(action) in _ACTIONS
