"""A provider of identities for tests: it listens on this machine, has keys of its own, and can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa


class Idp(ThreadingHTTPServer):
    """Discovery, keys, authorisation and tokens, with PKCE; each code once. `lies` are put over what it signs."""

    daemon_threads = True

    def __init__(self, kind: str = "RS256") -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.kind, self.client, self.secret = kind, "niangjia", "geheim:mit/zeichen"
        self.turn_keys()
        self.codes: dict[str, dict] = {}
        self.lies: dict = {}
        self.more: dict = {}  # over the discovery document
        self.subject = "emp-10086"
        self.sign = None  # a function from the claims to a token, to forge one
        self.down = False
        self.asked: list[str] = []
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def turn_keys(self) -> None:
        """A new key pair; what the old one signed holds no longer."""
        self.kid = secrets.token_hex(4)
        elliptic = self.kind.startswith("ES")
        self.key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def jwks(self) -> dict:
        of = jwt.algorithms.ECAlgorithm if self.kind.startswith("ES") else jwt.algorithms.RSAAlgorithm
        return {"keys": [json.loads(of.to_jwk(self.key.public_key())) | {"kid": self.kid, "use": "sig", "alg": self.kind}]}

    def authorize(self, url: str) -> str:
        """What the provider does when somebody signs in there: where it sends the browser."""
        said = dict(parse_qsl(urlsplit(url).query))
        assert (said["client_id"], said["response_type"], said["code_challenge_method"]) == (self.client, "code", "S256")
        assert "openid" in said["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = said
        return f"{urlsplit(said['redirect_uri']).path}?code={code}&state={said['state']}"

    def token(self, form: dict, header: str) -> dict | None:
        """The answer to a code; None if anything about it is wrong."""
        given = self.codes.pop(form.get("code", ""), None)
        basic = "Basic " + base64.b64encode(b"niangjia:geheim%3Amit%2Fzeichen").decode()
        post = self.more.get("token_endpoint_auth_methods_supported") == ["client_secret_post"]
        known = form.get("client_secret") == self.secret if post else header == basic
        if given is None or not known or form["redirect_uri"] != given["redirect_uri"]:
            return None
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if challenge != given["code_challenge"]:
            return None
        moment = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client, "sub": self.subject, "iat": moment, "exp": moment + 300, "nonce": given["nonce"]}
        claims = {name: value for name, value in (claims | self.lies).items() if value is not None}
        signed = self.sign(claims) if self.sign else jwt.encode(claims, self.key, self.kind, {"kid": self.kid})
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()


class Asked(BaseHTTPRequestHandler):
    server: Idp

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        here = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            ends = {
                "authorization_endpoint": "/authorize",
                "token_endpoint": "/token",
                "jwks_uri": "/keys",
                "end_session_endpoint": "/leave",
            }
            self.answer({"issuer": here, **{name: here + path for name, path in ends.items()}, **self.server.more})
        elif self.path == "/keys":
            self.answer(self.server.jwks())

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        said = self.server.token(form, self.headers.get("Authorization", ""))
        self.answer(said or {"error": "invalid_grant"}, 200 if said else 400)

    def answer(self, said: dict, code: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(503 if self.server.down else code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass
