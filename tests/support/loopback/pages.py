"""Cutting a listing into pages, the way the workspace API does it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from loopback.messages import Call

_WORD = "page-"


def page(
    call: Call, values: Sequence[Any], *, token: str | None = None, size: int | None = None
) -> dict[str, Any]:
    """Return the page that a call asks for, with the token and the address of the next."""
    asked = token or call.query.get("$continuationToken") or call.query.get("continuationToken")
    start = int(asked.removeprefix(_WORD)) if asked else 0
    wanted = size or int(call.query.get("$top") or call.state.page_size)
    end = start + min(wanted, call.state.page_size)
    more = f"{_WORD}{end}" if end < len(values) else None
    link = _address(call, more) if more and call.method == "GET" else None
    return {"value": list(values[start:end]), "continuationToken": more, "nextLink": link}


def _address(call: Call, token: str) -> str:
    path = quote(call.path.replace("~", call.state.place.scope, 1))
    query = urlencode({**call.query, "$continuationToken": token})
    return f"https://{call.host}{path}?{query}"
