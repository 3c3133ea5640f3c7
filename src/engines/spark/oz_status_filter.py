"""Runs filters of `oz-status` beside a worker of a stream: lines to records, and states taken on."""

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import types

RECORD = "kind string, key string, object string, before bigint, number bigint, content string"


class Filter:
    """A filter of `oz-status` that runs beside this worker."""

    def __init__(self, words):
        self.words = words
        self.errors = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors
            )
        except OSError as error:
            raise RuntimeError(f"Cannot run program {words[0]}: {error}") from error

    def failed(self):
        """The error that it has ended."""
        code = self.process.wait()
        self.errors.seek(0)
        said = self.errors.read()[-2000:].decode("utf-8", "replace")
        return RuntimeError(f"{' '.join(self.words)} exited with status {code}: {said}")

    def answer(self, request):
        """The answer to one line."""
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise self.failed() from error
        line = self.process.stdout.readline()
        if not line:
            raise self.failed()
        return json.loads(line)

    def lines(self, given):
        """What it writes, line by line, while it is given lines; then its end."""

        failures = []

        def feed():
            try:
                for portion in given:
                    self.process.stdin.write(portion)
            except BrokenPipeError:
                pass
            except BaseException as error:
                failures.append(error)
            finally:
                # It ends when it is given no more, whatever the reason.
                with contextlib.suppress(BrokenPipeError):
                    self.process.stdin.close()

        threading.Thread(target=feed, daemon=True).start()
        yield from self.process.stdout
        if self.process.wait() != 0:
            raise self.failed()
        if failures:
            raise failures[0]


def records_of(words, batches):
    """The records of lines, as `oz-status engine read` has them, each with the key of what it is judged with."""
    import pyarrow

    names = [field.split(" ")[0] for field in RECORD.split(", ")]
    types = [
        pyarrow.string(),
        pyarrow.string(),
        pyarrow.string(),
        pyarrow.int64(),
        pyarrow.int64(),
        pyarrow.string(),
    ]
    schema = pyarrow.schema(list(zip(names, types)))

    def given():
        for batch in batches:
            columns = [column.to_pylist() for column in batch.columns]
            for place, before, line in zip(*columns):
                yield f"{json.dumps(place)}\t{before}\t{line}\n".encode()

    def batch_of(rows):
        return pyarrow.RecordBatch.from_arrays(
            [pyarrow.array(*one) for one in zip(zip(*rows), types)], schema=schema
        )

    rows = []
    for line in Filter(words).lines(given()):
        kind, *rest = line.decode().rstrip("\n").split("\t")
        if kind == "O":
            _, place, before, number, content = rest
            rows.append((kind, json.loads(content)[1], place, int(before), int(number), content))
        elif kind == "A":
            key, place, before, number, content = rest
            rows.append((kind, json.loads(key)[0], place, int(before), int(number), content))
        elif kind == "I":
            place, before, content = rest
            # What is wrong with the input has no folder, and leaves no state.
            rows.append((kind, f"input:{place}", place, int(before), 0, content))
        if len(rows) >= 1000:
            yield batch_of(rows)
            rows = []
    if rows:
        yield batch_of(rows)


def stepped(words, request):
    """The answer to a request; raises for one that cannot be met, which keeps the state as it was."""
    # What belongs to this file comes anew with each task; the filter of this worker outlives them.
    stepping = vars(sys.modules.setdefault("oz_status_filters", types.ModuleType("oz_status_filters")))
    key = json.dumps(words)
    if key not in stepping or stepping[key].process.poll() is not None:
        stepping[key] = Filter(words)
    answer = stepping[key].answer(request)
    if "problem" in answer:
        raise RuntimeError(f"oz-status engine step refused: {answer['problem']}")
    return answer
