"""Runs the decision table against the rules of the page, written here once more: run.py DIRECTORY."""
import json, pathlib, sys
ORDER = ["FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS"]
NAMES = dict(zip(ORDER, ["failed", "declined", "operator-required", "passed"]))
def worst(statuses, reading):
    swap = {"FAILED": "DECLINED", "DECLINED": "FAILED"} if reading["failed-beside-declined"] == "declined" else {}
    return min(statuses, key=lambda status: ORDER.index(swap.get(status, status)))
def may_run(stage, reading):
    """Whether something may run although neither field says so: unless one of them would have to say it."""
    stage_tells = reading["status-scope"] != "last-applied-group" and (stage == "FINISHED" or reading["status-precedence"] == "processing-first")
    scope = reading["result-scope"]
    result_tells = scope == "all-analyses" or scope == "last-finished-group" and reading["result-while-running"] == "processing"
    return not stage_tells and not result_tells
def verdict(answer, missing, reading):
    stage, result = answer["resolution_status"], answer["system_resolution"]
    statuses = [one["resolution_status"] for one in answer.get("analyses", [])]
    if {"INITIAL", "PROCESSING"} & {stage, result, *statuses}: return "pending", None
    if not statuses and may_run(stage, reading): return "pending", None
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
    found = {at: verdict(row["answer"], missing, readings[at]) for at in wanted}
    alike = set(found.values())
    together = alike.pop() if len(alike) == 1 else ("unknown", "readings")
    is_right = (missing, found, together) == (row["missing"], wanted, (row["together"]["verdict"], row["together"].get("because")))
    agree, differ = agree + is_right, differ + (not is_right)
    if not is_right: print(f"{row['id']}: expected {row['missing']}, {wanted}, received {missing}, {found}")
print(f"{agree} agree, {differ} differ")
sys.exit(0 if agree and not differ else 1)
