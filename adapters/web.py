"""The web server: whether we are well, and whatever routes the platforms mount."""

from __future__ import annotations

import asyncio
import base64
import gc
import hmac
import logging
import signal
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.faults import told

log = logging.getLogger("itpulse.web")

#: Sentence of what is wrong, or None when all is well.
Ready = Callable[[], Awaitable[str | None]]

#: Bytes; the largest payload a platform sends is far below.
LARGEST_BODY = 1_000_000


def application(ready: Ready, password: str | None = None) -> web.Application:
    """`/healthz` says the process runs, `/readyz` that it can do its work."""
    gates: list[Middleware] = [quiet]
    if password:
        gates.append(guard(password))
    app = web.Application(middlewares=gates, client_max_size=LARGEST_BODY)

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        wrong = await ready()
        return web.json_response({"ready": not wrong, "wrong": wrong}, status=503 if wrong else 200)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app


@web.middleware
async def quiet(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A bug is logged once, here, by where it happened: its message may hold somebody's words."""
    try:
        return await handler(request)
    except (web.HTTPException, asyncio.CancelledError):
        raise
    except Exception as error:
        name = base64.b32encode(hmac.digest(b"", repr(id(error)).encode(), "sha256"))[:8].decode()
        log.error("bug %s: %s", name, told(error))
        said = f"Something went wrong on our side (number {name}). Nothing was changed."
        return web.json_response({"error": said}, status=500)


def guard(password: str) -> Middleware:
    """Lets in whoever knows the password, under any name; health is open to all."""
    wanted = password.encode()

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        said = request.headers.get("Authorization", "").removeprefix("Basic ")
        try:
            given = base64.b64decode(said).partition(b":")[2]
        except ValueError:
            given = b""
        if request.path in ("/healthz", "/readyz") or hmac.compare_digest(given, wanted):
            return await handler(request)
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="ITPulse"'})

    return guarded


async def serve(app: web.Application, host: str, port: int, said: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; `said` gets the address once it is reachable."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, shutdown_timeout=5)
        await site.start()
        shown = f"[{host}]" if ":" in host else host
        said(f"http://{shown}:{_port(runner, port)}/")
        # What start-up has made stays for good. Looking through it for garbage would keep everybody
        # waiting for a tenth of a second every few hundred answers.
        gc.freeze()
        await _stopped()
    finally:
        await runner.cleanup()


def _port(runner: web.AppRunner, asked: int) -> int:
    """The port in use: where 0 was asked for, the system chose one."""
    return next((address[1] for address in runner.addresses), asked)


async def _stopped() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await stop.wait()
