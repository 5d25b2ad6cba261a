"""Jinja as our pages need it: French spaces when a template is read, compiled once, filled without detours."""

import contextlib
import hashlib
import keyword
import re
import sys
import traceback
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, NoReturn

import jinja2
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    UndefinedError,
    nodes,
)
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator import french

FOLDER = Path(__file__).parents[2] / "templates"

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HELD = "\ue000"  # of the private use area: no template holds it


def spaced(source: str) -> str:
    """A template with French spaces; what an expression will say is a word among the others: `« {{ nom }} »`."""
    held = iter(_EXPRESSION.findall(source))
    return re.sub(_HELD, lambda _: next(held), french.typographie_html(_EXPRESSION.sub(_HELD, source)))


class _Spaced(FileSystemLoader):
    """Templates are written with plain spaces; their text gets its no-break ones here, before compiling."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, fresh = super().get_source(environment, template)
        return spaced(source), name, fresh


class _Codes(FileSystemBytecodeCache):
    """Templates stay compiled from one build to the next, as Python's modules do; where they cannot, they are not."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _codes() -> _Codes | None:
    # Jinja sees another template, not other options, nor other filters of constants: who edits them starts anew.
    ours = (Path(__file__), Path(__file__).with_name("templates.py"), Path(french.__file__))
    options = hashlib.sha256(b"".join(path.read_bytes() for path in ours)).hexdigest()[:12]
    try:
        return _Codes(pattern=f"cop-{jinja2.__version__}-{options}-%s.cache")
    except (RuntimeError, OSError):  # no folder of our own
        return None


class _Context(Context):
    """Calls directly what wants nothing of Jinja: asking each function, each time, takes longer than most of them.

    Ours are functions and macros: an object that is called, or a StopIteration raised, would not be seen to.
    """

    def call(self, obj: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any) -> Any:
        if hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)
        return obj(*args, **named)


class _Compiler(CodeGenerator):
    """Writes escaped text without making of it a Markup, which is soon joined to the rest, and attributes as they are.

    A key of a dictionary is not an attribute, and an unknown attribute is an error at once. `self` is Jinja's own.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (the library’s name)
        if keyword.iskeyword(node.attr) or (isinstance(node.node, nodes.Name) and node.node.name == "self"):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


def _escaped(value: object) -> str:
    if type(value) is Markup:
        return value
    if type(value) is str and not ("&" in value or "<" in value or ">" in value or "'" in value or '"' in value):
        return value
    return escape(value)


def _is_of_template(error: BaseException) -> bool:
    """Whether it was raised in the code of a template, and not in a function that it calls."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return bool(frames) and "__jinja_template__" in frames[-1][0].f_globals


class _Environment(Environment):
    context_class = _Context
    code_generator_class = _Compiler
    escaped = staticmethod(_escaped)

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """An attribute that a template makes up is an unknown name, told with its line; our own bugs stay bugs."""
        error = sys.exception()
        if isinstance(error, AttributeError) and _is_of_template(error):
            try:
                raise UndefinedError(str(error)).with_traceback(error.__traceback__) from None
            except UndefinedError:
                super().handle_exception(source)
        super().handle_exception(source)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Ours are complete before a template is read: one plain dictionary, where Jinja chains two."""
        return {**self.globals, **(d or {})}


def environment() -> Environment:
    """Our templates by name. An undefined name is an error."""
    return _Environment(
        loader=_Spaced(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_codes(),
    )
