# Shared by ./run and ./test: finds the newest Python that fits and brings the checkout up to its lock files.
# As root a system Python is preferred: the unprivileged user that the services run under can read it.

python_fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    if [ "$(id -u)" = 0 ]; then folders="/usr/bin /usr/local/bin"; else folders=""; fi
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        for folder in $folders; do
            if [ -x "$folder/$name" ] && python_fits "$folder/$name"; then
                echo "$folder/$name"
                return
            fi
        done
    done
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && python_fits "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "Medborger needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv" >&2
    return 1
}

install() {
    python=$(find_python) && "$python" -m medborger.embedded.install "$1"
}
