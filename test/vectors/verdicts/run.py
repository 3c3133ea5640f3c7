"""Runs the decision table against the rules of the page, written here once more: run.py DIRECTORY."""
import json, pathlib, sys
ORDER = ["FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS"]
NAMES = dict(zip(ORDER, ["failed", "declined", "operator-required", "passed"]))
def worst(statuses, reading):
    swap = {"FAILED": "DECLINED", "DECLINED": "FAILED"} if reading["failed-beside-declined"] == "declined" else {}
    return min(statuses, key=lambda status: ORDER.index(swap.get(status, status)))
def may_run(stage, result, reading):
    """Whether something may run although neither field says so: unless one of them would have to say it."""
    stage_tells = reading["status-scope"] != "last-applied-group" and (stage == "FINISHED" or reading["status-precedence"] == "processing-first")
    scope = reading["result-scope"]
    asked = {"last-finished-group": "result-while-running", "last-applied-group": "result-while-earlier-runs"}
    result_tells = scope not in asked or reading[asked[scope]] == "processing"
    asks = (reading["status-precedence"], reading["failed-beside-declined"]) == ("failed-first", "failed")
    fails_first = asks and reading["result-precedence"] == "failed-first"
    return not stage_tells and (not result_tells or fails_first and result == "FAILED")
STATES, STAGES = ["PROCESSING", "FAILED", "FINISHED"], ["INITIAL", "PROCESSING", "FAILED", "FINISHED"]
def explained(stage, result, analyses, readings):
    """Whether settled groups can show this under some reading: the result is that of a group, the stage that of some."""
    groups = {}
    for at, one in enumerate(analyses): groups.setdefault(one.get("group_id", at), []).append(one["resolution_status"])
    has = lambda failed: any(("FAILED" in group) == failed for group in groups.values())
    return has(stage == "FAILED") and any(worst(group, reading) == result for group in groups.values() for reading in readings)
def no_folder(answer, readings):
    """What is said of an answer that no folder gives, if it is one."""
    stage, result, analyses = answer["resolution_status"], answer["system_resolution"], answer.get("analyses", [])
    shown = [(stage, STAGES), (result, STAGES[:2] + ORDER)] + [(one["state"], STATES) for one in analyses]
    shown += [(one.get("resolution_status", "SUCCESS"), ["PROCESSING"] + ORDER) for one in analyses]
    if any(status not in column for status, column in shown): return "unknown", "status"
    for one in analyses:
        inherited = one.get("resolution_status", one["state"])
        if one["state"] != (inherited if inherited in STATES else "FINISHED"): return "unknown", "contradiction"
    statuses = [one.get("resolution_status") for one in analyses]
    if {"INITIAL", "PROCESSING"} & {stage, result, *statuses} or not analyses: return None
    if None in statuses: return "incomplete", "results"
    return None if explained(stage, result, analyses, readings) else ("unknown", "contradiction")
def verdict(answer, missing, reading):
    stage, result = answer["resolution_status"], answer["system_resolution"]
    statuses = [one["resolution_status"] for one in answer.get("analyses", [])]
    if {"INITIAL", "PROCESSING"} & {stage, result, *statuses}: return "pending", None
    if not statuses and may_run(stage, result, reading): return "pending", None
    # Every analysis counts, and without a list nobody passes.
    decides = worst(statuses, reading) if statuses else "FAILED" if (stage, result) == ("FAILED", "SUCCESS") else result
    if decides == "SUCCESS" and (missing or not statuses): return "incomplete", "kinds" if statuses else "list"
    return NAMES[decides], None
def numbers(ranges):
    for span in ranges.split(","):
        first, *last = map(int, span.split("-"))
        yield from range(first, (last or [first])[0] + 1)
directory, agree, differ = pathlib.Path(sys.argv[1]), 0, 0
readings = json.loads((directory / "decisions.json").read_text())["readings"]
for row in map(json.loads, (directory / "decisions.jsonl").read_text().splitlines()):
    kinds = {one["type"] for one in row["answer"].get("analyses", [])}
    missing = [kind for kind in row["requires"] if kind not in kinds]
    wanted = {at: (one["verdict"], one.get("because")) for one in row["under"] for at in numbers(one["readings"])}
    wrong = no_folder(row["answer"], readings)
    found = {} if wrong else {at: verdict(row["answer"], missing, readings[at]) for at in wanted}
    alike = {wrong} if wrong else set(found.values())
    together = alike.pop() if len(alike) == 1 else ("unknown", "readings")
    is_right = (missing, found, together) == (row["missing"], wanted, (row["together"]["verdict"], row["together"].get("because")))
    agree, differ = agree + is_right, differ + (not is_right)
    if not is_right: print(f"{row['id']}: expected {row['missing']}, {wanted}, received {missing}, {found}")
print(f"{agree} agree, {differ} differ")
sys.exit(0 if agree and not differ else 1)
