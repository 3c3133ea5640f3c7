"""Runs the vectors against the rules of the page, written here once more: run.py DIRECTORY."""
import json, pathlib, sys
ORDER = ["INITIAL", "PROCESSING", "FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS"]
def worst(statuses, reading):
    swap = {"FAILED": "DECLINED", "DECLINED": "FAILED"} if reading["failed-beside-declined"] == "declined" else {}
    fails_first = not swap and reading["status-precedence"] == reading["result-precedence"] == "failed-first"
    return min(statuses, key=lambda one: (not (fails_first and one == "FAILED"), ORDER.index(swap.get(one, one))), default=None)
def after(kind, status, event, reading, enabled):
    result = event.get("resolution")
    if event["type"] == "operator.decided":
        return result if status == "OPERATOR_REQUIRED" and reading["operator-decision"] == "allowed" else None
    barred = result == "OPERATOR_REQUIRED" and (kind.upper() == "QUALITY" or not enabled)
    return None if status != "PROCESSING" or barred else result or "FAILED"
def fields(groups, settled, reading):
    everything = [status for group in groups.values() for status in group.values()]
    if not groups: return "INITIAL", "INITIAL"
    runs, waits = "PROCESSING" in everything, reading["result-while-earlier-runs"] == "processing"
    scopes = {"all-analyses": everything, "last-applied-group": list(groups.values())[-1].values()}
    scope = scopes.get(reading["status-scope"]) or (everything if runs else groups[settled[-1]].values())
    first = ["FAILED", "PROCESSING"] if reading["status-precedence"] == "failed-first" else ["PROCESSING", "FAILED"]
    stage = next((status for status in first if status in scope), "FINISHED")
    if reading["result-scope"] in scopes: return stage, worst(everything if runs and waits else scopes[reading["result-scope"]], reading)
    done = [g for g in settled if reading["failed-group-finishes"] == "yes" or "FAILED" not in groups[g].values()]
    if runs and (reading["result-while-running"] == "processing" or not done): return stage, worst(everything, reading)
    if not runs and reading["failed-group-finishes"] == "folder-fails" and "FAILED" in everything: return stage, "FAILED"
    return stage, worst(groups[(done or settled)[-1]].values(), reading)
def execute(events, reading, enabled):
    groups, kinds, settled = {}, {}, []
    for event in events:
        if event["type"] == "group.posted":
            new = {one["id"]: one["kind"] for one in event["analyses"]}
            accepted = bool(new) and event["groupId"] not in groups and not new.keys() & kinds.keys()
            if accepted: groups[event["groupId"]] = dict.fromkeys(new, "PROCESSING"); kinds.update(new)
        else:
            name = next((g for g in groups if event["id"] in groups[g]), None)
            result = name and after(kinds[event["id"]], groups[name][event["id"]], event, reading, enabled)
            if accepted := result is not None: groups[name][event["id"]] = result
            if accepted and name not in settled and "PROCESSING" not in groups[name].values(): settled.append(name)
        yield [accepted, *fields(groups, settled, reading)]
directory, count = pathlib.Path(sys.argv[1]), {"agree": 0, "differ": 0, "not run": 0}
index = json.loads((directory / "index.json").read_text())
for line in (line for each in index["sets"] for line in (directory / each["lines"]).read_text().splitlines()):
    vector = json.loads(line)
    given, expected = vector.get("given", {}), vector["expected"]
    reading, enabled = index["defaultReading"] | vector.get("reading", {}), given.get("operatorRequired") != "never"
    wanted = [list(each.values()) for each in expected.get("projections", [])]
    if "statuses" in given: found, wanted = worst(given["statuses"], reading), expected["worst"]
    elif "analysis" in given:
        new = after(given["analysis"]["kind"], given["analysis"]["resolution"], vector["events"][0], reading, enabled)
        shown = new or given["analysis"]["resolution"]
        found = [[new is not None, shown if shown in ("PROCESSING", "FAILED") else "FINISHED", shown]]
    elif "group" in given:  # a folder of one group shows its result
        events = [{"type": "group.posted", "groupId": "g"} | given["group"], *vector["events"]]
        found = [[accepted, result] for accepted, _, result in execute(events, reading, enabled)][1:]
    elif "events" in vector: found = list(execute(vector["events"], reading, enabled))
    else: count["not run"] += 1; continue
    count["agree" if found == wanted else "differ"] += 1
    if found != wanted: print(f"{vector['id']}: expected {wanted}, received {found}")
print(", ".join(f"{number} {name}" for name, number in count.items()))
sys.exit(0 if count["agree"] and not count["differ"] else 1)
