"""Reports: self-contained pages, Markdown."""
