"""What the demo's real firmware was asked for, and what it makes of it."""

from binnode import desired

from backend.demo.asking import WISHES

PROVISIONED = {
    "device": "esp32-01",
    "networks": {"depot": ""},
    "broker_host": "127.0.0.1",
}


def test_the_demo_shows_a_device_that_goes_by_all_and_one_that_refuses_one():
    answers = {
        device: desired.apply(dict(PROVISIONED), wish)[1]
        for device, wish in WISHES.items()
    }

    assert answers == {
        "esp32-01": {},
        "esp32-02": {"knock_mg": "knock_mg: 0 to 2000 wanted, not 2500"},
    }
