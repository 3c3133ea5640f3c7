"""Replays traces in Qt's SCXML engine.

Reads {"document": path, "traces": [[{"name": ..., "data": ...}, ...], ...]} from standard input. Writes for every
trace one line: `trace ` and, as JSON, the active atomic states after the start and after each event.
"""

import json
import sys

from PySide2.QtCore import QCoreApplication
from PySide2.QtScxml import QScxmlStateMachine


def active(machine):
    return sorted(machine.activeStateNames(True))


def replay(application, document, trace):
    machine = QScxmlStateMachine.fromFile(document)
    errors = machine.parseErrors()
    if errors:
        sys.exit("; ".join(error.toString() for error in errors))
    machine.start()
    application.processEvents()
    seen = [active(machine)]
    for event in trace:
        machine.submitEvent(event["name"], event["data"])
        application.processEvents()
        seen.append(active(machine))
    machine.stop()
    machine.deleteLater()
    return seen


def main():
    application = QCoreApplication([])
    order = json.load(sys.stdin)
    for trace in order["traces"]:
        print("trace " + json.dumps(replay(application, order["document"], trace)))


main()
