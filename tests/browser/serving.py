"""A ledger served on this computer, and Debian's Chromium to look at it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onrecord.ledger import Ledger

ROOT = Path(__file__).parents[2]
DEMO = (ROOT / "examples" / "maroua.jsonl", ROOT / "examples" / "kivu.jsonl")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The map needs WebGL; here there is no graphics card to draw it.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


def chromium() -> str | None:
    """Where Chromium is; None when it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def command(*arguments: str | Path) -> str:
    """What ``onrecord`` with these arguments writes; it must succeed, or set something aside."""
    program = Path(sys.executable).with_name("onrecord")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=600)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"onrecord {' '.join(map(str, arguments))}: {done.returncode}\n{done.stderr}")
    return done.stdout


def demo_ledger(folder: Path) -> Path:
    """A ledger of the example articles and of a file that cannot be read, in this folder."""
    scan = folder / "scan-0017.txt"
    scan.write_bytes(b"")
    command("ingest", *DEMO, scan, "--ledger", folder / "demo.db")
    return folder / "demo.db"


@contextmanager
def serving(ledger: Ledger, **options: Any) -> Iterator[str]:
    """The address of a server of this ledger that lives as long as the block."""
    import uvicorn

    from onrecord.publish.web import create_app

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(ledger, **options), host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
