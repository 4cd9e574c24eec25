"""Fetch an extract from an address."""

import shutil
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from backend.city.errors import DownloadError
from backend.city.telling import Tell

STEP = "download"
_TIMEOUT_S = 30.0  # without a single byte
_CHUNK_BYTES = 1 << 18
_MB = 1e6
_SCHEMES = ("http", "https")
_HELP = "Nothing was changed; try again, or fetch it otherwise and give the file"


def is_address(source: str) -> bool:
    """Say whether a source is an address and no file."""
    return "://" in source


def download(address: str, out: Path, tell: Tell) -> None:
    """Fetch a file whole.

    Raises
    ------
    DownloadError
        The address cannot be used, does not answer, or ends early.
    """
    if urlsplit(address).scheme.lower() not in _SCHEMES:
        raise DownloadError(f"{address} not understood: an http or https address")
    try:
        _fetch(address, out, tell)
    except HTTPError as error:
        reason = f"the server says {error.code} {error.reason}"
        raise DownloadError(f"{address}: {reason}. {_HELP}") from error
    # HTTPException: the answer is no HTTP; ValueError: the address is no address.
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or str(error) or type(error).__name__
        raise DownloadError(f"{address}: {reason}. {_HELP}") from error


def _fetch(address: str, out: Path, tell: Tell) -> None:
    # S310: the scheme was looked at, and redirections stay within the web.
    request = Request(address, headers={"User-Agent": "ullage"})  # noqa: S310
    with urlopen(request, timeout=_TIMEOUT_S) as reply:  # noqa: S310
        total = _read_total(reply, out)
        done = _copy(reply, out, total=total, tell=tell)
    if total is not None and done != total:
        raise ConnectionError(f"it ended after {done} of {total} bytes")
    tell(STEP, 1.0, _describe(done, total))


def _read_total(reply: HTTPResponse, out: Path) -> int | None:
    """Read how long it will be, and refuse what cannot become an extract."""
    kind = reply.headers.get_content_type()
    if reply.headers.get("Content-Type") and kind.startswith("text/"):
        raise ConnectionError(f"it is a page ({kind}) and no OSM extract")
    said = reply.headers.get("Content-Length", "")
    if not said.isdecimal():
        return None
    free = shutil.disk_usage(out.parent).free
    if int(said) > free:
        raise ConnectionError(f"it has {said} bytes, and {out.parent} room for {free}")
    return int(said)


def _copy(reply: HTTPResponse, out: Path, *, total: int | None, tell: Tell) -> int:
    done = 0
    with out.open("wb") as file:
        while chunk := reply.read(_CHUNK_BYTES):
            file.write(chunk)
            done += len(chunk)
            tell(STEP, done / total if total else 0.0, _describe(done, total))
    return done


def _describe(done: int, total: int | None) -> str:
    of_all = f" of {total / _MB:.1f}" if total is not None else ""
    return f"{done / _MB:.1f}{of_all} MB"
