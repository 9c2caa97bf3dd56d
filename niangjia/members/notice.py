"""What applicants are told before they send anything (Personal Information Protection Law 2021, arts 7, 17, 29, 30).

The text stands in `members/notice.html`. Whoever changes what it says gives it another edition and adds the digest: an application keeps the
edition that was agreed to, and the text of each edition can be found in the history of the project.
"""

from __future__ import annotations

EDITION = "2026-1"
DIGESTS = {"2026-1": "7b421af4155244f1"}  # of the template of each edition, without blanks
