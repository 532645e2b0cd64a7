"""Cancels one order with a Python client, or calls another method of the SDK; what to do comes as JSON on standard
input.

Each client is imported only where it is used: the SDK takes a second.
"""

import hashlib
import json
import sys
import uuid
from urllib.parse import unquote, urlencode

import jwt


def with_sdk(order, setting):
    """The official SDK."""
    import upbit.lib.jwt_auth as sdk_auth
    from upbit import Upbit

    if setting["nonce"]:
        sdk_auth.uuid.uuid4 = lambda: setting["nonce"]
    sdk_auth.unquote = lambda text: unquote(text) + setting["alteration"]
    client = Upbit(
        access_key=setting["accessKey"],
        secret_key=setting["secretKey"],
        base_url=setting["baseUrl"],
        max_retries=0,
    )
    getattr(client.orders, setting.get("method", "cancel"))(**order)


def with_requests(order, setting):
    """PyJWT and requests, by the recipe of Upbit's documentation: hash the unquoted query."""
    import requests

    query = unquote(urlencode(order, doseq=True)) + setting["alteration"]
    claims = {
        "access_key": setting["accessKey"],
        "nonce": setting["nonce"] or str(uuid.uuid4()),
        "query_hash": hashlib.sha512(query.encode()).hexdigest(),
        "query_hash_alg": "SHA512",
    }
    token = jwt.encode(claims, setting["secretKey"], algorithm=setting["algorithm"])
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    response = requests.delete(f"{setting['baseUrl']}/v1/order", params=order, headers=headers, timeout=10)
    if not response.ok:
        raise SystemExit(f"{response.status_code} {response.json()['error']['name']}")


job = json.load(sys.stdin)
{"sdk": with_sdk, "requests": with_requests}[job["client"]](job["order"], job["setting"])
