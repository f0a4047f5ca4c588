"""The page's own scripts and styles, served from its own origin; Gradio serves none but its own."""

from importlib.resources import files

from fastapi import APIRouter, HTTPException, Response

PLACE = "madoguchi"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def own_files_router() -> APIRouter:
    """Return the route to what lies in `ui/static/tables`, by name."""
    folder = files("ui").joinpath("static/tables")
    known = {file.name: file.read_bytes() for file in folder.iterdir() if _type(file.name)}
    router = APIRouter(include_in_schema=False)

    @router.get(f"/{PLACE}/tables/{{name}}")
    async def own_file(name: str) -> Response:
        if name not in known:
            raise HTTPException(404, "このファイルはありません。ページを読み込み直してください。")
        return Response(known[name], media_type=_type(name), headers={"cache-control": "no-cache"})

    return router


def _type(name: str) -> str | None:
    return _TYPES.get(name[name.rfind(".") :])
