"""What is on its way from a preview to its sending: packed into the form itself, stored nowhere.

The owner checks everything again when it is sent, so what a browser changes on the way gains nothing.
"""

import base64
import binascii
import zlib
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from contracts.errors import chassis as codes
from contracts.http.enrollment import DeclareBases, RawIncrease
from services.chassis.problems import Problem

MOST_BYTES = 32 * 1024 * 1024
T = TypeVar("T")


class Parcel(Generic[T]):
    """How values of one type travel."""

    def __init__(self, sort: Any) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(sort)

    def pack(self, value: T) -> str:
        """The value as one field of a form; empty cells are left out."""
        content = self._adapter.dump_json(value, exclude_defaults=True)
        return base64.urlsafe_b64encode(zlib.compress(content)).decode()

    def unpack(self, field: str) -> T:
        """The value of such a field; Problem BAD_INPUT where it is none, empty or too large."""
        try:
            opened = zlib.decompressobj()
            content = opened.decompress(base64.urlsafe_b64decode(field), MOST_BYTES)
            if opened.unconsumed_tail or not (value := self._adapter.validate_json(content)):
                raise Problem(codes.BAD_INPUT)
        except (binascii.Error, zlib.error, ValidationError, ValueError) as error:
            raise Problem(codes.BAD_INPUT) from error
        return value


INCREASES: Parcel[tuple[RawIncrease, ...]] = Parcel(tuple[RawIncrease, ...])
BASES: Parcel[DeclareBases] = Parcel(DeclareBases)
