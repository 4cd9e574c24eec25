"""A real Mosquitto: with the configuration that we ship, and as it comes."""

import getpass
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from signal import SIGHUP

import pytest

from backend.embedded.loopback import HOST, find_free_port, is_listening
from backend.embedded.service import Program
from tests.services.broker import Broker

DEPLOY = Path(__file__).parents[2] / "deploy"
#: settings that are there to be uncommented
OPTIONAL = re.compile(r"^#(?=\w)", re.MULTILINE)
PASSWORD = "for this test only"


class Certificates:
    """A CA of our own, which certifies whoever asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, kind: str, *names: str) -> subprocess.CompletedProcess[str]:
        """Call the script that we ship."""
        return subprocess.run(
            [DEPLOY / "certificate", kind, *names],
            env=os.environ | {"CERTIFICATES": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def ca(self) -> str:
        """Whom both sides trust."""
        return str(self.folder / "ca.crt")

    def of(self, name: str) -> tuple[str, str]:
        """Return a client's certificate and its key."""
        certificate, key = (self.folder / f"{name}.{end}" for end in ("crt", "key"))
        if not certificate.exists():
            made = self.make("client", name)
            assert made.returncode == 0, made.stderr
        return str(certificate), str(key)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mosquitto:
    """The broker as we ship it, and the ways in."""

    port: int
    password_port: int
    folder: Path
    certificates: Certificates
    program: Program

    def way_in(self, user: str) -> Broker:
        """Show the certificate of a user."""
        certificate, key = self.certificates.of(user)
        ca = self.certificates.ca
        return Broker(
            host=HOST, port=self.port, ca=ca, certificate=certificate, key=key
        )

    def also_rule(self, rules: str) -> None:
        """Add to the access list, and let it be read again."""
        with (self.folder / "acl").open("a") as file:
            file.write(rules)
        assert self.program.process is not None
        self.program.process.send_signal(SIGHUP)

    def way_in_by_password(self, user: str, password: str) -> Broker:
        """Come without a certificate, to the listener for those."""
        return Broker(
            host=HOST,
            port=self.password_port,
            user=user,
            password=password,
            ca=self.certificates.ca,
        )


@pytest.fixture(scope="session")
def certificates(
    tmp_path_factory: pytest.TempPathFactory, need_program: Callable[[str], str]
) -> Certificates:
    """The CA of this session, and the broker's certificate."""
    need_program("openssl")
    made = Certificates(tmp_path_factory.mktemp("certificates"))
    assert made.make("server", "localhost", HOST).returncode == 0
    return made


@pytest.fixture
def mosquitto(
    tmp_path: Path, certificates: Certificates, need_program: Callable[[str], str]
) -> Iterator[Mosquitto]:
    """Mosquitto with the very files of `deploy/`; only paths and ports are ours."""
    folder = tmp_path / "mosquitto"
    folder.mkdir()
    for each in ("clients.crt", "server.crt", "server.key"):
        copy(certificates.folder / each, folder)
    copy(DEPLOY / "mosquitto" / "acl", folder)
    port, password_port = find_free_port(), find_free_port()
    text = OPTIONAL.sub("", (DEPLOY / "mosquitto/mosquitto.conf").read_text("utf-8"))
    for ours, theirs in {
        "/mosquitto/config/": f"{folder}/",
        "/mosquitto/data/": f"{folder}/",
        "listener 8883\n": f"listener {port} {HOST}\n",
        "listener 8884\n": f"listener {password_port} {HOST}\n",
    }.items():
        assert ours in text
        text = text.replace(ours, theirs)
    _write_password(need_program("mosquitto_passwd"), folder / "passwords")
    with _running(
        need_program("mosquitto"), folder, text, port, password_port
    ) as program:
        yield Mosquitto(
            port=port,
            password_port=password_port,
            folder=folder,
            certificates=certificates,
            program=program,
        )


@pytest.fixture
def mosquitto_as_it_comes(
    tmp_path: Path, need_program: Callable[[str], str]
) -> Iterator[Broker]:
    """Mosquitto with its own defaults, open to everybody on loopback."""
    port = find_free_port()
    text = f"listener {port} {HOST}\nallow_anonymous true\n"
    with _running(need_program("mosquitto"), tmp_path, text, port):
        yield Broker(host=HOST, port=port)


def _write_password(program: str, path: Path) -> None:
    """Give one bin a password."""
    subprocess.run([program, "-b", "-c", path, "bin-password", PASSWORD], check=True)


@contextmanager
def _running(program: str, folder: Path, text: str, *ports: int) -> Iterator[Program]:
    config = folder / "mosquitto.conf"
    # Who is root would otherwise become a user that may not look into the folder.
    config.write_text(f"{text}\nuser {getpass.getuser()}\n", "utf-8")
    running = Program(
        "mosquitto",
        [program, "-c", str(config)],
        log_path=folder / "mosquitto.log",
        # It opens one after the other, and ends if it cannot have the last.
        is_ready=lambda: all(map(is_listening, ports)),
    )
    running.start()
    yield running
    running.stop()
