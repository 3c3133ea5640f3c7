"""Records answers of the Oz API that pass through mitmproxy, for oz-status check.

    mitmdump -s oz_status_recorder.py --set oz_recording=session.ndjson

Each answer of the folder and analysis routes becomes one line with times, method, address, status and, of the body,
only what the check reads: no header, no query, no media, no personal data. Lines are appended to the file.
"""

import json
import math
import re
import sys
from datetime import datetime, timezone
from urllib.parse import parse_qsl, urlsplit

from mitmproxy import ctx

# Tables: npm run generate writes them.
ROUTE = re.compile(r"^.*/api/(?:folders|instant/folders|folders/(?P<folder>[^/]+)|folders/(?P<owner>[^/]+)/analyses|analyses/(?P<analysis>[^/]+))/?$")
METHODS = {"GET", "POST", "PATCH", "PUT"}
KINDS = {"QUALITY", "BIOMETRY", "DOCUMENTS", "COLLECTION", "BLACKLIST"}

# What is looked for: the value, the elements of a list, those of a list or by name, its folder, or only the presence.
FIELDS = {
    "folder_id": "value",
    "resolution_status": "value",
    "system_resolution": "value",
    "analyses": "members",
    "analyse_id": "value",
    "analysis_id": "value",
    "group_id": "value",
    "type": "value",
    "state": "value",
    "resolution": "value",
    "results_data": "presence",
    "event_session_id": "value",
    "result_json": "folder",
    "items": "list",
    "error_code": "presence",
    "error_message": "presence",
}
DEEPEST = 3
NOT_JSON = "not JSON"
SCALAR = ""
# End of the tables.


def refuse(constant):
    raise ValueError(constant + " is not JSON")


BROKEN = object()


def spelled_by(text):
    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        return BROKEN


def lean_body(text):
    answer = spelled_by(text)
    if answer is BROKEN:
        return NOT_JSON
    if isinstance(answer, list):
        return lean_list(answer, DEEPEST)
    # Bare text in the place of a body would be read as JSON text itself.
    return lean_object(answer, DEEPEST) if isinstance(answer, dict) else json.dumps(SCALAR)


def lean_list(values, room):
    return [lean_element(value, room) for value in values]


def lean_element(value, room):
    if isinstance(value, list):
        return []
    return lean_object(value, room - 1) if isinstance(value, dict) else SCALAR


def lean_object(value, room):
    return {key: lean_member(FIELDS[key], one, room) for key, one in value.items() if key in FIELDS}


def lean_member(sought, value, room):
    if sought == "presence":
        return None
    if sought == "folder":
        found = spelled_by(value) if isinstance(value, str) else value
        is_found = isinstance(found, dict) and room > 1
        return {key: lean_member("value", found[key], 0) for key in ("folder_id",) if key in found} if is_found else None
    if isinstance(value, list):
        return lean_list(value, room) if sought != "value" and room > 1 else []
    if isinstance(value, dict):
        by_kind = sought == "members" and room > 1
        known = [kind for kind in value if by_kind and kind.upper() in KINDS]
        return {kind: lean_element(value[kind], room) for kind in known}
    if isinstance(value, float) and math.isinf(value):
        return math.copysign(sys.float_info.max, value)
    return value


def lean_address(parts):
    host = parts.netloc.rpartition("@")[2]
    asked = [value for name, value in parse_qsl(parts.query) if name == "with_analyses"][:1]
    query = "?with_analyses=true" if asked and asked[0].lower() in ("true", "1") else ""
    return parts.scheme + "://" + host + parts.path + query


def moment(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line_of(flow):
    """The line of an answer; None where its route says nothing of folders."""
    method, status = flow.request.method, flow.response.status_code
    parts = urlsplit(flow.request.url)
    if not ROUTE.fullmatch(parts.path):
        return None
    line = {
        "started": moment(flow.request.timestamp_start),
        "time": moment(flow.response.timestamp_end),
        "method": method,
        "url": lean_address(parts),
        "status": status,
    }
    is_json = "json" in flow.response.headers.get("content-type", "json").lower()
    text = flow.response.get_text(strict=False) or ""
    if method.upper() in METHODS and status < 400 and text != "":
        body = lean_body(text.lstrip("\ufeff"))
        # What is JSON is read, whatever its type is said to be; what is neither is left out.
        if is_json or body != NOT_JSON:
            line["body"] = body
    return json.dumps(line, separators=(",", ":")) + "\n"


class Recorder:
    def load(self, loader):
        loader.add_option("oz_recording", str, "recording.ndjson", "File that answers of the Oz API are appended to.")

    def response(self, flow):
        line = line_of(flow)
        if line is not None:
            with open(ctx.options.oz_recording, "a", encoding="utf-8") as file:
                file.write(line)


addons = [Recorder()]
