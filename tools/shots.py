"""Pictures of pages: `python -m tools.shots PATH... [--as USER] [--out DIR] [--language en] [--full]`, at 1440 and 360 px.

It says what a reader of pictures would miss: errors of scripts, refused content, and pages wider than the screen.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

WIDTHS = {1440: 900, 360: 780}
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


def signed_in(page: Page, base: str, user: str) -> None:
    """Through the demo's door, by the same form that a person clicks."""
    page.goto(f"{base}/access/demo/")
    page.locator(f'button[name="user"][value="{user}"], form:has(input[name="user"][value="{user}"]) button').first.click()
    page.wait_for_load_state()
    if "/access/demo/" in page.url:
        raise SystemExit(f"{user} could not sign in at {page.url}")


def shoot(browser: Browser, args: argparse.Namespace, width: int) -> int:
    """All pages at one width; answer with how many had something to say."""
    locale = "en-GB" if args.language == "en" else "zh-CN"
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale=locale)
    page, faults = context.new_page(), 0
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    if args.user:
        signed_in(page, args.base, args.user)
    for address in args.paths:
        said.clear()
        answer = page.goto(args.base + address)
        page.wait_for_load_state("networkidle")
        if answer is None or not answer.ok:
            said.append(f"answered {answer.status if answer else 'nothing'}")
        if (over := page.evaluate(WIDER)) > 0:
            said.append(f"{over} px wider than the screen")
        name = re.sub(r"[^\w]+", "-", address).strip("-") or "home"
        page.screenshot(path=args.out / f"{name}-{args.language}-{width}.png", full_page=args.full)
        for one in said:
            print(f"{address} at {width}: {one}")
        faults += bool(said)
    context.close()
    return faults


def main() -> int:
    """Take the pictures; 1 if a page had something to say."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("paths", nargs="+", help="such as /unions/")
    asked.add_argument("--as", dest="user", default="", help="the demo person's user name")
    asked.add_argument("--out", type=Path, default=Path("var/shots"))
    asked.add_argument("--base", default="http://127.0.0.1:8000")
    asked.add_argument("--language", choices=["zh", "en"], default="zh")
    asked.add_argument("--full", action="store_true", help="the whole page, not only the screen")
    args = asked.parse_args()
    chromium = (
        shutil.which("chromium-headless-shell")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        raise SystemExit("There is no Chromium. Run: tools/setup.sh browser")
    args.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            return int(sum(shoot(browser, args, width) for width in WIDTHS) > 0)
        except Error as error:
            raise SystemExit(f"{args.base} could not be pictured: {error.message.splitlines()[0]}") from None
        finally:
            browser.close()


if __name__ == "__main__":
    sys.exit(main())
