"""Query parameters that several routes share."""

from typing import Annotated

from fastapi import Query

Text = Annotated[str, Query(max_length=200)]
PageNo = Annotated[int, Query(ge=1)]
Size = Annotated[int, Query(ge=1, le=1000)]
