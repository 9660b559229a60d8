"""The embedded mode: PostgreSQL, Valkey, web, worker and beat on one machine, with nothing installed beforehand.

install     the locked packages and the built assets (runs on any Python, before the virtual environment exists)
__main__    `./run`: prepares the home, then watches over the five processes
services    PostgreSQL and Valkey for `manage.py` and the tests, whether or not `./run` is up
"""
