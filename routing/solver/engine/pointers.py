"""Tables of arrays as compiled code passes them on: an address for each array.

A numpy array is seven numbers to a compiled function, an address is one. With a hundred
tables that is the difference between minutes and seconds of compiling.
"""

from typing import Any

from numba.core import cgutils, types
from numba.core.extending import intrinsic
from numba.np.arrayobj import make_array


def _pointed(kind: Any) -> Any:
    if isinstance(kind, types.Array):
        return types.CPointer(kind.dtype)
    if isinstance(kind, types.NamedTuple):
        return types.NamedTuple(tuple(map(_pointed, kind.types)), kind.instance_class)
    return kind


def _convert(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    if isinstance(kind, types.Array):
        return make_array(kind)(context, builder, value).data
    if isinstance(kind, types.NamedTuple):
        members = cgutils.unpack_tuple(builder, value, len(kind.types))
        pointed = [
            _convert(context, builder, each, member)
            for each, member in zip(kind.types, members, strict=True)
        ]
        return context.make_tuple(builder, _pointed(kind), pointed)
    return value


@intrinsic
def pointers(typing_context: Any, table: Any) -> Any:
    """Return a named tuple with the address of each contiguous array in its place.

    The arrays must outlive the addresses: take them in the function that Python calls.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _convert(context, builder, signature.args[0], arguments[0])

    return _pointed(table)(table), code
