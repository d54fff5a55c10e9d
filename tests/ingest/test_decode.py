"""Bytes to characters, and the refusal of what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.ingest import from_bytes
from onrecord.ingest._decode import declared_charset, decode
from onrecord.records import Article, InputError, NotText

ENGLISH = "The minister – a “hawk” – said it’s over. Café owners in Orléans agreed with him on Friday evening."


@pytest.mark.parametrize(
    ("data", "repairs"),
    [
        (ENGLISH.encode("utf-8"), ()),
        (codecs.BOM_UTF8 + ENGLISH.encode("utf-8"), ("byte-order-mark",)),
        (ENGLISH.encode("utf-16"), ("decoded:utf-16-le", "byte-order-mark")),
        (codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), ("decoded:utf-16-be", "byte-order-mark")),
        (ENGLISH.encode("utf-16-le"), ("decoded:utf-16-le",)),
        (ENGLISH.encode("utf-16-be"), ("decoded:utf-16-be",)),
        (ENGLISH.encode("utf-32"), ("decoded:utf-32-le", "byte-order-mark")),
        (ENGLISH.encode("cp1252"), ("decoded:cp1252",)),
        (ENGLISH.encode("mac-roman"), ("decoded:mac-roman",)),
    ],
    ids=lambda value: "/".join(value) if isinstance(value, tuple) else "",
)
def test_the_same_words_come_out_of_every_encoding(data: bytes, repairs: tuple[str, ...]) -> None:
    assert decode(data, name="x") == (ENGLISH, repairs)


def test_a_declared_charset_is_believed_when_the_bytes_are_not_utf8() -> None:
    page = '<html><head><meta charset="iso-8859-7"></head><p>Ο υπουργός μίλησε.</p></html>'
    assert decode(page.encode("iso-8859-7"), name="x") == (page, ("decoded:iso8859-7",))


def test_valid_utf8_is_believed_before_a_declaration() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>Séléka – rebels</p>'
    assert decode(page.encode("utf-8"), name="x") == (page, ())


def test_latin1_declarations_mean_windows() -> None:
    assert declared_charset(b'<meta charset="ISO-8859-1">') == "cp1252"


@pytest.mark.parametrize("label", [b"hex", b"rot13", b"utf-7", b"no-such-charset", b"idna"])
def test_a_label_that_is_no_charset_is_ignored(label: bytes) -> None:
    assert declared_charset(b'<meta charset="' + label + b'">') is None


def test_stray_windows_bytes_in_utf8_are_mended_in_place() -> None:
    data = "Séléka rebels, François said, and Bozizé agreed: ".encode() + b"\x93yes\x94."
    assert decode(data, name="x") == (
        "Séléka rebels, François said, and Bozizé agreed: “yes”.",
        ("decoded:utf-8+cp1252",),
    )


def test_a_character_cut_in_two_at_the_end_is_dropped() -> None:
    assert decode("The price in pounds is five €".encode()[:-1], name="x")[0] == "The price in pounds is five "


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04word/document.xml", "a zip archive or office document"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"\x1f\x8b\x08\x00....", "gzip-compressed data"),
        (b"\x00\x01\x02\x00\x00\xff" * 50, "binary data"),
        (b"\x01\x02\x03\x04\x05\x06" * 50, "control characters"),
        (b"\x81\x8d", "a few bytes that are not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_what_was_seen(data: bytes, seen: str) -> None:
    with pytest.raises(NotText, match=r"^photo\.txt: ") as caught:
        decode(data, name="photo.txt")
    assert seen in caught.value.seen
    assert caught.value.remedy


BYTES = st.one_of(
    st.binary(max_size=400),
    st.binary(max_size=60).map(lambda noise: ENGLISH.encode("utf-8") + noise),
    st.builds(
        lambda text, mark: mark + text.encode("utf-16-le", "surrogatepass"),
        st.text(),
        st.sampled_from([b"", b"\xff\xfe"]),
    ),
    st.binary(max_size=80).map(lambda noise: b'<html><meta charset="big5"><p>' + noise * 3),
)


@given(BYTES, st.sampled_from(["text", "markdown"]))
@example(b"\xff\xfe\x00\xd8", "text")
@example(b"&#xD800;", "text")
def test_any_bytes_give_an_article_or_an_input_error(data: bytes, form: str) -> None:
    made = article_or_error(data, form)
    if isinstance(made, Article):
        made.text.encode("utf-8")  # no broken halves of characters are left
        assert made == Article.of(made.text, **made.model_dump(exclude={"id", "text"}))
    else:
        assert made.where == "x"
        assert made.seen
        assert made.remedy


@given(st.binary(max_size=300).map(lambda noise: b"<html><body><article><p>" + noise + b"</p></article>"))
def test_any_page_gives_an_article_or_an_input_error(data: bytes) -> None:
    assert article_or_error(data, "html")


def article_or_error(data: bytes, form: str) -> Article | InputError:
    try:
        return from_bytes(data, name="x", form=form)
    except InputError as error:
        return error
