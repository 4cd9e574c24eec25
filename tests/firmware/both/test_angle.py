from math import cos, radians, sin

from binnode.sensors.angle import tilt_from_gravity

ONE_G = 16000


def test_every_degree_is_right_within_one():
    for deg in range(181):
        across, along = sin(radians(deg)) * ONE_G, cos(radians(deg)) * ONE_G
        for share in (0, 0.6, 1):
            x, y = across * share, across * (1 - share**2) ** 0.5
            assert abs(tilt_from_gravity(int(x), int(y), int(along)) - deg) <= 1


def test_upright_lying_and_upside_down_are_exact():
    assert tilt_from_gravity(0, 0, ONE_G) == 0
    assert tilt_from_gravity(ONE_G, 0, 0) == 90
    assert tilt_from_gravity(0, 0, -ONE_G) == 180


def test_no_gravity_is_not_measured():
    assert tilt_from_gravity(0, 0, 0) == 255
