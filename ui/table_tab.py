"""The page's tab of tables: an element of our own, drawn in the browser from `/api/tables` (`ui/static/tables`)."""

from ui.live import LiveAssistant
from ui.own_files import PLACE

TITLE = "表"
ELEMENT = "md-tables-tab"
# The element is known to the browser once its module is there; texts of documents come as JSON, never as markup.
_LOAD = f"import(new URL('{PLACE}/tables/table_tab.js', document.baseURI).href)"
# A link to a table, or to a row of one, opens its tab.
OPEN_LINKED = f"""() => {{
  if (new URLSearchParams(location.search).has('table')) document.getElementById('{ELEMENT}-button')?.click();
}}"""


def shown(live: LiveAssistant) -> bool:
    """Tell whether the bundle that is being served has tables."""
    live.refresh()
    return bool(live.assistant.tables)


def tab(live: LiveAssistant) -> None:
    """Draw the tab in an open Gradio context."""
    import gradio as gr

    gr.HTML(
        "<madoguchi-tables></madoguchi-tables>",
        elem_id="md-tables",
        js_on_load=_LOAD,
        apply_default_css=False,
    )
