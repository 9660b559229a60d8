#!/bin/sh
# Runs once, when the database is made: the same two roles as in the embedded mode.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname template1 \
    --set owner="$(cat /run/secrets/database_owner)" --set application="$(cat /run/secrets/database)" <<'SQL'
CREATE EXTENSION btree_gist;
CREATE ROLE medborger_owner LOGIN PASSWORD :'owner';
CREATE ROLE medborger LOGIN PASSWORD :'application';
CREATE DATABASE medborger OWNER medborger_owner;
REVOKE ALL ON DATABASE medborger FROM PUBLIC;
GRANT CONNECT ON DATABASE medborger TO medborger;
SQL
