"""Mends of the tree on parses written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.language._mend import Mender

RELS = ("root", "nsubj", "nsubj:pass", "obj", "obl", "obl:unmarked", "conj", "cc", "advcl", "xcomp", "advmod", "nummod",
        "mark", "fixed", "aux:pass", "det", "ccomp", "acl:relcl")  # fmt: skip


def mended(parse: str) -> str:
    """A parse given as "word/relation>head", mended, in the same form."""
    rows = [part.rsplit("/", 1) for part in parse.split()]
    words = [word for word, _ in rows]
    links = [link.split(">") for _, link in rows]
    rels = np.array([RELS.index(rel) for rel, _ in links])
    heads = np.array([int(head) for _, head in links])
    Mender(RELS)(words, rels, heads)
    return " ".join(f"{w}/{RELS[r]}>{h}" for w, r, h in zip(words, rels, heads, strict=True))


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (
            "killing/root>0 two/obj>0 and/cc>3 wounding/conj>0 19/obj>0",
            "killing/root>0 two/obj>0 and/cc>3 wounding/conj>0 19/obj>3",
        ),
        (
            "No/advmod>1 fewer/nsubj:pass>6 than/fixed>1 nine/nummod>4 rebels/obl>1 were/aux:pass>6 killed/root>6",
            "No/advmod>1 fewer/advmod>3 than/fixed>1 nine/nummod>4 rebels/nsubj:pass>6 were/aux:pass>6 killed/root>6",
        ),
        ("Rebels/nsubj>1 abducted/root>1 11/obl:unmarked>1", "Rebels/nsubj>1 abducted/root>1 11/obj>1"),
        ("used/root>0 to/mark>2 patrol/advcl>0", "used/root>0 to/mark>2 patrol/xcomp>0"),
        ("went/root>0 on/advmod>0 to/mark>3 dismiss/advcl>0", "went/root>0 on/advmod>0 to/mark>3 dismiss/xcomp>0"),
        (
            "clerk/nsubj>5 who/nsubj>2 fled/acl:relcl>0 said/root>3 soldiers/nsubj>5 looted/ccomp>3",
            "clerk/nsubj>3 who/nsubj>2 fled/acl:relcl>0 said/root>3 soldiers/nsubj>5 looted/ccomp>3",
        ),
    ],
)
def test_a_link_that_cannot_be_right_is_mended(parse: str, expected: str) -> None:
    assert mended(parse) == expected


@pytest.mark.parametrize(
    "parse",
    [
        "killed/root>0 and/cc>2 wounded/conj>0 soldiers/obj>2",
        "shelled/root>0 and/cc>2 fled/conj>0 the/det>4 town/obj>0",
        "waited/root>0 11/obl:unmarked>0 men/obj>0",
        "stopped/root>0 to/mark>2 rest/advcl>0",
        "went/root>0 out/advmod>0 to/mark>3 vote/advcl>0",
        "clerk/nsubj>1 said/root>1 soldiers/nsubj>3 looted/ccomp>1",
        "looted/ccomp>2 clerk/nsubj>2 said/root>2",
        "soldiers/nsubj>3 clerk/nsubj>2 said/root>2 looted/ccomp>2",
    ],
)
def test_other_links_stay(parse: str) -> None:
    assert mended(parse) == parse
