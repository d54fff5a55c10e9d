"""Web archives (WARC, WARC.GZ): the pages in them, one article each."""

from __future__ import annotations

import io
import zlib
from typing import Any

from onrecord.ingest._article import from_bytes
from onrecord.ingest._hosts import is_address
from onrecord.ingest._options import Named, Options, Rejected, made
from onrecord.records import EmptyInput, NotText, TooLarge, Unreadable

_TAIL = 64_000_000  # so much of the last record is unpacked to see whether the file ends where it should


def read_archive(stream: io.BufferedReader, name: str, options: Options) -> Named:
    """The HTML pages of a web archive; what is no page, or no success, is passed over.

    A page above the limit, however well it was compressed, is set aside before it is unpacked whole.

    Raises
    ------
    NotText: not a web archive. EmptyInput: nothing in it. Unreadable: it breaks off.
    """
    archive = _open(stream, name)
    last = -1
    seekable = stream.seekable()
    while True:
        try:
            record = next(archive, None)
        except OSError as error:
            raise _broken(name, str(error), started=last >= 0) from None
        if record is None:
            break
        last = record.stream_pos
        if _is_page(record):
            yield _page(record, name, options)
    if last < 0:
        raise EmptyInput(name, "a web archive without records", "Give a WARC file with responses in it.")
    if seekable and _breaks_off(stream, last):
        raise _cut(name)


def _open(stream: io.BufferedReader, name: str) -> Any:
    from fastwarc.warc import ArchiveIterator

    try:
        return iter(ArchiveIterator(stream, parse_http=True, auto_decode="transfer", fsspec_args=False))
    except OSError as error:
        raise _broken(name, str(error), started=False) from None


def _is_page(record: Any) -> bool:
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or record.http_headers is None:
        return False
    kind = (record.http_content_type or "").lower()
    return record.http_headers.status_code == 200 and kind in ("text/html", "application/xhtml+xml", "")


def _page(record: Any, name: str, options: Options) -> tuple[str, Any]:
    address = record.headers.get("WARC-Target-URI") or ""
    address = address.strip("<>")
    where = f"{name} ({address or record.stream_pos})"
    limit = options.limits.bytes
    try:
        sent = record.reader.read(limit + 1)
    except OSError as error:
        return where, Rejected(
            where, Unreadable(where, f"a record that cannot be unpacked ({error})", "Fetch it again.")
        )
    if len(sent) < min(record.content_length, limit + 1) and not record.http_headers.get("Transfer-Encoding"):
        seen = f"a page that breaks off after {len(sent):,} of {record.content_length:,} bytes"
        return where, Rejected(where, Unreadable(where, seen, "Fetch the archive again."), sent)
    try:
        data = _unpacked(sent, (record.http_headers.get("Content-Encoding") or "").lower(), limit + 1)
    except ValueError as error:
        return where, Rejected(
            where, NotText(where, f"a page that cannot be unpacked ({error})", "Leave it out."), sent
        )
    if len(data) > limit:
        seen = f"a page of more than {limit:,} bytes"
        return where, Rejected(where, TooLarge(where, seen, "Leave it out, or raise --max-bytes."), data[:limit])
    known = {"url": address if is_address(address) else None, "retrieved": record.headers.get("WARC-Date")}
    charset = record.http_charset
    return where, made(
        where,
        data,
        lambda: from_bytes(data, name=where, form="html", charset=charset, **known, **options.for_article()),
    )


def _unpacked(sent: bytes, encoding: str, limit: int) -> bytes:
    """The body as the page's author wrote it, but no more than ``limit`` bytes of it.

    Unpacked here and not by the archive's reader, which loses its place when a body is left half read.
    """
    if encoding in ("", "identity"):
        return sent
    try:
        if encoding in ("gzip", "x-gzip", "deflate"):
            # Half of those who say deflate leave out the header that belongs to it.
            bare = encoding == "deflate" and sent[:1] and sent[0] & 0x0F != 8
            return zlib.decompressobj(wbits=-15 if bare else 47).decompress(sent, limit)
        if encoding == "br":
            import brotli

            return bytes(brotli.Decompressor().process(sent, output_buffer_limit=limit))
    except Exception as error:  # two libraries, each with errors of its own
        raise ValueError(str(error)) from None
    raise ValueError(f"encoding {encoding!r} is not known")


def _breaks_off(stream: io.BufferedReader, last: int) -> bool:
    """Whether the file ends inside a record: a whole last one is followed by nothing."""
    stream.seek(last)
    head = stream.read(2)
    stream.seek(last)
    if head != b"\x1f\x8b":
        rest = stream.read(_TAIL)
        return not rest.endswith(b"\r\n\r\n") and len(rest) < _TAIL
    unpacker = zlib.decompressobj(wbits=31)
    size = 0
    while size < _TAIL:
        packed = unpacker.unconsumed_tail or stream.read(65_536)
        if not packed:
            return True
        try:
            size += len(unpacker.decompress(packed, 1_000_000))
        except zlib.error:
            return True
        if unpacker.eof:
            return bool(unpacker.unused_data or stream.read(1))
    return False


def _broken(name: str, said: str, *, started: bool) -> Unreadable | NotText:
    if started:
        return _cut(name, f" ({said.lower()})")
    return NotText(name, f"this is no web archive ({said.lower()})", "Give a WARC file, plain or gzip-compressed.")


def _cut(name: str, said: str = "") -> Unreadable:
    return Unreadable(name, f"a web archive that breaks off{said}", "What comes before was read. Fetch the file again.")
