"""Every request passes here first: who may ask, from where, and what every answer carries."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Sequence
from typing import Literal
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from converter.shelf.access import NAME, Access, Session

COOKIE = "chapbook-session"
SAFE = ("GET", "HEAD", "OPTIONS")
OPEN = (
    "/login",
    "/static/",
    "/opds/authentication.json",
    "/users/create",
    "/healthcheck",
)  # what those may see who are not logged in
Way = Literal["page", "basic", "keys"]
WAYS: Sequence[tuple[str, Way]] = (  # how those behind these paths say who they are; all others by a session
    ("/opds", "basic"),
    ("/get/", "basic"),
    ("/cover/", "basic"),
    ("/progression/", "basic"),
    ("/users/", "keys"),
    ("/syncs/", "keys"),
    ("/healthcheck", "keys"),
)
NOT_OURS = (
    "This shelf does not answer under this name. On the machine where it runs, open http://localhost with the port of "
    "this address behind it; from others, open the address that it showed when it was started. If this name is to lead "
    "here, start it with --host-name and this name."
)
SIGNED = "/cover/"  # an address with the right signature lets in
PASSES = "/k/"  # addresses with a pass in them, which is looked at there (devices/codes.py)
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


class Guard:
    """Lets a request through, or answers it. In `scope["state"]` are then `session` (None without one), `nonce` for the
    scripts of a page, `address` of whoever asks."""

    def __init__(
        self, app: ASGIApp, *, access: Access, hosts: Sequence[str], auth_document: Callable[[str], str]
    ) -> None:
        self.app, self.access, self.auth_document = app, access, auth_document
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or lets the application answer."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        state = scope.setdefault("state", {})
        state["nonce"] = nonce
        state["address"] = (scope.get("client") or ("",))[0]
        answer = await run_in_threadpool(self._answer, scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                make_strict(MutableHeaders(scope=message), nonce)
            await send(message)

        await (answer or self.app)(scope, receive, sent)

    def _answer(self, scope: Scope) -> Response | None:
        """What is said to those who are not let through; None for the others."""
        headers, path = Headers(scope=scope), str(scope["path"])
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse(NOT_OURS, 421)
        session = self._session(scope)
        scope["state"]["session"] = session
        way = way_of(path)
        if scope["method"] not in SAFE and way == "page" and not self._comes_from_here(headers):
            return PlainTextResponse("this was sent by another site; nothing was done", 403)
        if not self.access.needed or path.startswith(OPEN) or path.startswith(PASSES) or path == "/k":
            return None
        if path.startswith(SIGNED) and self._is_signed(scope):
            return None
        if session:
            return None if way != "keys" else self._unknown(way, headers, scope)
        return self._unknown(way, headers, scope)

    def _unknown(self, way: Way, headers: Headers, scope: Scope) -> Response | None:
        """The answer to somebody without a session; None where the request itself says the password."""
        address = scope["state"]["address"]
        if way in ("keys", "basic") and _says_password(headers) and (waits := self.access.limiter.waits(address)):
            said = "too many wrong passwords came from there; try again in a while"
            return PlainTextResponse(said, 429, {"retry-after": str(waits)})
        if way == "keys":
            key = headers.get("x-auth-key", "")
            known = bool(key) and self.access.knows_key(key, address)
            return None if known or scope["path"] == "/healthcheck" else _json_error(2001, "Unauthorized")
        if way == "basic":
            if self.access.knows_basic(headers.get("authorization", ""), address):
                return None
            return Response(
                self.auth_document(f"{scope['scheme']}://{headers['host']}"),
                401,
                {"www-authenticate": f'Basic realm="Chapbook ({NAME})", charset="UTF-8"'},
                "application/opds-authentication+json",
            )
        if scope["method"] not in SAFE:
            return PlainTextResponse("log in first", 401)
        query = scope["query_string"].decode("latin-1")
        wanted = f"{scope['path']}?{query}" if query else scope["path"]
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)

    def _is_signed(self, scope: Scope) -> bool:
        """Whether the address says that this shelf made it: reading apps ask for covers without password."""
        key = QueryParams(scope["query_string"]).get("key", "")
        return hmac.compare_digest(key.encode(), self.access.signature(str(scope["path"])).encode())

    def _session(self, scope: Scope) -> Session | None:
        return self.access.session(HTTPConnection(scope).cookies.get(COOKIE, ""))

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header names this shelf: no other name may lead here (DNS rebinding)."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name.lower() in self.hosts

    def _comes_from_here(self, headers: Headers) -> bool:
        """Whether a change was asked for by a page of this shelf, as the browser says."""
        origin, site = headers.get("origin", ""), headers.get("sec-fetch-site", "")
        if origin:
            try:
                return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
            except ValueError:  # no address at all: "http://["
                return False
        return site in ("", "same-origin", "none")


def way_of(path: str) -> Way:
    """How those say who they are who ask for this path: persons by a session, programs otherwise."""
    return next((way for start, way in WAYS if path.startswith(start)), "page")


def _says_password(headers: Headers) -> bool:
    return "x-auth-key" in headers or "authorization" in headers


def make_strict(headers: MutableHeaders, nonce: str) -> None:
    """Adds what every answer carries, where it is not said otherwise."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("content-security-policy", POLICY.format(nonce=nonce))
    headers.setdefault("cache-control", "no-store")


def _json_error(code: int, message: str) -> Response:
    return Response(f'{{"code":{code},"message":"{message}"}}', 401, media_type="application/json")
