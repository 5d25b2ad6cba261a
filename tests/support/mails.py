"""Messages as the programs that people use send them: the same words, written in each one's manner."""

import html
import textwrap
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP

HEADERS = "From: Mairie fictive <mairie@exemple.example>\r\nTo: contact@annuaire.example\r\nSubject: La fiche\r\n"


def plain(text: str, encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = (
        "mairie@exemple.example",
        "contact@annuaire.example",
        "La fiche",
    )
    message.set_content(text, cte=encoding, charset=charset)
    return message.as_bytes()


def raw(text: bytes, kind: str = "text/plain", more: str = "") -> bytes:
    head = f"{HEADERS}MIME-Version: 1.0\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n{more}\r\n"
    return head.encode() + text.replace(b"\n", b"\r\n")


def cut(text: str, width: int, end: str = "") -> str:
    """Each line cut at a blank before so many signs."""
    lines = (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    margins = (line[: len(line) - len(line.lstrip())] for line in text.split("\n"))
    return "\n".join(
        f"{end}\n".join([margin + (rows[0].strip() if rows else ""), *rows[1:]])
        for margin, rows in zip(margins, lines, strict=True)
    )


def flowed(text: str) -> bytes:
    """RFC 3676, as Thunderbird does: cut lines end with a space, and a line that begins with one is given another."""
    stuffed = "\n".join(f" {line}" if line.startswith((" ", ">", "From ")) else line for line in text.split("\n"))
    return raw(cut(stuffed, 72, " ").encode(), "text/plain; charset=UTF-8; format=flowed")


def page(text: str) -> str:
    """As Gmail writes what is pasted: a block a line, no-break spaces in the margin."""
    lines = (html.escape(line) for line in text.split("\n"))
    blocks = "".join(f"<div>{line.replace('  ', '&nbsp; ') or '<br>'}</div>" for line in lines)
    style = "<style>.x { color: red }</style>"
    return f"<!DOCTYPE html><html><head>{style}</head><body><div dir=3D>{blocks}</div></body></html>"


def both(text: str, words: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "mairie@exemple.example", "La fiche"
    message.set_content(words)
    message.add_alternative(page(text), subtype="html")
    return message.as_bytes()


def forwarded(text: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "elu@exemple.example", "TR: La fiche"
    message.set_content("Voyez ci-dessous.\n\n-- \nUn service fictif\n")
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["Subject"] = "mairie@exemple.example", "La fiche"
    inner.set_content(text)
    message.add_attachment(inner)
    return message.as_bytes()


def quoted(text: str) -> bytes:
    lines = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return plain(f"Bonjour, je vous transmets.\n\nLe 24 nov. 2026 à 10:12, Mairie fictive a écrit :\n\n{lines}\n")


def joined(text: str, words: str, name: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "mairie@exemple.example", "La fiche"
    message.set_content(words)
    message.add_attachment(b"\x89PNG" * 200, maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def outlook(text: str) -> bytes:
    """Each line a paragraph, an empty one a no-break space, tags of its own."""
    lines = (html.escape(line).replace("  ", "&nbsp; ") or "&nbsp;" for line in text.split("\n"))
    body = "".join(f"<p class=MsoNormal><span lang=FR>{line}<o:p></o:p></span></p>\n" for line in lines)
    style = "<style><!-- p.MsoNormal { margin: 0cm } --></style>"
    page = f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>{style}</head><body>{body}</body></html>'
    return raw(page.encode("cp1252", "replace"), "text/html; charset=windows-1252")


SIGNED = "\n\n--\nMairie fictive\nTéléphone : 02 99 00 00 00\nCourriel : mairie@exemple.example\n"

MANNERS: Mapping[str, Callable[[str], bytes]] = {
    "quoted-printable": plain,
    "base64": lambda text: plain(text, "base64"),
    "windows": lambda text: raw(text.encode("cp1252", "replace"), "text/plain; charset=iso-8859-1"),
    "windows-1252": lambda text: raw(text.encode("cp1252", "replace"), "text/plain; charset=Windows-1252"),
    "sans-charset": lambda text: raw(text.encode("cp1252", "replace"), "text/plain"),
    "charset-inventé": lambda text: raw(text.encode(), "text/plain; charset=x-inconnu"),
    "flowed": flowed,
    "lignes-coupées": lambda text: raw(cut(text, 74).encode(), "text/plain; charset=utf-8"),
    "html-seul": lambda text: raw(page(text).encode(), "text/html; charset=utf-8"),
    "deux-parties": lambda text: both(text, cut(text, 74)),
    "outlook": outlook,
    "html-et-mots": lambda text: both(text, "Votre programme ne montre pas ce message."),
    "cité": quoted,
    "transféré": forwarded,
    "signé": lambda text: plain(text + SIGNED),
}
"""By manner: the message that says a text."""
