"""Pages of long lists."""

from pydantic import Field

from contracts.models import View
from contracts.values import Count

PAGE_SIZE = 50
"""Rows on one page unless a query says otherwise."""


class Page(View):
    """Where a page of rows stands in its list."""

    total: Count
    page: int = Field(default=1, ge=1)
    size: int = Field(default=PAGE_SIZE, ge=1, le=1000)
