"""How compiled functions are joined: each is optimised once, inside what Python calls.

numba makes a library of every function, and each time optimises and assembles again
all that the function calls. Inside the engine that is the same work many times over:
here parts stay unoptimised until a whole takes them in.
"""

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder


class _Silent:
    """numba's code generator, but for what a function keeps of Python: nothing."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, _name: str, _environment: object) -> None:
        """Do nothing: the function is not in the machine yet."""


class _Part(JITCodeLibrary):
    """A function that only compiled functions call."""

    @property
    def codegen(self) -> Any:
        return _Silent(self._codegen)

    def finalize(self) -> None:
        self._final_module.verify()
        self._finalized = True

    def get_pointer_to_function(self, _name: str) -> int:
        return 0

    def _get_module_for_linking(self) -> Any:
        """Return the code as it is: as code to be had on demand it could be missed."""
        return self._final_module


class _Whole(JITCodeLibrary):
    """A function that Python calls, with every part that it needs."""

    def finalize(self) -> None:
        functions = self._final_module.functions
        self._own = {each.name for each in functions if not each.is_declaration}
        parts: dict[Any, None] = {}
        _gather(self, parts)
        self._linking_libraries = list(parts)
        super().finalize()

    def _optimize_final_module(self) -> None:
        """Keep the parts to this whole: another whole has its own."""
        for function in self._final_module.functions:
            is_ours = function.name in self._own
            if not (function.is_declaration or is_ours):
                function.linkage = "internal"
        super()._optimize_final_module()


def _gather(library: JITCodeLibrary, parts: dict[Any, None]) -> None:
    for part in library._linking_libraries:  # noqa: SLF001 - a library of ours, or of numba
        if part not in parts:
            parts[part] = None
            if isinstance(part, _Part):
                _gather(part, parts)


class PartCompiler(CompilerBase):
    """Compiles a part."""

    def define_pipelines(self) -> list[Any]:
        """Return numba's own pipeline, with a library of ours at its end."""
        state = self.state
        state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)
        return [DefaultPassBuilder.define_nopython_pipeline(state)]


class WholeCompiler(CompilerBase):
    """Compiles what Python calls."""

    def define_pipelines(self) -> list[Any]:
        """Return numba's own pipeline, with a library of ours at its end."""
        state = self.state
        state.library = _Whole(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return [DefaultPassBuilder.define_nopython_pipeline(state)]
