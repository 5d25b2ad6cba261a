"""The web manifest: the name, the address and the icons that a telephone takes when one puts the site on its screen."""

import json

from generator.pages.site import Site
from generator.pictures.icons import SIZES

PATH = "site.webmanifest"
INK, PAPER = "#0B3C5D", "#FBF9F4"


def write_manifest(site: Site) -> bytes:
    """Its addresses are relative to it: it holds wherever the site is."""
    settings = site.settings
    manifest = {
        "name": f"{settings.site_name} : l’annuaire des COP locales",
        "short_name": settings.site_name,
        "description": settings.site_description,
        "lang": "fr",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": INK,
        "background_color": PAPER,
        "icons": [
            {"src": f"assets/icone-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in SIZES
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
