"""What every response carries and no request may exceed."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.questions import LONGEST

_LARGEST_CALL = 256 * 1024  # bytes of an API call; the longest question and the 50 before it are some 150 KB

# Gradio's page needs inline scripts, inline styles, eval for its templates and blob workers. Nothing needs another host.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' data: blob:; "
    "worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class Guard:
    """ASGI middleware: the browser is told to ask nothing of other hosts, oversized API calls get a 413."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith("/api/") and _length(scope) > _LARGEST_CALL:
            await _refuse(send)
        else:
            await self.app(scope, receive, _guarded(send))


def _length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else _LARGEST_CALL + 1
    return 0


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_HEADERS]
        await send(message)

    return guarded


async def _refuse(send: Send) -> None:
    body = f'{{"detail":"送られたデータが大きすぎます。質問は{LONGEST:,}文字以内にしてください。"}}'.encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
