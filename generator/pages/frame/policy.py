"""The content-security policy of every page, in a `<meta>`: no other host, no inline script but the theme's.

The hashes are computed from the theme's own files, never written by hand, and never from a finished page: what a
contributed text could bring into one is not for that allowed.
"""

import base64
import hashlib
import re
from pathlib import Path

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_DATA = re.compile(r"""type\s*=\s*["']?application/(?:ld\+)?json""")


THEME = Path(__file__).parents[2] / "theme"


def write_policy() -> str:
    """One policy for the whole site: the theme's inline scripts hold nothing that changes from page to page."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(THEME.rglob("*.html")))
    codes = {code for text in texts for code in find_inline_scripts(text)}
    hashes = sorted(f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in codes)
    return "; ".join(
        (
            "default-src 'none'",
            # WebAssembly is the search index's; some hosts send this policy as a header, which reaches its worker.
            " ".join(["script-src 'self' 'wasm-unsafe-eval'", *hashes]),
            "style-src 'self'",
            "img-src 'self' data:",  # the theme's icons are masks with data addresses
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",  # the preview of what other sites embed
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def find_inline_scripts(page: str) -> list[str]:
    """The exact text of each script that a browser would run and that has no address."""
    return [
        match["code"]
        for match in _INLINE.finditer(page)
        if "src=" not in match["attributes"] and not _DATA.search(match["attributes"])
    ]


def protect(page: str, rules: str) -> str:
    """The page with its policy first in the head, before anything it must rule."""
    head, opened, rest = page.partition("<head>")
    if not opened:
        raise ValueError("a page of the engine has no <head>")
    return f'{head}{opened}<meta http-equiv="Content-Security-Policy" content="{rules}">{rest}'
