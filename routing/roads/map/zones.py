"""Streets for those who have business there: driven into and out of, not through.

A way may begin in such streets and it may end in them. So their edges stand for a
vehicle that has come out of its beginning; copies of them stand for one that has
entered: it stays until the end of its way.
"""

from routing.roads.map.edges import Ints
from routing.roads.map.restrictions import Followers


def enter_zones(
    followers: Followers, edge_of_state: list[int], destination: Ints
) -> None:
    """Add the copies, and the turns into them.

    `destination` (m,) says for which kinds each edge is open for business there only.
    """
    kinds_of = destination.tolist()
    states = len(followers)
    copy_of: dict[int, int] = {}
    for state in range(states):
        if kinds_of[edge_of_state[state]]:
            copy_of[state] = states + len(copy_of)
    for state in copy_of:
        edge_of_state.append(edge_of_state[state])
        kinds = kinds_of[edge_of_state[state]]
        followers.append(
            {
                copy_of[follower]: banned
                | (kinds & ~kinds_of[edge_of_state[follower]])  # it would leave
                for follower, banned in followers[state].items()
                if follower in copy_of
            }
        )
    for state in range(states):
        kinds = kinds_of[edge_of_state[state]]
        for follower, banned in list(followers[state].items()):
            if follower in copy_of:
                followers[state][copy_of[follower]] = banned
                entering = kinds_of[edge_of_state[follower]] & ~kinds
                followers[state][follower] = banned | entering
