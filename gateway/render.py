"""The templates' environment: strict, escaping, with the filters and words of all pages."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.http.applications import APPLICATION_MATERIAL_NAMES
from contracts.http.templates import PAPER_NAMES
from contracts.values import KIND_NAMES
from gateway import figures, menu, words
from gateway.messages import MESSAGES

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


@cache
def asset(name: str) -> str:
    """The address of a static file; it changes with the content, so that it may be kept."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def new_key() -> str:
    """An idempotency key for one rendered form: sent twice, it acts once."""
    return uuid4().hex


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (
        "yuan", "yuan_sum", "whole_yuan", "change", "percent", "day", "long_day", "moment", "until", "month", "months",
        "slip_number", "masked", "days_left",
    ):  # fmt: skip
        made.filters[name] = getattr(figures, name)
    made.filters |= {
        "by_kind": words.by_kind,
        "kind_name": words.kind_name,
        "kind_names": words.kind_names,
        "role": words.role,
        "shipped": words.shipped,
        "state_word": words.state_word,
        "item_word": words.item_word,
    }
    made.globals |= {
        "asset": asset,
        "new_key": new_key,
        "KIND_NAMES": KIND_NAMES,
        "STATES": words.STATES,
        "EMPLOYER_KINDS": words.EMPLOYER_KINDS,
        "SCHEMES": words.SCHEMES,
        "ROLES": words.ROLES,
        "ITEMS": words.ITEMS,
        "PAYMENT_WAYS": words.PAYMENT_WAYS,
        "AFFILIATIONS": words.AFFILIATIONS,
        "GROUNDS": words.GROUNDS,
        "OFFERED": words.OFFERED,
        "FUNDINGS": words.FUNDINGS,
        "APPLICATION_MATERIALS": APPLICATION_MATERIAL_NAMES,
        "PAPER_NAMES": PAPER_NAMES,
        "MESSAGES": MESSAGES,
        "MENU": menu.EMPLOYER,
        "desk_menu": menu.desk_of,
    }
    return made


environment = _environment()
