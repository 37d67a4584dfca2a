"""Forms become PDF by typst; what people typed reaches a form as JSON only and is never read as markup."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from pylopdf_fonts_zh_cn import sans_path

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMS = Path(__file__).with_name("forms")
MEDIA_TYPE = "application/pdf"


@cache
def _fonts() -> typst.Fonts:
    """The packaged fonts first; the system's serve rare characters in names that those lack."""
    return typst.Fonts(font_paths=[str(Path(sans_path()).parent)], include_embedded_fonts=False)


def _compile(form: str, data: str) -> bytes:
    source = FORMS / f"{form}.typ"
    pdf = typst.compile(source, root=FORMS, font_paths=_fonts(), sys_inputs={"data": data})
    if not isinstance(pdf, bytes):
        raise TypeError(f"form {form} did not become one document")
    return pdf


async def typeset(form: str, content: DataclassInstance) -> bytes:
    """The PDF of a form with its content, set on another thread."""
    data = json.dumps(asdict(content), ensure_ascii=False)
    return await asyncio.to_thread(_compile, form, data)
