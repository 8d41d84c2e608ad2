"""A small OpenID provider on loopback for tests: real addresses, real keys, real tokens."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "stoa", "a-secret-between-the-two-sites"
KEY, STRANGERS_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


@dataclass
class Provider:
    """What it says of whoever signs in; `claims` replace those of the token, `key` signs it."""

    address: str = ""
    person: dict[str, object] = field(default_factory=dict)
    claims: dict[str, object] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = KEY
    with_token: bool = True
    _asked: dict[str, str] = field(default_factory=dict)

    def allow(self, asked: str) -> dict[str, str]:
        """Somebody signed in there and agreed: what their browser brings back to us."""
        self._asked = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        return {"code": "one-time-code", "state": self._asked["state"]}

    def page(self, path: str) -> dict[str, object]:
        """What anybody may read."""
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}
        if path == "/person":
            return self.person
        names = {"authorization_endpoint": "door", "token_endpoint": "token", "jwks_uri": "keys"}
        pages: dict[str, object] = {name: f"{self.address}/{page}" for name, page in names.items()}
        return {"issuer": self.address, "userinfo_endpoint": f"{self.address}/person", **pages}

    def token(self, sent: dict[str, str]) -> dict[str, object] | None:
        """The token for a code; nothing for whoever isn't the one that the code was made for."""
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (sent["code"], proof) != ("one-time-code", self._asked.get("code_challenge")):
            return None
        now = int(time.time())
        facts = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self._asked.get("nonce", "")}
        signed = jwt.encode({**facts, **self.person, **self.claims}, self.key, "RS256", headers={"kid": "one"})
        return {"access_token": "key", "token_type": "Bearer", **({"id_token": signed} if self.with_token else {})}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that serves for the length of the block."""
    it = Provider()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(it.page(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(it.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, words: dict[str, object] | None) -> None:
            body = json.dumps(words or {"error": "invalid_grant"}).encode()
            self.send_response(200 if words else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        it.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield it
        server.shutdown()
