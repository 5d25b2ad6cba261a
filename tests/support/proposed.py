"""An entry as a stranger proposes it, sound and spoilt."""

NEW = "cops/29/morlaix-cop-fictive.yml"
GOOD = """\
nom: Commission fictive du climat
type: commission-extra-municipale
collectivite: {type: commune, code: "29151", nom: Morlaix}
statut: en-projet
themes: [climat-energie, eau]
resume: Une commission inventée pour les essais, où élus et habitants préparent ensemble les transitions.
contact: {page: "https://exemple.org/"}
inscrite_le: 2026-11-24
"""
BAD = GOOD.replace("inscrite_le: 2026-11-24", "inscrite_le: 24/11/2026").replace("statut: en-projet", "statut: projet")
