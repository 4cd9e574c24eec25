"""Whether a part's words, its maker's number and what is reckoned are of one value."""

import re
from collections.abc import Iterator

from hardware.design.parts import Kind, Part
from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "numbers"
# To ohms and microfarads.
_SCALE = {"ohm": 1.0, "kohm": 1e3, "Mohm": 1e6, "pF": 1e-6, "nF": 1e-3, "uF": 1.0}
_ROUNDING = 1e-6
_SAID = re.compile(rf"(\d+(?:\.\d+)?) ({'|'.join(_SCALE)})$")
_RATED = re.compile(r", ([\d.]+) V")
# Yageo RC (-07: a reel of 7 inches) and Vishay CRCW series: 4K7 for 4.7 kohm.
_RESISTOR = re.compile(r"^(?:RC\d{4}FR-07|CRCW\d{4})(\d+)([RKM])(\d*)[LF]")
_LETTER = {"R": 1.0, "K": 1e3, "M": 1e6}
# Murata GRM and Samsung CL series: picofarads as 226, which is 22 and 6 zeros.
_CAPACITOR = re.compile(r"^(?:GRM\w{5}\d[A-Z]|CL\d\d[A-Z])(\d\d)(\d)")


# TI TPS3840: push-pull or open drain, active low or high, tenths of a volt.
_SUPERVISOR = re.compile(r"^TPS3840([PD])([LH])(\d\d)")
_OUTPUTS = {"P": Kind.OUT, "D": Kind.OPEN}


def number_faults(device: Placed) -> Iterator[Fault]:
    """Find resistors, capacitors and supervisors that are bought as something else."""
    for name, part in device.parts.items():
        if part.cut_off_v is not None and not _is_supervisor(part, part.cut_off_v):
            what = f"{part.part_number} does not cut off low at {part.cut_off_v:g} V"
            yield Fault(rule=RULE, where=name, what=f"{what} as its RESET is drawn")
        reckoned = part.ohm or part.uf
        if reckoned is None:
            continue
        numbers = (part.part_number, *part.alternates)
        for words, value in (
            (part.what, _said(part)),
            *((number, _bought(number)) for number in numbers),
        ):
            if value is None:
                yield Fault(rule=RULE, where=name, what=f"what value is {words}?")
            elif abs(value / reckoned - 1) > _ROUNDING:
                what = f"{reckoned:g} is reckoned with, and {words} is {value:g}"
                yield Fault(rule=RULE, where=name, what=what)
        rated = _RATED.search(part.what)
        if part.rated_v is not None and (not rated or float(rated[1]) != part.rated_v):
            what = f"{part.rated_v:g} V is reckoned with, and it is {part.what}"
            yield Fault(rule=RULE, where=name, what=what)


def _is_supervisor(part: Part, cut_off_v: float) -> bool:
    found = _SUPERVISOR.match(part.part_number)
    if not found or "RESET" not in part.pins:
        return False
    output, active, tenths = found.groups()
    is_as_drawn = part.pins["RESET"].kind is _OUTPUTS[output] and active == "L"
    return is_as_drawn and int(tenths) / 10 == cut_off_v


def _said(part: Part) -> float | None:
    found = _SAID.match(part.value)
    return float(found[1]) * _SCALE[found[2]] if found else None


def _bought(number: str) -> float | None:
    if found := _RESISTOR.match(number):
        whole, letter, rest = found.groups()
        return float(f"{whole}.{rest or 0}") * _LETTER[letter]
    if found := _CAPACITOR.match(number):
        digits, zeros = found.groups()
        return float(f"{digits}e{zeros}") * _SCALE["pF"]
    return None
