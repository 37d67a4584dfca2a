"""Rows on their way from the preview to the sending: packed into the form itself, stored nowhere.

The owner checks every row again when it is sent, so what a browser changes on the way gains nothing.
"""

import base64
import binascii
import zlib

from pydantic import TypeAdapter, ValidationError

from contracts.errors import chassis as codes
from contracts.http.enrollment import RawIncrease
from services.chassis.problems import Problem

MOST_BYTES = 32 * 1024 * 1024
_ROWS = TypeAdapter(tuple[RawIncrease, ...])


def pack(rows: tuple[RawIncrease, ...]) -> str:
    """Rows as one field of a form; empty cells are left out."""
    content = _ROWS.dump_json(rows, exclude_defaults=True)
    return base64.urlsafe_b64encode(zlib.compress(content)).decode()


def unpack(field: str) -> tuple[RawIncrease, ...]:
    """The rows of such a field; Problem BAD_INPUT where it is none or too large."""
    try:
        opened = zlib.decompressobj()
        content = opened.decompress(base64.urlsafe_b64decode(field), MOST_BYTES)
        if opened.unconsumed_tail or not (rows := _ROWS.validate_json(content)):
            raise Problem(codes.BAD_INPUT)
    except (binascii.Error, zlib.error, ValidationError, ValueError) as error:
        raise Problem(codes.BAD_INPUT) from error
    return rows
