"""Papers on the screen, in a PDF and on a printer: one layout, one painter."""
