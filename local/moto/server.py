"""moto's server with two paths more.

GET /_hangar/resources lists whatever any emulated service still holds.
GET /_hangar/secrets/KEY gives the secret of an emulated access key: the EKS token webhook checks signatures with it.
Usage: server.py PORT
"""

import json
import os
import signal
import sys

from corrections import deny_no_more_than_meant, forget_automated_snapshots, tell_clusters_apart
from inventory import inventory, remember_baselines
from moto.core.base_backend import BackendDict
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple


def secret_of(access_key):
    """The secret of an emulated user's or role session's access key; None when nobody has that key."""
    for backends in list(BackendDict._instances):
        if backends.service_name not in ("iam", "sts"):
            continue
        for _, _, backend in list(backends.iter_backends()):
            for session in getattr(backend, "assumed_roles", []):
                if session.access_key_id == access_key:
                    return session.secret_access_key
            for user in getattr(backend, "users", {}).values():
                for key in user.access_keys:
                    if key.access_key_id == access_key and key.status == "Active":
                        return key.secret_access_key
    return None


def main():
    port = int(sys.argv[1])
    os.environ["MOTO_PORT"] = str(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    remember_baselines()
    forget_automated_snapshots()
    deny_no_more_than_meant()
    tell_clusters_apart()
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/_hangar/resources":
            answer = inventory()
        elif path.startswith("/_hangar/secrets/"):
            answer = {"secret": secret_of(path.removeprefix("/_hangar/secrets/"))}
        else:
            return moto(environ, start_response)
        body = json.dumps(answer).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    run_simple("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)


if __name__ == "__main__":
    main()
