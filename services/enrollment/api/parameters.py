"""Query parameters that several lists share."""

from typing import Annotated

from fastapi import Query

Text = Annotated[str, Query(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
PageNo = Annotated[int, Query(ge=1, le=1_000_000)]
Size = Annotated[int, Query(ge=1, le=1000)]
Flag = Annotated[bool, Query()]
OfEmployer = Annotated[str, Query(pattern=r"^(3706[0-9]{6})?$")]
"""An officer may narrow a list to one employer; another's employer gives an empty list."""
