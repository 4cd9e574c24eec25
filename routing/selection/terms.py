"""What else counts at a slot besides its fill: rules, complaints, room beside it."""

from dataclasses import dataclass

_COMPLAINT = 0.25  # judgement: four people who complained count like one overflow more
_MOST_COMPLAINTS = 8
_LEAST_SHARE = 0.3  # of an overflow's cost that is left, however much room is beside it


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotTerms:
    """The terms on which one slot is collected.

    Parameters
    ----------
    max_age_h
        Hours after an emptying when the next is due whatever the fill: hygiene, decay.
    contract_h
        Hours between two emptyings that a contract promises at most.
    overflow_factor
        How much worse an overflow is here than elsewhere: hazard, a school, a monument.
    complaints
        How many people complained of it lately.
    neighbour_room_l
        Litres of room in bins of the same stream within a walk: what does not fit here
        goes there.
    volume_l
        Litres that the bin here holds: how soon that room is used up.
    """

    max_age_h: float | None = None
    contract_h: float | None = None
    overflow_factor: float = 1.0
    complaints: int = 0
    neighbour_room_l: float = 0.0
    volume_l: float = 1000.0

    def __post_init__(self) -> None:
        for name in ("max_age_h", "contract_h"):
            hours = getattr(self, name)
            if hours is not None and not hours > 0:
                raise ValueError(f"{name} = {hours} not understood: must be above 0")
        for name in ("overflow_factor", "complaints", "neighbour_room_l"):
            if getattr(self, name) < 0:
                raise ValueError(
                    f"{name} = {getattr(self, name)} not understood: less than 0"
                )

    @property
    def due_after_h(self) -> float | None:
        """Return the shorter of the limits between two emptyings, if there is one."""
        limits = [h for h in (self.max_age_h, self.contract_h) if h is not None]
        return min(limits, default=None)

    def overflow_weight(self, *, rate_per_day: float) -> float:
        """Return what an overflow weighs here; 1 on plain terms.

        Parameters
        ----------
        rate_per_day
            Mean growth of the fill: what the room beside it has to take.
        """
        daily_l = max(rate_per_day * self.volume_l, 1e-9)
        relief = self.neighbour_room_l / (self.neighbour_room_l + daily_l)
        share = 1.0 - (1.0 - _LEAST_SHARE) * relief
        complaints = min(self.complaints, _MOST_COMPLAINTS)
        return self.overflow_factor * share * (1.0 + _COMPLAINT * complaints)


PLAIN_TERMS = SlotTerms()
