"""What changed last, as an Atom feed."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from onrecord.ledger import Latest, latest
from onrecord.publish.web._api import unchanged
from onrecord.publish.web._render import visible
from onrecord.publish.web._session import ledger_of, state_of

router = APIRouter()
_ATOM = "http://www.w3.org/2005/Atom"


@router.get("/changes.atom", dependencies=[Depends(unchanged)])
def atom(request: Request) -> Response:
    """The newest changes, article by article."""
    base = str(request.base_url)
    feed = Xml.Element("feed", xmlns=_ATOM)
    title = state_of(request).title
    _put(feed, "id", f"urn:onrecord:{title}")
    _put(feed, "title", f"What changed in {title}")
    _put(feed, "updated", ledger_of(request).moment)
    Xml.SubElement(_put(feed, "author"), "name").text = "onrecord"
    Xml.SubElement(feed, "link", rel="self", href=f"{base}changes.atom")
    for one in latest(ledger_of(request)):
        _entry(feed, one, base)
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml")


def _entry(feed: Xml.Element, one: Latest, base: str) -> None:
    entry = _put(feed, "entry")
    _put(entry, "id", f"urn:onrecord:{one.article_id}:{one.changed_at}")
    _put(entry, "title", one.title or ("An article was taken out" if one.gone else "An article without a title"))
    _put(entry, "updated", one.changed_at)
    if not one.gone:
        Xml.SubElement(entry, "link", rel="alternate", href=f"{base}articles/{one.article_id}")
    counts = ", ".join(f"{kind}: {number}" for kind, number in one.changed)
    _put(entry, "summary", f"{one.publisher}. {counts}" if one.publisher else counts)


def _put(parent: Xml.Element, name: str, text: str | None = None) -> Xml.Element:
    made = Xml.SubElement(parent, name)
    # XML knows no control characters at all; as signs they are allowed, and harmless.
    made.text = visible(text) if text is not None else None
    return made
