"""What happened reaches a mailbox, in words, and a storm in one mail."""

from datetime import timedelta

from backend.alarms.looking import sweep
from backend.settings import Settings
from backend.store.notifications import (
    load_channels,
)
from tests.alarms.conftest import add, burn, send
from tests.services.alarms import Said, hours, report, serve, stand_at
from tests.services.city import MORNING


def text_of(mail):
    return mail.get_payload(decode=True).decode()


def test_a_mail_says_which_bin_where_what_and_since_when(connection, bins, inbox):
    settings, mails = inbox
    add(connection, "email", "dispatch@example.org")
    burn(connection, bins[0])

    send(connection, settings, now=False)

    mail = mails.get(timeout=5)
    assert mail["To"] == "dispatch@example.org"
    assert mail["From"] == "ullage@example.org"
    assert mail["Subject"] == "[Test city] Fire, Bin T-1, Annankatu 20"
    assert text_of(mail).splitlines()[:4] == [
        "Fire: Bin T-1, Annankatu 20",
        "  70 °C",
        "  since Mon 23 Nov 04:30",
        f"  https://bins.example.org/#bin={bins[0]}",
    ]


def test_a_storm_is_one_mail(connection, bins, inbox):
    settings, mails = inbox
    add(connection, "email", "dispatch@example.org")
    serve(connection, MORNING, MORNING + hours(9))
    stand_at(connection, MORNING + hours(9))
    sweep(connection)

    send(connection, settings, now=False)
    assert mails.empty()  # nothing critical: it may gather for a while
    send(connection, settings)

    mail = mails.get(timeout=5)
    assert mail["Subject"].endswith("Silent, Bin T-1, Annankatu 20 and 2 more")
    assert text_of(mail).count("Silent: Bin ") == 3
    assert mails.empty()


def test_it_is_told_again_as_often_as_asked_until_somebody_sees_to_it(
    connection, bins, inbox
):
    settings, mails = inbox
    add(connection, "email", "dispatch@example.org", kinds=["fire"])
    burn(connection, bins[0])
    subjects = []

    def minutes_later(minutes):
        stand_at(connection, MORNING + timedelta(minutes=minutes))
        sweep(connection)
        send(connection, settings)
        while not mails.empty():
            subjects.append(mails.get()["Subject"].removeprefix("[Test city] "))

    minutes_later(14)
    minutes_later(16)
    minutes_later(17)
    connection.execute("UPDATE alarm SET acknowledged_at = clock_now()")
    minutes_later(60)
    cool = [Said(at=MORNING + hours(each)) for each in (0, 1, 2)]
    report(connection, bins[0], cool)
    minutes_later(180)

    fire = "Fire, Bin T-1, Annankatu 20"
    assert subjects == [fire, f"STILL {fire}", f"OVER: {fire}"]


def test_a_mail_server_that_is_away_loses_nothing(connection, bins, inbox):
    settings, mails = inbox
    add(connection, "email", "dispatch@example.org")
    burn(connection, bins[0])
    nowhere = Settings(
        database="not asked",
        smtp_host="127.0.0.1",
        smtp_port=1,
        smtp_tls="off",
        smtp_from="ullage@example.org",
    )

    send(connection, nowhere)
    (channel,) = load_channels(connection, 1)
    assert (channel.waiting, channel.given_up) == (1, 0)
    assert str(channel.last_error).startswith("mail server 127.0.0.1:1")

    send(connection, settings)
    assert mails.get(timeout=5)["Subject"].startswith("[Test city] Fire")


def test_a_name_with_a_line_break_breaks_no_mail(connection, bins, inbox):
    settings, mails = inbox
    add(connection, "email", "dispatch@example.org")
    connection.execute("UPDATE site SET name = E'Behind\nthe school' WHERE site_id = 1")
    burn(connection, bins[0])

    send(connection, settings)

    assert "Behind the school" in mails.get(timeout=5)["Subject"]
    connection.execute("UPDATE site SET name = address WHERE site_id = 1")
