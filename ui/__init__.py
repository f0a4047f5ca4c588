"""The faces: web page, HTTP API, command line. Nothing imports this folder."""
