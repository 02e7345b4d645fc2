"""Frozen values that are cheap to define: what `@dataclass(frozen=True, slots=True)` makes, in a fifth of the time.

The standard decorator compiles six methods a class, half a millisecond; the program defines a hundred such classes
before it reads a word. Here only `__init__` is compiled, the other methods are shared. Fields, `replace`, `fields`,
`asdict`, matching by position and type checking are the standard library's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from dataclasses import MISSING, FrozenInstanceError
    from operator import attrgetter

    def dataclass(*, frozen: bool, slots: bool):
        """The decorator: both must be True. No `__post_init__`, no inheritance between such classes, no ordering."""
        if not (frozen and slots):
            raise TypeError("a record is frozen and has slots; use dataclasses.dataclass for others")
        return _record

    def _record(cls):
        own = set(cls.__dict__)
        cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
        fields = dataclasses.fields(cls)
        methods = {"__init__": _init(cls, fields), "__setattr__": _set, "__delattr__": _delete, "__reduce__": _reduce}
        compared = [f.name for f in fields if f.compare]
        values = _getter(compared)

        def __eq__(self, other):  # noqa: N807
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):  # noqa: N807
            return hash(values(self))

        for name, method in (("__eq__", __eq__), ("__hash__", __hash__), ("__repr__", _repr)):
            if name not in own or (name == "__hash__" and "__eq__" in own and cls.__hash__ is None):
                methods[name] = method
        for name, method in methods.items():
            setattr(cls, name, method)
        return cls

    def _init(cls, fields):
        """The one method that is compiled: it runs for every value made."""
        scope = {"_missing": MISSING}
        parameters, lines = [], []
        for field in fields:
            name = field.name
            scope[f"_set_{name}"] = cls.__dict__[name].__set__
            value = name
            if field.default is not MISSING:
                scope[f"_default_{name}"] = field.default
                parameters.append(f"{name}=_default_{name}")
            elif field.default_factory is not MISSING:
                scope[f"_new_{name}"] = field.default_factory
                parameters.append(f"{name}=_missing")
                value = f"_new_{name}() if {name} is _missing else {name}"
            else:
                parameters.append(name)
            lines.append(f" _set_{name}(self, {value})")
        body = "\n".join(lines) or " pass"
        exec(f"def __init__(self, {', '.join(parameters)}):\n{body}", scope)  # names of fields only
        init = scope["__init__"]
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        return init

    def _getter(names):
        """All these attributes as a tuple."""
        if len(names) == 1:
            return lambda self: (getattr(self, names[0]),)
        return attrgetter(*names) if names else lambda _: ()

    def _set(_self, name, _value):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(_self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _reduce(self):
        return type(self), tuple(getattr(self, f.name) for f in dataclasses.fields(self))

    def _repr(self):
        shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
        return f"{type(self).__qualname__}({shown})"


__all__ = ["dataclass"]
