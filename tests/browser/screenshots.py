"""Pictures of every page, light and dark, desktop and phone: `make screenshots`, or

python -m tests.browser.screenshots [FOLDER] [--ledger FILE] [--only NAME …]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from onrecord.ledger import open_ledger
from tests.browser.serving import ARGUMENTS, ROOT, chromium, demo_ledger, serving

SIZES = {"desktop": (1360, 900), "phone": (390, 844)}


def pages(address: str, ledger_file: Path) -> dict[str, str]:
    """The pages to take, by the name of the picture."""
    with open_ledger(ledger_file, read_only=True) as ledger:
        told = max(ledger.events(limit=1000), key=lambda event: (event.independent_sources, event.id))
    found = {
        "overview": "/",
        "events": "/events",
        "events-filtered": "/events?type=ASSAULT&status=happened&since=2024-05-01",
        "events-none": "/events?party=nobody",
        "claims": "/claims",
        "timeline": "/timeline",
        "network": "/network",
        "map": "/map",
        "sources": "/sources",
        "articles": "/articles",
        "article": f"/articles/{told.article_id}",
        "event": f"/events/{told.id}",
        "search": "/search?text=convoy",
        "set-aside": "/set-aside",
        "review": "/review",
        "disagreements": "/review/disagreements",
    }
    return {name: address + path for name, path in found.items()}


def take(folder: Path, ledger_file: Path, only: list[str]) -> list[str]:
    """Takes the pictures; gives what browsers complained of."""
    from playwright.sync_api import sync_playwright

    complaints: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    with open_ledger(ledger_file) as ledger, serving(ledger) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        wanted = {name: url for name, url in pages(address, ledger_file).items() if not only or name in only}
        for size, (width, height) in SIZES.items():
            for theme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=theme, has_touch=size == "phone"
                )
                page = context.new_page()
                page.on(
                    "console", lambda message: _note(complaints, message.type, message.text, message.location["url"])
                )
                page.on("pageerror", lambda error: complaints.append(str(error)))
                for name, url in wanted.items():
                    page.goto(url, wait_until="networkidle")
                    page.wait_for_timeout(1500 if name in ("map", "network", "claims") else 100)
                    if name == "map":
                        page.wait_for_selector("[data-settled], .empty", timeout=60_000)
                    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    if wide > 0:
                        complaints.append(f"{name}, {size}: {wide} pixels wider than the screen")
                    page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
                context.close()
        browser.close()
    return complaints


def _note(complaints: list[str], kind: str, text: str, url: str) -> None:
    if kind in ("error", "warning") and "GPU stall" not in text and "WebGL" not in text:
        complaints.append(f"{url}: {text}")


def main() -> None:
    """Take the pictures of the demonstration, or of a ledger of one's own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--only", nargs="+", default=[])
    options = parser.parse_args()
    if chromium() is None:
        sys.exit("Chromium is not installed (apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder:
        complaints = take(options.folder, options.ledger or demo_ledger(Path(folder)), options.only)
    print("\n".join(dict.fromkeys(complaints)) or "no complaints from the browser")
    print(f"pictures are in {options.folder}")


if __name__ == "__main__":
    main()
