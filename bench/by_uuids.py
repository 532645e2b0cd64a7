"""Cancels orders with the official SDK, 20 a request. Keys and orders come as JSON on standard input.

Prints how many seconds it took, and how many orders were canceled.
"""

import json
import sys
import time

from upbit import Upbit

job = json.load(sys.stdin)
client = Upbit(
    access_key=job["accessKey"],
    secret_key=job["secretKey"],
    base_url=job["baseUrl"],
    max_retries=0,
)
uuids = job["uuids"]
canceled = 0
since = time.perf_counter()
for start in range(0, len(uuids), 20):
    canceled += client.orders.cancel_by_uuids(uuids=uuids[start : start + 20]).success.count
print(json.dumps({"seconds": time.perf_counter() - since, "canceled": canceled}))
