"""Serves the gateway, with a log that does not tell who asked for what."""

import resource

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.limits.protocol import guarded
from api.settings import Settings, settings
from knowledge.log_lines import install
from knowledge.settling import settle

SPARE_FILES = 256  # beside the connections: the database, Rasa, what is read from disk


def server(app: FastAPI, chosen: Settings) -> uvicorn.Server:
    """The server as an operator set it: what it believes of proxies, and what it holds at most."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=chosen.gateway_host,
            port=chosen.gateway_port,
            http=guarded(chosen.most_connections, chosen.forwarded_allow_ips),
            ws="none",
            proxy_headers=True,
            forwarded_allow_ips=chosen.forwarded_allow_ips,
            access_log=False,
            log_config=None,
            log_level="error",  # each request that cannot be read is a warning, and a flood of them would fill the disk
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )


def allow_files(connections: int) -> None:
    """Raise the number of files that this process may have open, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def main() -> None:
    """Serve until stopped."""
    install("gateway", settings().log_level)
    allow_files(settings().most_connections)
    served = server(create_app(), settings())
    settle()
    served.run()


if __name__ == "__main__":
    main()
