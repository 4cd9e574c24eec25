"""What planning says to people."""

from backend.planning.changes import Changes
from backend.planning.choosing import say_cost


def test_the_changes_are_named_with_their_numbers():
    changes = Changes(open_count=20, moved_count=2, added_count=1, left_out_count=0)

    assert str(changes) == "3 stops changed: 2 moved to another vehicle, 1 added"


def test_no_change_is_news_too():
    changes = Changes(open_count=20, moved_count=0, added_count=0, left_out_count=0)

    assert str(changes) == "none of 20 open stops changed"


def test_the_cost_so_far_is_told_with_what_no_plan_can_be_below():
    assert say_cost(81_234, 64_000) == "812 € so far, at least 640 €"
    assert say_cost(81_234, 0) == "812 € so far"
