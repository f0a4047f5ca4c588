"""Gradio's page says that it is English, and speaks the browser's language: here both are Japanese."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's front end takes its words, and the page's `lang`, from the browser's first language.
_SPEAKS = b"<script>Object.defineProperty(navigator, 'language', { value: 'ja' });</script>"


def in_japanese(page: bytes) -> bytes:
    """Return Gradio's page with its language set before any of its scripts runs."""
    return page.replace(b'lang="en"', b'lang="ja"', 1).replace(b"<head>", b"<head>" + _SPEAKS, 1)


class Japanese:
    """ASGI middleware for the page at `/`; everything else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = scope["type"] == "http" and scope["path"] == "/" and scope["method"] == "GET"
        await self.app(scope, receive, _translated(send) if page else send)


def _translated(send: Send) -> Send:
    start: Message = {}
    body = b""

    async def translated(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
            return
        body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = in_japanese(body)
        headers = [pair for pair in start["headers"] if pair[0] != b"content-length"]
        await send({**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
        await send({"type": "http.response.body", "body": page})

    return translated
