"""Homes with all that answering needs in their bundles: built, and documents added to them and removed."""

from functools import partial

from index.homes import home_building, home_documents
from qa.building.artefacts import artefacts

build = partial(home_building.build, artefacts())
"""`build(home, corpus=…)`: see `index.homes.home_building.build`."""
add_documents = partial(home_documents.add_documents, artefacts())
"""`add_documents(home, paths)`."""
remove_document = partial(home_documents.remove_document, artefacts())
"""`remove_document(home, document)`."""
