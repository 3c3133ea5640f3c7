"""Judges a stream: the state of each folder is kept by Spark, and taken on by `oz-status engine step`."""

import functools
import importlib.util
import json
import sys

import oz_status_filter
import oz_status_objects
import oz_status_spark
from oz_status_archive import head_of
from oz_status_filter import RECORD, records_of, stepped
from oz_status_objects import RECORDINGS, directory_of, naturally
from oz_status_spark import Refused, command
from pyspark import cloudpickle
from pyspark.sql import Row
from pyspark.sql import functions as F
from pyspark.sql.streaming import StatefulProcessor

FOUND = "id string, code string, severity string, folderId string, json string"
ALONE = "analysis:"
# What a check of the same lines would find as well, by whether they come from partitions, which have no order.
NOT_SEEN = {
    False: "a stream does not compare callbacks with folders: check the archive for that, now and then",
    True: "a stream does not compare callbacks with folders, nor analyses that come by themselves with folders in other "
    "partitions: check the archive for that, now and then",
}


def watch(spark, given, options):
    """Judges what arrives until it is stopped, or what is there with --until-end; goes on where it was."""
    for needed in ("pandas", "pyarrow", "google"):
        if importlib.util.find_spec(needed) is None:
            raise Refused(
                f'a stream needs the package {needed}, found none: pip install "pyspark[sql]" protobuf'
            )
    head_of(given, options)
    # Workers have none of these files: what they need of them goes with each task.
    for module in (oz_status_spark, oz_status_objects, oz_status_filter, sys.modules[__name__]):
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
    lines = source(spark, given)
    idle = 1000 * given.idle
    # What crosses folders is seen by analysis; what is seen of one by itself comes out with the key of its folder.
    by_analysis = lines.mapInArrow(functools.partial(records_of, [*read, "--analyses"]), RECORD)
    is_alone = F.col("key").startswith(ALONE)
    crossing = (
        by_analysis.where((F.col("kind") == "A") | ((F.col("kind") == "O") & is_alone))
        .groupBy("key")
        .transformWithState(
            statefulProcessor=Analyses(step, idle, given.kafka is None),
            outputStructType=RECORD,
            outputMode="Append",
            timeMode="ProcessingTime",
            initialState=seed(spark, given.seed, "analysis"),
        )
    )
    by_folder = lines.mapInArrow(functools.partial(records_of, read), RECORD)
    records = by_folder.where((F.col("kind") == "I") | ~is_alone).union(crossing)
    judged = records.groupBy("key").transformWithState(
        statefulProcessor=Folders(step, idle),
        outputStructType=FOUND,
        outputMode="Append",
        timeMode="ProcessingTime",
        initialState=seed(spark, given.seed, "folder"),
    )
    writer = judged.writeStream.outputMode("append").foreachBatch(functools.partial(write, out))
    writer = writer.option("checkpointLocation", f"{out}/checkpoint")
    writer = (
        writer.trigger(availableNow=True)
        if given.until_end
        else writer.trigger(processingTime=f"{given.every} seconds")
    )
    sys.stderr.write(f"oz-status: {NOT_SEEN[given.kafka is not None]}\n")
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


def seed(spark, path, kind):
    """The states of this kind that an archive has left, by key."""
    if not path:
        return None
    states = spark.read.parquet(path)
    wanted = ["kind", "key", "state"]
    if states.columns != wanted:
        raise Refused(
            f"--seed {path}: expected what --states has written, with the columns {', '.join(wanted)}, "
            f"found {', '.join(states.columns)}"
        )
    return states.where(F.col("kind") == kind).select("key", "state").groupBy("key")


def write(out, batch, number):
    """Writes what was found in a batch. A batch that is judged again is written over: nothing is there twice."""
    batch = batch.persist()
    if not batch.isEmpty():
        batch.write.mode("overwrite").parquet(f"{out}/findings.parquet/batch={number}")
        batch.select("json").write.mode("overwrite").text(f"{out}/findings.ndjson/batch={number}")
    batch.unpersist()


class Kept(StatefulProcessor):
    """A state for each key: bytes of `oz-status`, and a timer for when nothing was heard of it for long."""

    def __init__(self, words, idle):
        self.words, self.idle = words, idle

    def init(self, handle):
        self.handle = handle
        # Each state has a timer, which takes it away. A time to live would take it before the timer has told what
        # only the end shows, where a batch took longer or the stream stood still.
        self.state = handle.getValueState("folder", "state string")

    # Spark gives these by name.
    def handleInitialState(self, key, initialState, timerValues):
        self.keep(initialState.state, timerValues)

    def known(self):
        return self.state.get()[0] if self.state.exists() else None

    def keep(self, state, times):
        self.state.update((state,))
        self.expect(times)

    def expect(self, times):
        self.forget_timers()
        self.handle.registerTimer(times.getCurrentProcessingTimeInMs() + self.idle)

    def forget_timers(self):
        for earlier in list(self.handle.listTimers()):
            self.handle.deleteTimer(earlier)

    def close(self):
        pass


class Analyses(Kept):
    """What is known of an analysis: the folder that has listed it."""

    def __init__(self, words, idle, is_in_order):
        super().__init__(words, idle)
        self.is_in_order = is_in_order

    def handleInputRows(self, key, rows, timerValues):
        records = [(json.loads(row.object), row.before, row.content, row.number) for row in in_order(rows)]
        about = {"isInOrder": self.is_in_order}
        answer = stepped(self.words, {"state": self.known(), "records": records, "analysis": about})
        self.keep(answer["state"], timerValues)
        for place, before, content, number, folder in answer["placed"]:
            yield Row(
                kind="O",
                key=folder,
                object=json.dumps(place),
                before=before,
                number=number,
                content=content,
            )
        if answer.get("joined"):
            yield record("J", key[0], "")
        for one in answer["findings"]:
            yield record("F", f"found:{one['id']}", json.dumps(one, ensure_ascii=False))

    def handleExpiredTimer(self, key, timerValues, expiredTimerInfo):
        self.state.clear()
        return iter([])


class Folders(Kept):
    """The state of a folder."""

    def handleInputRows(self, key, rows, timerValues):
        rows = in_order(rows)
        records = [(json.loads(row.object), row.before, row.content) for row in rows if row.kind in "IO"]
        if rows[0].kind == "I":
            yield from found(stepped(self.words, {"state": None, "input": records}))
            return
        if rows[0].kind == "F":
            yield from found({"findings": [json.loads(rows[0].content)]})
            return
        if records:
            answer = stepped(self.words, {"state": self.known(), "records": records})
            self.keep(answer["state"], timerValues)
            yield from found(answer)
        # What was seen of an analysis by itself is of a folder that is known now.
        if any(row.kind == "J" for row in rows):
            self.state.clear()
            self.forget_timers()

    def handleExpiredTimer(self, key, timerValues, expiredTimerInfo):
        known = self.known()
        if known is not None:
            self.state.clear()
            yield from found(stepped(self.words, {"state": known, "end": True}))


def in_order(rows):
    return sorted(rows, key=lambda row: (naturally(json.loads(row.object)), row.before, row.number))


def record(kind, key, content):
    return Row(kind=kind, key=key, object='""', before=0, number=0, content=content)


def found(answer):
    for one in answer["findings"]:
        yield Row(
            id=one["id"],
            code=one["code"],
            severity=one["severity"],
            folderId=one["folderId"],
            json=json.dumps(one, ensure_ascii=False),
        )
