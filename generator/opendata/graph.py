"""A small graph of linked data, and its two ways of being written: JSON-LD and RDF/XML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import orjson

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Ref:
    """The address of a thing."""

    uri: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in French; of a `kind` (`xsd:date`…), a value without a language."""

    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its class, its address (empty where it has none), and what is said of it in order."""

    kind: str
    uri: str
    properties: tuple[tuple[str, "Ref | Text | Node"], ...]


def write_jsonld(node: Node) -> bytes:
    context = {name: uri for name, uri in PREFIXES.items() if name != "rdf"}
    return orjson.dumps({"@context": context} | _as_json(node), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _as_json(value: Ref | Text | Node) -> dict[str, Any]:
    if isinstance(value, Ref):
        return {"@id": value.uri}
    if isinstance(value, Text):
        return {"@value": value.value} | ({"@type": value.kind} if value.kind else {"@language": "fr"})
    said: dict[str, list[Any]] = {}
    for name, one in value.properties:
        said.setdefault(name, []).append(_as_json(one))
    return ({"@id": value.uri} if value.uri else {}) | {"@type": value.kind} | said


def write_rdfxml(node: Node) -> bytes:
    root = ElementTree.Element(_tag("rdf:RDF"))
    _add_node(root, node)
    ElementTree.indent(root)
    for name, uri in PREFIXES.items():
        ElementTree.register_namespace(name, uri)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _add_node(parent: ElementTree.Element, node: Node) -> None:
    about = {_tag("rdf:about"): node.uri} if node.uri else {}
    element = ElementTree.SubElement(parent, _tag(node.kind), about)
    for name, value in node.properties:
        if isinstance(value, Ref):
            ElementTree.SubElement(element, _tag(name), {_tag("rdf:resource"): value.uri})
        elif isinstance(value, Text):
            ElementTree.SubElement(element, _tag(name), _describe_text(value)).text = value.value
        else:
            _add_node(ElementTree.SubElement(element, _tag(name)), value)


def _describe_text(text: Text) -> dict[str, str]:
    if text.kind:
        prefix, _, name = text.kind.partition(":")
        return {_tag("rdf:datatype"): f"{PREFIXES[prefix]}{name}"}
    return {"{http://www.w3.org/XML/1998/namespace}lang": "fr"}


def _tag(name: str) -> str:
    prefix, _, own = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{own}"


def list_said(*properties: tuple[str, Ref | Text | Node | None]) -> tuple[tuple[str, Ref | Text | Node], ...]:
    """Those that say something."""
    return tuple((name, value) for name, value in properties if value is not None)


def join_said(*groups: Iterable[tuple[str, Ref | Text | Node]]) -> tuple[tuple[str, Ref | Text | Node], ...]:
    return tuple(pair for group in groups for pair in group)
