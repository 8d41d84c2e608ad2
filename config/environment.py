"""Reads settings from the environment."""

import os

from psycopg.conninfo import conninfo_to_dict


def flag(name: str) -> bool:
    """True where the variable says yes."""
    return os.environ.get(name, "").lower() in {"1", "on", "true", "yes"}


def words(name: str, default: str) -> list[str]:
    """The words of the variable, split at spaces and commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def live_sources(hosts: list[str], *, port: int, https: bool, url: str) -> list[str]:
    """Where pages may listen for live updates: behind a proxy at `url`, else at each host's live port.

    A policy can't name an IPv6 address; a page read from one learns what is new when it is read again.
    """
    if url:
        return [url]
    scheme = "https" if https else "http"
    names = [f"*{host}" if host.startswith(".") else host for host in hosts if not host.startswith("[")]
    return [f"{scheme}://{name}:{port}" for name in names]


def database(url: str, *, kept: bool) -> dict[str, object]:
    """Django's settings for a `postgresql://` address.

    Statements are prepared when they come a second time in a connection (decision 0010); served processes keep a
    connection for each of their threads.
    """
    given = dict(conninfo_to_dict(url))
    options: dict[str, object] = {
        key: value for key, value in given.items() if key not in {"dbname", "user", "password", "host", "port"}
    }
    return {
        "ENGINE": "config.postgres",
        "NAME": given.get("dbname") or "stoa",
        "USER": given.get("user") or "",
        "PASSWORD": given.get("password") or "",
        "HOST": given.get("host") or "",
        "PORT": given.get("port") or "",
        "OPTIONS": {**options, "server_side_binding": True, "prepare_threshold": 1},
        "CONN_MAX_AGE": None if kept else 0,
        "CONN_HEALTH_CHECKS": True,
    }
