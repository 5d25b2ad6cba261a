"""Whether the preview that a proposal attached may be led to: one harmless file and its picture, and nothing else.

The program that wrote it may be that of the proposal, hence anybody's. So its every sign is looked at: the head is the
one that we write, and each `<` begins one of the tags below, whose attributes are those below. What a browser makes of
it is then no question of how cleverly it reads.
"""

import io
import re
import zipfile

ATTACHED = "apercu"
FILES = ("apercu.html", "apercu.png")
MAX_BYTES = 4_000_000  # of the archive and of each file
TAGS = (
    "a abbr article aside b blockquote body br caption cite code dd details div dl dt em figcaption figure h1 h2 h3 h4 "
    "h5 h6 header hr html i kbd li main ol p pre q s section small span strong sub summary sup table tbody td th thead "
    "time tr u ul"
).split()
ATTRIBUTES = "class lang title href datetime start data-md-color-scheme".split()

_HEAD = re.compile(
    r'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">\n'
    r"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n"""
    r'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    r"<title>Aperçu d’une proposition</title>\n<style>([^<]*)</style></head>\n"
)
_TAG = re.compile(rf'</?(?:{"|".join(TAGS)})(?: (?:{"|".join(ATTRIBUTES)})="[^"<>]*")*>')
_ADDRESS = re.compile(r' href="([^"]*)"')
_WHOLE = re.compile(r"(?:https?://|mailto:)[^\s<>]*", re.IGNORECASE)
_LOADS = re.compile(r"@import|url\(|expression\(", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"


def is_harmless(page: str) -> bool:
    """Only the file that `cop apercu` writes: no script, no picture, nothing to load, whole addresses."""
    head = _HEAD.match(page)
    if not head or _LOADS.search(head[1]):
        return False
    body = page[head.end() :]
    addresses = _ADDRESS.findall(body)
    return "<" not in _TAG.sub("", body) and all(map(_WHOLE.fullmatch, addresses))


def is_preview(archive: bytes) -> bool:
    """Whether an archive holds a harmless page, perhaps a picture, and nothing more."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as held:
            names = held.namelist()
            if names.count(FILES[0]) != 1 or len(names) != len(set(names)) or set(names) - set(FILES):
                return False
            files = {}
            for name in names:
                with held.open(name) as file:
                    # The size that an archive announces may lie: what is read decides.
                    files[name] = file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        return False
    if any(len(raw) > MAX_BYTES for raw in files.values()):
        return False
    try:
        sound = is_harmless(files[FILES[0]].decode("utf-8"))
    except UnicodeDecodeError:
        return False
    return sound and files.get(FILES[1], _PNG).startswith(_PNG)
