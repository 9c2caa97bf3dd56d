"""How every test starts the browser: Debian's Chromium without a window, which draws the same pages at less cost."""

from __future__ import annotations

from typing import Any

CHROMIUM: dict[str, Any] = {"executable_path": "/usr/bin/chromium-headless-shell", "args": ["--no-sandbox"]}
