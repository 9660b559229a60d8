"""Is the web server of this container ready? Exit code 0 if so."""

import http.client
import os
import sys

host = os.environ["ALLOWED_HOSTS"].partition(",")[0].strip()
connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=8)
connection.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != http.HTTPStatus.OK)
