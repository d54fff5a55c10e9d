"""Fetching, only ever on request: http and https, with limits of time, size and redirects, no private addresses.

The name is looked up once, every address it has is judged, and the connection goes to the address that was judged: a
name that means something else a moment later changes nothing. Each redirect goes through the same gate.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.ingest._options import Named, Options, Rejected, made
from onrecord.records import InputError, TooLarge, Unreadable

_AGENT = "onrecord (reads news; https://pypi.org/project/onrecord)"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, from where after redirects."""

    data: bytes
    url: str
    content_type: str
    charset: str | None


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What may be fetched, and how much of it.

    Parameters
    ----------
    allow_private: also addresses of this computer and of private networks.
    seconds: for everything about one address, redirects and all.
    """

    allow_private: bool = False
    seconds: float = 30.0
    max_bytes: int = 20_000_000
    redirects: int = 5

    def get(self, url: str) -> Fetched:
        """Fetch one address.

        Raises
        ------
        Unreadable: it may not or cannot be fetched. TooLarge: more than the limit.
        """
        end = time.monotonic() + self.seconds
        asked = url
        for _ in range(self.redirects + 1):
            parts, port = _judge(asked, url)
            address = _look_up(parts.hostname or "", port, url, allow_private=self.allow_private)
            connection = _connect(parts, port, address, end, url)
            try:
                target = self._ask(connection, parts, end, url, asked)
            finally:
                connection.close()
            if isinstance(target, Fetched):
                return target
            asked = urljoin(asked, target)
        raise Unreadable(url, f"more than {self.redirects} redirects", "Give the address it should lead to.")

    def page(self, url: str, options: Options, *, published: str | None = None) -> Named:
        """The article of one page, or why there is none.

        ``published`` is what the list that leads there says; a page that is too old or had before is not fetched.
        """
        if url in options.had:
            options.tally.known += 1
            return
        if options.since and published and published[:10] < options.since:
            options.tally.older += 1
            return
        try:
            yield from self.made(self.get(url), url, options)
        except InputError as error:
            yield url, Rejected(url, error)

    def made(self, got: Fetched, url: str, options: Options) -> Named:
        """The article of what was fetched."""
        from onrecord.ingest._article import from_bytes

        form = "text" if got.content_type.startswith("text/plain") else "html"
        known = {"charset": got.charset, "url": got.url, **options.for_article()}
        yield url, made(url, got.data, lambda: from_bytes(got.data, name=url, form=form, **known))

    def _ask(
        self, connection: http.client.HTTPConnection, parts: Any, end: float, url: str, asked: str
    ) -> Fetched | str:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        # A server that sends a byte now and then passes every single time-out; the whole has one of its own.
        clock = threading.Timer(max(0.1, end - time.monotonic()), _hang_up, [connection.sock])
        clock.daemon = True
        clock.start()
        try:
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"})
            answer = connection.getresponse()
            if answer.status in _REDIRECTS and (target := answer.getheader("Location")):
                return target
            if answer.status != 200:
                raise Unreadable(url, f"the server answered {answer.status} {answer.reason}", "Check the address.")
            data = self._read(answer, url)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            if time.monotonic() >= end:
                raise _slow(url, self.seconds) from None
            raise Unreadable(url, f"the connection failed ({error})", "Try again later.") from None
        finally:
            clock.cancel()
        if time.monotonic() >= end:
            raise _slow(url, self.seconds)
        kind = answer.headers.get_content_type()
        return Fetched(data, asked, kind, answer.headers.get_content_charset())

    def _read(self, answer: http.client.HTTPResponse, url: str) -> bytes:
        """The body, unpacked as it comes: no long answer gets through, nor a small one that unpacks to a long one."""
        unpack = zlib.decompressobj(wbits=47) if answer.getheader("Content-Encoding", "").lower() == "gzip" else None
        data = bytearray()
        while chunk := answer.read1(65_536):
            data += unpack.decompress(chunk, self.max_bytes + 1 - len(data)) if unpack else chunk
            if len(data) > self.max_bytes or (unpack and unpack.unconsumed_tail):
                raise TooLarge(
                    url, f"more than {self.max_bytes:,} bytes", "Fetch it yourself and give the part you want."
                )
        return bytes(data)


def _judge(asked: str, url: str) -> tuple[Any, int]:
    try:
        parts = urlsplit(asked)
        port = parts.port
    except ValueError:
        raise Unreadable(url, f"{asked!r} is no address", "Check the address.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreadable(url, f"{asked!r} is neither http nor https", "Only web addresses are fetched.")
    return parts, port or (443 if parts.scheme == "https" else 80)


def _look_up(host: str, port: int, url: str, *, allow_private: bool) -> str:
    """The address to connect to; one bad address among several refuses the name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        reason = error.strerror or "not known"
        raise Unreadable(
            url, f"the host {host} is not found ({reason})", "Check the address and the connection."
        ) from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not allow_private and not _is_public(address):
            seen = f"it leads to {host} at {address}, an address of this computer or a private network"
            raise Unreadable(url, seen, "Give --allow-private if that is meant.")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed in _NAT64:
            return _is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inner is not None:
            parsed = inner
    return parsed.is_global and not parsed.is_multicast


def _connect(parts: Any, port: int, address: str, end: float, url: str) -> http.client.HTTPConnection:
    host = parts.hostname
    left = max(0.1, end - time.monotonic())
    try:
        sock = socket.create_connection((address, port), timeout=left)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    except TimeoutError:
        raise Unreadable(url, f"{host} does not answer", "Try again later.") from None
    except OSError as error:
        raise Unreadable(url, f"no connection to {host} ({error})", "Try again later.") from None
    connection = http.client.HTTPConnection(host, port, timeout=left)
    connection.sock = sock
    return connection


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _slow(url: str, seconds: float) -> Unreadable:
    return Unreadable(url, f"it takes longer than {seconds:g} seconds", "Try again later, or fetch it yourself.")
