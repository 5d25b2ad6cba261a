"""`cop check --format json` on stdin → the code-quality report of GitLab on stdout: messages on the lines of a diff.

GitLab wants a list of {description, check_name, fingerprint, severity, location: {path, lines: {begin}}}; a fingerprint
must differ between two findings, and stay when lines move, so that an old finding is not shown as new.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

SEVERITIES = {"erreur": "major", "avertissement": "minor"}


def report(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The findings of version 1 of the JSON form, as GitLab reads them."""
    seen: Counter[str] = Counter()
    findings = []
    for found in told["problems"]:
        same = f"{found['path']}\0{found['code']}\0{found['message']}"
        seen[same] += 1
        findings.append(
            {
                "description": f"{found['message']} {found['remedy']}",
                "check_name": found["code"],
                "fingerprint": hashlib.sha256(f"{same}\0{seen[same]}".encode()).hexdigest(),
                "severity": SEVERITIES[found["severity"]],
                "location": {"path": found["path"], "lines": {"begin": found["line"]}},
            }
        )
    return findings


if __name__ == "__main__":
    json.dump(report(json.load(sys.stdin)), sys.stdout, ensure_ascii=False, indent=1)
