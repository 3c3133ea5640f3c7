"""Judges a stream: the state of each folder is kept by Spark, and taken on by `oz-status engine step`."""

import functools
import json
import subprocess
import sys
import tempfile
import threading
import types

import oz_status_objects
import oz_status_spark
from oz_status_archive import head_of
from oz_status_objects import RECORDINGS, directory_of, naturally
from oz_status_spark import Refused, command
from pyspark import cloudpickle
from pyspark.sql import Row
from pyspark.sql import functions as F
from pyspark.sql.streaming import StatefulProcessor

RECORD = "kind string, folder string, object string, before bigint, number bigint, content string"
FOUND = "id string, code string, severity string, folderId string, json string"
BATCH_BYTES = 1 << 20


def watch(spark, given, options):
    """Judges what arrives until it is stopped, or what is there with --until-end; goes on where it was."""
    head_of(given, options)
    # Workers have none of these files: what they need of them goes with each task.
    for module in (oz_status_spark, oz_status_objects, sys.modules[__name__]):
        cloudpickle.register_pickle_by_value(module)
    settings = {
        "spark.sql.streaming.stateStore.providerClass": "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
        "spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled": "true",
        "spark.sql.shuffle.partitions": given.partitions or 2 * spark.sparkContext.defaultParallelism,
        # What is judged because time has passed never ends.
        "spark.sql.streaming.noDataMicroBatches.enabled": str(not given.until_end).lower(),
        # The lines of a file are numbered from its beginning: none is divided.
        "spark.sql.files.maxPartitionBytes": str(1 << 60),
        "spark.sql.files.minPartitionNum": "1",
    }
    for name, value in settings.items():
        spark.conf.set(name, value)
    out = given.findings.rstrip("/")
    words = command(given.oz_status, "", options)
    task = words.index("engine") + 1
    read, step = [[*words[:task], name, *words[task + 1 :]] for name in ("read", "step")]
    records = source(spark, given).mapInArrow(functools.partial(records_of, read), RECORD)
    judged = records.groupBy("folder").transformWithState(
        statefulProcessor=Folders(step, 1000 * given.idle),
        outputStructType=FOUND,
        outputMode="Append",
        timeMode="ProcessingTime",
        initialState=seed(spark, given.seed),
    )
    writer = judged.writeStream.outputMode("append").foreachBatch(functools.partial(write, out))
    writer = writer.option("checkpointLocation", f"{out}/checkpoint")
    writer = (
        writer.trigger(availableNow=True)
        if given.until_end
        else writer.trigger(processingTime=f"{given.every} seconds")
    )
    writer.start().awaitTermination()
    return 0


def source(spark, given):
    """Lines, each with the object that it is in and how many lines are before it there."""
    if given.kafka:
        if not given.topic:
            raise Refused("--kafka: expected --topic TOPIC with it, received none")
        reader = spark.readStream.format("kafka").option("kafka.bootstrap.servers", given.kafka)
        reader = reader.option("subscribe", given.topic).option("startingOffsets", "earliest")
        lines = reader.load().select(
            F.concat_ws("/", "topic", "partition").alias("object"),
            F.col("offset").alias("before"),
            # An answer is one line: JSON has no line ends but between its signs.
            F.regexp_replace(F.col("value").cast("string"), "[\r\n]+", " ").alias("text"),
        )
    else:
        reader = spark.readStream.options(lineSep="\n", recursiveFileLookup=True)
        if directory_of(spark, given.input[0]):
            reader = reader.option("pathGlobFilter", RECORDINGS)
        lines = reader.text(given.input[0]).select(
            F.regexp_replace("_metadata.file_path", "^file:/+", "/").alias("object"),
            F.lit(0).cast("bigint").alias("before"),
            F.col("value").alias("text"),
        )
    return lines


def seed(spark, path):
    """The states that an archive has left, by folder."""
    return spark.read.parquet(path).groupBy("folder") if path else None


def write(out, batch, number):
    """Writes what was found in a batch. A batch that is judged again is written over: nothing is there twice."""
    batch = batch.persist()
    if not batch.isEmpty():
        batch.write.mode("overwrite").parquet(f"{out}/findings.parquet/batch={number}")
        batch.select("json").write.mode("overwrite").text(f"{out}/findings.ndjson/batch={number}")
    batch.unpersist()


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

        def feed():
            try:
                for portion in given:
                    self.process.stdin.write(portion)
                self.process.stdin.close()
            except BrokenPipeError:
                pass

        threading.Thread(target=feed, daemon=True).start()
        yield from self.process.stdout
        if self.process.wait() != 0:
            raise self.failed()


def records_of(words, batches):
    """The records of lines, as `oz-status engine read` has them."""
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
        elif kind == "I":
            place, before, content = rest
            # What is wrong with the input has no folder, and leaves no state.
            rows.append((kind, f"input:{place}", place, int(before), 0, content))
        if len(rows) >= 1000:
            yield batch_of(rows)
            rows = []
    if rows:
        yield batch_of(rows)


def step(words, request):
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


class Folders(StatefulProcessor):
    """The state of a folder: bytes of `oz-status`, and a timer for when nothing was heard of it for long."""

    def __init__(self, words, idle):
        self.words, self.idle = words, idle

    def init(self, handle):
        self.handle = handle
        # The timer ends a folder; the time to live only takes what no timer has ended.
        self.state = handle.getValueState("folder", "state string", ttlDurationMs=2 * self.idle)

    # Spark gives these by name.
    def handleInitialState(self, key, initialState, timerValues):
        self.state.update((initialState.state,))
        self.expect(timerValues)

    def handleInputRows(self, key, rows, timerValues):
        rows = sorted(rows, key=lambda row: (naturally(row.object), row.before, row.number))
        records = [(json.loads(row.object), row.before, row.content) for row in rows]
        if rows[0].kind == "I":
            yield from found(step(self.words, {"state": None, "input": records}))
            return
        answer = step(self.words, {"state": self.known(), "records": records})
        self.state.update((answer["state"],))
        self.expect(timerValues)
        yield from found(answer)

    def handleExpiredTimer(self, key, timerValues, expiredTimerInfo):
        known = self.known()
        if known is not None:
            self.state.clear()
            yield from found(step(self.words, {"state": known, "end": True}))

    def known(self):
        return self.state.get()[0] if self.state.exists() else None

    def expect(self, times):
        for earlier in list(self.handle.listTimers()):
            self.handle.deleteTimer(earlier)
        self.handle.registerTimer(times.getCurrentProcessingTimeInMs() + self.idle)

    def close(self):
        pass


def found(answer):
    for one in answer["findings"]:
        yield Row(
            id=one["id"],
            code=one["code"],
            severity=one["severity"],
            folderId=one["folderId"],
            json=json.dumps(one, ensure_ascii=False),
        )
