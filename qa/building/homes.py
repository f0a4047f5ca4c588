"""Homes with all that answering needs in their bundles: built, and documents added to them and removed."""

from functools import partial

from index.homes import adding, folder_watch, home_building, removing
from qa.building.artefacts import artefacts

build = partial(home_building.build, artefacts())
"""`build(home, corpus=…)`: see `index.homes.home_building.build`."""
add_documents = partial(adding.add_documents, artefacts())
"""`add_documents(home, paths)`."""
remove_documents = partial(removing.remove_documents, artefacts())
"""`remove_documents(home, documents)`."""
remove_document = partial(removing.remove_document, artefacts())
"""`remove_document(home, document)`."""
erase_document = partial(removing.erase_document, artefacts())
"""`erase_document(home, document)`."""
watch_folder = partial(folder_watch.FolderWatch, artefacts())
"""`watch_folder(home, folder, tell)`: see `index.homes.folder_watch.FolderWatch`."""
