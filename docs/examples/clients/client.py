"""A client that waits for a folder and says whether somebody passes; Python's standard library is enough.

Run by `oz-status try-client -- python3 client.py [MISTAKE]`. Without a mistake it is right; with one it does what many
clients do, and the traps catch it.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

MISTAKE = sys.argv[1] if len(sys.argv) > 1 else None
REQUIRED = ["QUALITY", "BIOMETRY"]
ENDS = {"SUCCESS": "passed", "DECLINED": "declined", "FAILED": "failed", "OPERATOR_REQUIRED": "operator-required"}
deadline = time.monotonic() + float(os.environ.get("OZ_DEADLINE_SECONDS", "3"))


def poll():
    """One answer, or None where none came: a fault of the way says nothing of the folder."""
    url = f"{os.environ['OZ_BASE_URL']}/api/folders/{os.environ['OZ_FOLDER_ID']}?with_analyses=true"
    request = urllib.request.Request(url, headers={"X-Forensic-Access-Token": os.environ["OZ_TOKEN"]})
    try:
        with urllib.request.urlopen(request, timeout=2) as response:
            return json.load(response)
    except (OSError, ValueError, urllib.error.HTTPError):
        return None
    except Exception:  # noqa: BLE001 -- a body that breaks off
        return None


def decision(folder):
    """What the folder means, or None while nobody knows."""
    analyses = folder.get("analyses", [])
    if MISTAKE == "finished-is-a-pass":
        return {"FINISHED": "passed", "FAILED": "failed"}.get(folder["resolution_status"])
    if MISTAKE == "not-processing-is-done":
        if folder["resolution_status"] == "PROCESSING":
            return None
        return ENDS.get(folder["system_resolution"], "unknown")
    if MISTAKE == "one-analysis-watched":
        return ENDS.get(analyses[0]["resolution_status"]) if analyses else None
    states = [analysis["resolution_status"] for analysis in analyses]
    if any(state not in ENDS and state != "PROCESSING" for state in states):
        return "unknown"
    kinds = {analysis["type"] for analysis in analyses}
    if "PROCESSING" in states or not kinds.issuperset(REQUIRED):
        return "declined" if MISTAKE == "one-poll" else None
    if MISTAKE == "four-ends-folded-into-two":
        return "passed" if all(state == "SUCCESS" for state in states) else "declined"
    if MISTAKE == "later-success-masks":
        return ENDS.get(folder["system_resolution"], "unknown")
    known = {"INITIAL", "PROCESSING", *ENDS}
    if folder["system_resolution"] not in known or folder["resolution_status"] not in {*known, "FINISHED"}:
        return "unknown"
    for status in ("DECLINED", "FAILED", "OPERATOR_REQUIRED"):
        if status in states:
            return ENDS[status]
    return "passed"


def main():
    while time.monotonic() < deadline:
        folder = poll()
        found = decision(folder) if folder else None
        if MISTAKE == "completion-on-every-poll" and folder:
            print(json.dumps({"decision": found or "pending"}))
        if found:
            return found
        time.sleep(0.02)
    if MISTAKE == "no-deadline":
        while True:
            time.sleep(1)
    return "timeout"


def callbacks():
    """The callbacks of the web plugin that have arrived, where it has posted the folder."""
    with urllib.request.urlopen(os.environ["OZ_CALLBACKS_URL"], timeout=2) as response:
        return [json.loads(line) for line in response.read().decode().splitlines()]


outcome = main()
if MISTAKE == "acts-on-callbacks":
    for callback in callbacks():
        if callback["state"] == "finished":
            print(json.dumps({"decision": outcome}))
if MISTAKE != "completion-on-every-poll":
    print(json.dumps({"decision": outcome}))
sys.exit({"passed": 0, "declined": 1}.get(outcome, 2))
