"""The benchmark: `make bench`. What each page and act costs on an installation of its own, through the real web server."""
