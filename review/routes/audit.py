"""The audit log: page and export."""

from collections.abc import Iterator
from dataclasses import asdict
from json import dumps
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from review.guards import needs
from review.pages import render
from review.permissions import Action
from review.site import site_of
from store.accounts import Login
from store.audit import audit_entries, audit_page, first_broken, log_alone

router = APIRouter()
Auditor = Annotated[Login, Depends(needs(Action.SEE_AUDIT))]
Word = Annotated[str, Query(max_length=200)]
PAGE_SIZE = 50


@router.get("/audit")
def show_audit(
    request: Request,
    login: Auditor,  # noqa: ARG001
    who: Word = "",
    action: Word = "",
    subject: Word = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    check: bool = False,
) -> Response:
    """The log, newest first; `check` recomputes the whole chain."""
    engine = site_of(request).engine
    entries, count = audit_page(engine, who=who, action=action, subject=subject, page=page, size=PAGE_SIZE)
    return render(
        request,
        "audit.html.j2",
        entries=entries,
        count=count,
        page=page,
        pages=max(1, -(-count // PAGE_SIZE)),
        who=who,
        action=action,
        subject=subject,
        checked=check,
        broken=first_broken(engine) if check else None,
    )


@router.get("/audit.jsonl")
def export_audit(request: Request, login: Auditor) -> Response:
    """The whole log, oldest first, one JSON object a line, with the digests that chain it."""
    engine = site_of(request).engine
    log_alone(engine, who=login.account.name, action="audit_exported", subject="audit")

    def rows() -> Iterator[str]:
        for entry in audit_entries(engine):
            yield dumps(asdict(entry), ensure_ascii=False, default=str) + "\n"

    name = 'attachment; filename="didban-audit.jsonl"'
    return StreamingResponse(rows(), media_type="application/x-ndjson", headers={"Content-Disposition": name})
