"""Publisher from an address, without asking the network: the part of the host somebody registered."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Second levels that registries run under country codes: "thestar.com.my" is registered under "com.my", "andina.pe"
# directly under "pe". Source: the generic words of the Public Suffix List, https://publicsuffix.org.
_REGISTRY_WORDS = frozenset("ac co com edu go gob gouv gov govt ltd mil ne net nic nom or org plc sch web".split())
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def publisher_of(url: str | None) -> str | None:
    """``https://www.thestar.com.my/news/…`` → ``thestar.com.my``; None when there is no host name."""
    if not is_address(url):
        return None
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or ":" in host or not all(labels):
        return None
    under_registry = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _REGISTRY_WORDS
    return ".".join(labels[-3:] if under_registry else labels[-2:])


def is_address(text: str | None) -> bool:
    """Whether ``text`` is one web address and nothing else."""
    return bool(text and _ADDRESS.fullmatch(text))
