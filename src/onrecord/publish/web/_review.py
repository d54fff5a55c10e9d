"""The review pages: one record at a time by keys, its mending, what was done, who disagrees, how much is right."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from onrecord.ledger import ChangedMeanwhile, NoSuchRecord, Sheet
from onrecord.ledger._corrections import Correction, Reviewed
from onrecord.publish.web._problems import wants_json
from onrecord.publish.web._render import ledger_of, page
from onrecord.publish.web._review_asked import Asked, choices
from onrecord.publish.web._review_form import FIELDS, Refused, Values, add, mend, values_of
from onrecord.publish.web._review_offer import ENTITY_KINDS, offered, parties
from onrecord.publish.web._review_view import ROLES, excerpt, facts, headline
from onrecord.publish.web._session import Reader, Reviewer
from onrecord.records import BadOption

router = APIRouter(prefix="/review", include_in_schema=False)

SAMPLE = 200
_DONE = {"accept": "Accepted", "reject": "Rejected", "edit": "Changed", "add": "Added", "undo": "Taken back"}
Kind = Literal["event", "figure", "statement"]


async def _form(request: Request) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return found


Form = Annotated[dict[str, list[str]], Depends(_form)]


@router.get("")
def queue(request: Request, user: Reviewer) -> Response:
    """The next record of a queue, or the one that is asked for; only it when a script asks."""
    ledger, params = ledger_of(request), request.query_params
    try:
        asked = Asked.of(params)
        after = params.get("after") or None
        if item := params.get("item"):
            return _page(request, asked, _shown(_sheet(request, item), asked, user.name, after=after, mark=after))
        found = _queue(request, asked, user.name, after)
        shown: dict[str, Any] = {"sheet": None}
        if found:
            sheet = ledger.sheet(found[0].id)
            shown = _shown(sheet, asked, user.name, after=after, mark=found[0].mark)
        if not _scripted(request):
            shown["waiting"] = ledger.waiting(asked.kind, reviewer=user.name, waiting=asked.waiting, **asked.filter)
        return _page(request, asked, shown, after=after)
    except BadOption as error:
        if wants_json(request):
            raise
        return _page(request, Asked(), {"sheet": None, "wrong": str(error)}, status_code=400)


@router.get("/records/{record_id}/edit")
def edit_form(request: Request, record_id: str, user: Reviewer) -> Response:  # noqa: ARG001
    """The form to mend a record."""
    asked = Asked.of(request.query_params)
    return _form_page(request, asked, _sheet(request, record_id), mark=request.query_params.get("after"))


@router.post("/records/{record_id}/edit")
def edit(request: Request, record_id: str, user: Reviewer, form: Form) -> Response:
    """Keep what the reviewer changed in a record, all of it or nothing."""
    ledger = ledger_of(request)
    try:
        with ledger.correcting(reviewer=user.name, note=_one(form, "note") or None) as sitting:
            sheet = sitting.sheet(record_id, seen=_one(form, "seen") or None)
            done = mend(sitting, sheet, form, _was(form) or values_of(sheet))
    except Refused as error:
        problems, status = error.problems, 422
    except ChangedMeanwhile as error:
        problems, status = {"": f"{error} To keep your changes all the same, save again."}, 409
    else:
        return _done(request, done, form)
    sheet = ledger.sheet(record_id)
    if wants_json(request):
        return JSONResponse({"problems": problems, "seen": sheet.seen}, status)
    asked = Asked.of_query(_one(form, "queue"))
    return _form_page(request, asked, sheet, form, problems, mark=_one(form, "mark"), status_code=status)


@router.post("/records/{record_id}/{verdict}")
def judge(
    request: Request, record_id: str, verdict: Literal["accept", "reject"], user: Reviewer, form: Form
) -> Response:
    """Accept or reject a record as it was seen."""
    act = getattr(ledger_of(request), verdict)
    done = act(record_id, reviewer=user.name, note=_one(form, "note") or None, seen=_one(form, "seen") or None)
    return _done(request, [done], form)


@router.get("/articles/{article_id}/add")
def add_form(request: Request, article_id: str, user: Reviewer, new: Kind = "event") -> Response:  # noqa: ARG001
    """The form to add what the machine missed."""
    reviewed = ledger_of(request).reviewed(article_id)
    given = {"span_at": [request.query_params.get("at", "")], "span": [request.query_params.get("words", "")]}
    asked = Asked.of(request.query_params)
    mark = request.query_params.get("after")
    back = asked.url(item=request.query_params.get("item"), after=mark)
    return _add_page(request, asked, reviewed, new, given, mark=mark, back=back)


@router.post("/articles/{article_id}/add")
def add_record(request: Request, article_id: str, user: Reviewer, form: Form, new: Kind = "event") -> Response:
    """Keep a record that the machine missed."""
    ledger = ledger_of(request)
    try:
        with ledger.correcting(reviewer=user.name, note=_one(form, "note") or None) as sitting:
            done = add(sitting, sitting.reviewed(article_id), new, form)
    except Refused as error:
        if wants_json(request):
            return JSONResponse({"problems": error.problems}, 422)
        asked, reviewed = Asked.of_query(_one(form, "queue")), ledger.reviewed(article_id)
        mark, back = _one(form, "mark"), _own(_one(form, "back"))
        return _add_page(request, asked, reviewed, new, form, error.problems, mark=mark, back=back, status_code=422)
    return _done(request, done, form)


@router.post("/undo")
def undo(request: Request, user: Reviewer, form: Form) -> Response:
    """Take back what any reviewer did, or bring it back: all the numbers given, last first."""
    numbers = sorted({_number(text) for text in form.get("number", ())}, reverse=True)
    if not numbers:
        raise BadOption("Nothing was named to take back.")
    with ledger_of(request).correcting(reviewer=user.name, note=_one(form, "note") or None) as sitting:
        done = [sitting.undo(number) for number in numbers]
    return _done(request, done, form)


@router.get("/history")
def history(request: Request, user: Reader) -> Response:
    """What reviewers did, last first."""
    names = ("record", "article", "reviewer", "since", "until", "after")
    asked = {name: value for name in names if (value := request.query_params.get(name, "").strip())}
    acts = ledger_of(request).history(**asked, limit=50)
    more = "/review/history?" + urlencode({**asked, "after": acts.next}) if acts.next else None
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return page(
        request,
        "review_history.html.j2",
        acts=acts,
        asked=asked,
        more=more,
        here=here,
        words=_words_of,
        may=user.may("reviewer"),
    )


@router.get("/disagreements")
def disagreements(request: Request, user: Reader) -> Response:  # noqa: ARG001
    """Records of which reviewers do not say the same, and how far they agree in all."""
    ledger = ledger_of(request)
    found = ledger.disagreements()
    first = _number(request.query_params.get("from") or "0")
    shown = []
    for one in found[first : first + 20]:
        acts = [act for act in ledger.history(record=one.record_id) if act.in_force]
        said = acts[0].correction.record if acts else None
        shown.append({"what": one, "acts": acts, "words": _words_in(said), "sentence": _sentence_in(said)})
    more = f"/review/disagreements?from={first + 20}" if len(found) > first + 20 else None
    return page(
        request,
        "review_disagreements.html.j2",
        agreement=ledger.agreement(),
        found=shown,
        total=len(found),
        more=more,
        words=_words_of,
    )


@router.get("/precision")
def precision(request: Request, user: Reader) -> Response:
    """The share of right records in a random sample, as far as it was judged."""
    params = request.query_params
    asked = Asked.of(
        {"order": "random", "size": str(SAMPLE), **{name: value for name, value in params.items() if value}}
    )
    mine = params.get("whose") == "me"
    found = ledger_of(request).precision(
        asked.kind,
        seed=asked.seed,
        size=asked.size or SAMPLE,
        reviewer=user.name if mine else None,
        type=asked.questions.get("type"),
        status=asked.questions.get("status"),
    )
    return page(
        request, "review_precision.html.j2", found=found, asked=asked, mine=mine, may=user.may("reviewer"), **choices()
    )


def _queue(request: Request, asked: Asked, reviewer: str, after: str | None) -> Any:
    return ledger_of(request).queue(
        asked.kind,
        reviewer=reviewer,
        order=asked.order,
        waiting=asked.waiting,
        seed=asked.seed,
        limit=1,
        after=after,
        **asked.filter,
    )


def _sheet(request: Request, record_id: str) -> Sheet:
    found = ledger_of(request).sheet(record_id)
    if found.kind not in FIELDS:
        raise NoSuchRecord(f"{found.kind} {record_id}: events, figures and statements are reviewed, others with them.")
    return found


def _shown(sheet: Sheet, asked: Asked, reviewer: str, *, after: str | None, mark: str | None) -> dict[str, Any]:
    """What the template of one record needs. ``mark``: where the queue goes on behind it."""
    found = excerpt(sheet.reviewed.reading, sheet.record)
    used = {role for piece in found.pieces for role in piece.roles}
    return {
        "sheet": sheet,
        "article": sheet.reviewed.reading.article,
        "heading": headline(sheet),
        "facts": facts(sheet),
        "excerpt": found,
        "roles": {role: meaning for role, meaning in ROLES.items() if role in used},
        "review": sheet.reviewed.reviews.get(sheet.record.id, "unreviewed"),  # type: ignore[attr-defined]
        "mine": any(act.in_force and act.correction.reviewer == reviewer for act in sheet.history),
        "words": _words_of,
        "mark": mark or "",
        "next": asked.url(after=mark),
        "here": asked.url(after=after) if mark != after else asked.url(item=sheet.record_id, after=after),
        "item_url": asked.url(item=sheet.record_id, after=mark),
        "place": urlencode(dict(parse_qsl(asked.query)) | ({"after": mark} if mark else {})),
    }


def _page(request: Request, asked: Asked, shown: dict[str, Any], *, status_code: int = 200, **more: Any) -> Response:
    template = "review_sheet.html.j2" if shown["sheet"] else "review_empty.html.j2"
    context = {
        "asked": asked,
        "part": template,
        "wrong": "",
        "after": None,
        "waiting": None,
        **choices(),
        **shown,
        **more,
    }
    context["done"] = [number for number in request.query_params.get("done", "").split(".") if number.isdigit()]
    return page(request, template if _scripted(request) else "review.html.j2", status_code=status_code, **context)


def _form_page(
    request: Request,
    asked: Asked,
    sheet: Sheet,
    given: Values | None = None,
    problems: dict[str, str] | None = None,
    *,
    mark: str | None,
    status_code: int = 200,
) -> Response:
    first = values_of(sheet)
    return _any_form(
        request,
        asked,
        status_code=status_code,
        reviewed=sheet.reviewed,
        record=sheet.record,
        kind=sheet.kind,
        title=f"Change: {headline(sheet)}",
        action=f"/review/records/{sheet.record_id}/edit",
        back=asked.url(item=sheet.record_id, after=mark),
        then=asked.url(after=mark) if mark else asked.url(item=sheet.record_id),
        given=given or first,
        was=_one(given or {}, "was") or json.dumps(first, ensure_ascii=False),
        seen=sheet.seen,
        problems=problems or {},
        mark=mark or "",
    )


def _add_page(
    request: Request,
    asked: Asked,
    reviewed: Reviewed,
    kind: str,
    given: Values,
    problems: dict[str, str] | None = None,
    *,
    mark: str | None,
    back: str,
    status_code: int = 200,
) -> Response:
    article_id = reviewed.reading.article.id
    return _any_form(
        request,
        asked,
        status_code=status_code,
        reviewed=reviewed,
        record=None,
        kind=kind,
        title=f"Add {'an' if kind == 'event' else 'a'} {kind} that was missed",
        action=f"/review/articles/{article_id}/add?new={kind}",
        back=back,
        then=back,
        given=given,
        was="",
        seen="",
        problems=problems or {},
        mark=mark or "",
    )


def _any_form(request: Request, asked: Asked, *, status_code: int, **context: Any) -> Response:
    reviewed: Reviewed = context["reviewed"]
    whole = {
        "asked": asked,
        "part": "review_form.html.j2",
        "article": reviewed.reading.article,
        "excerpt": excerpt(reviewed.reading, context["record"]),
        "fields": FIELDS[context["kind"]],
        "offered": offered(reviewed, context["kind"]),
        "entity_kinds": ENTITY_KINDS,
        "parties": parties(reviewed),
        "wrong": "",
        "waiting": None,
        "done": [],
        "sheet": None,
        **choices(),
        **context,
    }
    return page(
        request, "review_form.html.j2" if _scripted(request) else "review.html.j2", status_code=status_code, **whole
    )


def _done(request: Request, done: list[Correction], form: Values) -> Response:
    last = done[-1]
    said = f"{_DONE[last.action]}: {last.kind} {', '.join(filter(None, (one.field for one in done)))}".strip()
    if wants_json(request):
        return JSONResponse({"numbers": [one.id for one in done], "record": last.record_id, "said": said})
    asked = Asked.of_query(_one(form, "queue"))
    back = _own(_one(form, "back")) or asked.url(after=_one(form, "mark"))
    numbers = "" if last.action == "undo" else ".".join(str(one.id) for one in done)
    return RedirectResponse(back + (f"{'&' if '?' in back else '?'}done={numbers}" if numbers else ""), 303)


def _own(address: str) -> str:
    """An address of ours that a form named; nothing when it leads elsewhere."""
    return address if re.fullmatch(r"/review(/history)?(\?[!-\[\]-~]*)?", address) else ""


def _was(form: Values) -> dict[str, list[str]] | None:
    """What the form showed first."""
    try:
        found = json.loads(_one(form, "was"))
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    return {str(name): [str(one) for one in value] for name, value in found.items() if isinstance(value, list)}


def _words_of(correction: Correction) -> str:
    """What one correction says, for people."""
    if correction.action == "undo":
        return f"took back {correction.undoes}"
    if correction.action != "edit":
        return {"accept": "right", "reject": "wrong", "add": "added"}[correction.action]
    value = _plain(correction.value)
    return f"{correction.field}: {value if value not in (None, '', []) else 'nothing'}"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(_plain(one)) for one in value)
    if not isinstance(value, dict):
        return value
    for name in ("name", "text"):
        if value.get(name):
            return value[name]
    if "content" in value:
        return f"“{value['content'][0]['text']}”"
    return value.get("span", {}).get("text") or value.get("id")


def _words_in(record: dict[str, Any] | None) -> str:
    if not record:
        return ""
    span = record.get("span") or (record.get("content") or [{}])[0]
    return str(span.get("text") or record.get("name") or "")


def _sentence_in(record: dict[str, Any] | None) -> str:
    return str((record or {}).get("sentence", {}).get("text", ""))


def _one(form: Values, name: str) -> str:
    return next(iter(form.get(name, ())), "").strip()


def _scripted(request: Request) -> bool:
    """Whether our own script asks, for a part of the page."""
    return request.headers.get("hx-request") == "true"


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadOption(f"{text!r} is not a number.")
    return int(text)
