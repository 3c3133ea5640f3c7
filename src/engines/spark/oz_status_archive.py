"""Judges an archive: lines to records, records by what has to be judged together, and what was found."""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from oz_status_objects import Archive
from oz_status_spark import BYTES, UNREADABLE, Refused, command, fields, pipe, text
from pyspark.sql import functions as F

# Chains of folders that share analyses double in length with each round.
MAX_ROUNDS = 40
# Up to so many folders that share analyses are known to every worker.
MAX_BROADCAST = 1_000_000
SUFFIXES = {"text": "txt", "markdown": "md", "junit": "xml"}
FINDING = (
    "id string, code string, clause string, severity string, folderId string, analysis string, message string, "
    "where struct<file: string, line: bigint, pointer: string, offset: bigint>"
)


def check(spark, given, options):
    out = directory_for(spark, given.findings)
    head = head_of(given, options)
    archive = Archive(spark, given, options)
    records = archive.records()
    blocks, ignored, requests, empty = blocks_of(spark, records, archive.names)
    records = records.union(archive.said_of_empty(empty))
    grouped = with_groups(spark, records)
    judged = judge(spark, grouped, blocks, archive)
    write_findings(judged, f"{given.findings.rstrip('/')}/")
    if given.states:
        write_states(judged, given.states)
    with tempfile.TemporaryDirectory() as directory:
        part = Path(directory, "part")
        write_part(part, head, judged, list(archive.names), ignored, requests)
        return report(part, given, out)


def head_of(given, options):
    """By what is judged, as the head of a part of a check; wrong options end here."""
    words = command(given.oz_status, "judge", options)
    try:
        ended = subprocess.run(
            words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
    except OSError as error:
        raise Refused(f"{words[0]} cannot be run here: {error.strerror}; name it with --oz-status") from error
    if ended.returncode != 0:
        raise Refused(f"{' '.join(words)} ended with {ended.returncode}", ended.returncode)
    return json.loads(ended.stdout.split("\n", 1)[0].split("\t", 1)[1])


def directory_for(spark, path):
    """Where to put files, in a directory that is not there yet."""
    jvm = spark._jvm
    target = jvm.org.apache.hadoop.fs.Path(path)
    files = target.getFileSystem(spark._jsc.hadoopConfiguration())
    if files.exists(target):
        raise Refused(f"--findings: expected a directory that is not there yet, found {path}")

    def put(local, name):
        files.copyFromLocalFile(
            jvm.org.apache.hadoop.fs.Path(str(local)), jvm.org.apache.hadoop.fs.Path(target, name)
        )

    return put


def blocks_of(spark, records, names):
    """Of each block its object and how many lines are before it there; what was left aside; empty objects."""
    kind, *rest = fields(records, 6)
    ends = records.where(kind == "S").select(*rest).collect()
    ignored, requests, before, rows = Counter(), Counter(), Counter(), []
    for row in sorted(ends, key=lambda row: (int(row[0]), int(row[1]))):
        at, block, lines = map(int, row[:3])
        left, asked = row[3:]
        ignored.update(json.loads(left))
        requests.update(dict(json.loads(unlatin(asked))))
        rows.append((at, block, json.dumps(names[at]), before[at]))
        before[at] += lines
    rows += [(at, None, json.dumps(name), 0) for at, name in enumerate(names)]
    schema = "object bigint, block bigint, name string, before bigint"
    empty = [at for at in range(len(names)) if at not in before]
    return spark.createDataFrame(rows, schema), ignored, requests, empty


def unlatin(said):
    return said.encode(BYTES).decode("utf-8")


def with_groups(spark, records):
    """What is to be judged, each record with the number of what has to be judged together."""
    kind, *rest = fields(records, 6)
    number = [rest[at].cast("bigint") for at in range(4)]
    observations = records.where(kind == "O").select(
        F.lit("O").alias("kind"),
        number[0].alias("group"),
        number[1].alias("object"),
        number[2].alias("block"),
        number[3].alias("number"),
        rest[4].alias("content"),
    )
    found = fields(records, 4)
    on_input = records.where(kind == "I").select(
        F.lit("I"),
        found[1].cast("bigint") * -1 - 1,
        found[1].cast("bigint"),
        F.expr("try_cast(split(value, '\t', 4)[2] as bigint)"),
        F.lit(0),
        found[3],
    )
    claim = fields(records, 3)
    claims = records.where(kind == "C").select(
        claim[1].cast("bigint").alias("token"), claim[2].cast("bigint").alias("group")
    )
    joined, count = joined_groups(claims)
    if count > 0:
        if count <= MAX_BROADCAST:
            joined = F.broadcast(joined)
        observations = observations.join(joined, "group", "left").select(
            "kind", F.coalesce("with", "group").alias("group"), "object", "block", "number", "content"
        )
    return observations.union(on_input)


def joined_groups(claims):
    """Groups that claim the same, each with the least of all that it is joined with; and how many there are."""
    crossing = claims.groupBy("token").agg(F.min("group").alias("least"), F.max("group").alias("most"))
    crossing = crossing.where("least != most").select("token")
    edges = claims.join(crossing, "token").distinct().localCheckpoint()
    joined = edges.select("group").distinct().withColumn("with", F.col("group")).localCheckpoint()
    count = joined.count()
    for _ in range(MAX_ROUNDS):
        by_token = edges.join(joined, "group").groupBy("token").agg(F.min("with").alias("least"))
        nearer = edges.join(by_token, "token").groupBy("group").agg(F.min("least").alias("with"))
        # Who is joined with one that is joined with another is joined with that.
        further = nearer.select(F.col("group").alias("with"), F.col("with").alias("least"))
        found = (
            nearer.join(further, "with")
            .select("group", F.least("with", "least").alias("with"))
            .localCheckpoint()
        )
        changed = found.join(joined.withColumnRenamed("with", "was"), "group").where(
            F.col("with") != F.col("was")
        )
        joined, is_done = found, count == 0 or changed.isEmpty()
        if is_done:
            return joined, count
    raise Refused(f"folders share analyses in chains that did not end in {MAX_ROUNDS} rounds", UNREADABLE)


def judge(spark, grouped, blocks, archive):
    """What was found, as lines."""
    given = archive.given
    partitions = given.partitions or max(2 * spark.sparkContext.defaultParallelism, archive.shares)
    same = grouped["object"].eqNullSafe(blocks["object"]) & grouped["block"].eqNullSafe(blocks["block"])
    placed = grouped.join(F.broadcast(blocks), same).drop(blocks["object"], blocks["block"])
    # Nothing but the choice of columns may follow the sort: Spark leaves out one that it believes nobody needs.
    in_order = placed.repartition(partitions, "group").sortWithinPartitions(
        "group", "object", "block", "number"
    )
    order = F.concat_ws(" ", "object", F.coalesce("block", F.lit(2**62)), "number")
    placed = in_order.select(
        F.concat_ws("\t", "kind", "group", order, "name", "before", "content").alias("value")
    )
    told = [f"--{name}" for name in ("all", "states") if getattr(given, name)]
    return pipe(spark, placed, command(given.oz_status, "judge", [*archive.options, *told]))[0]


def told(judged, kind):
    """Lines of this kind, in the order of the archive."""
    is_of, order, content = fields(judged, 3)
    place = F.split(order, " ")
    return judged.where(is_of == kind).select(
        *[place.getItem(at).cast("bigint").alias(f"at{at}") for at in range(3)], text(content).alias("json")
    )


def has_judged(judged):
    kind, folders, _, others = fields(judged, 4)
    return judged.where(kind == "E").where((folders != "0") | (others != "0")).count() > 0


def write_findings(judged, out):
    found = told(judged, "F")
    # Callbacks that say nothing are no loss where there is something to judge.
    found = (found if has_judged(judged) else found.union(told(judged, "Q"))).select("json")
    columns = found.select(F.from_json("json", FINDING).alias("one"), "json")
    columns.select("one.*", "json").write.parquet(f"{out}findings.parquet")
    found.write.text(f"{out}findings.ndjson")


def write_states(judged, path):
    """The state of each folder and of each analysis, with which a stream can go on."""
    kind, key, state = fields(judged, 3)
    columns = [
        F.when(kind == "T", "folder").otherwise("analysis").alias("kind"),
        F.from_json(text(key), "array<string>").getItem(0).alias("key"),
        text(state).alias("state"),
    ]
    judged.where(kind.isin("T", "L")).select(*columns).write.parquet(path)


def write_part(part, head, judged, names, ignored, requests):
    """All that was found as a part of a check, which `oz-status merge` makes reports of."""
    kind, folders, observations, _ = fields(judged, 4)
    ends = (
        judged.where(kind == "E")
        .select(F.sum(folders.cast("bigint")), F.sum(observations.cast("bigint")))
        .first()
    )
    first = {**head, "head": {**head["head"], "files": names}}
    counts = Counter()
    with part.open("w", encoding="utf-8") as lines:

        def line(content):
            lines.write(json.dumps(content) + "\n")

        line(first)
        for at, row in enumerate(told(judged, "P").orderBy("at0", "at1", "at2").toLocalIterator()):
            line({"type": "folder", "order": at, **json.loads(row["json"])})
            counts["folders"] += 1
        for row in told(judged, "N").orderBy("at0", "at1", "at2").toLocalIterator():
            line({"type": "input", "finding": json.loads(row["json"])})
            counts["input"] += 1
        untold = {"folders": ends[0] or 0, "observations": ends[1] or 0}
        end = {"folders": counts["folders"], "input": counts["input"], "untold": untold}
        line({"type": "end", **end, "ignored": dict(ignored), "requests": list(requests.items())})


def report(part, given, put):
    """Writes the reports, shows the one for people, and returns the exit code of `check`."""
    options = [name for name, is_set in (("--all", given.all), ("--strict", given.strict)) if is_set]
    merge = [*command(given.oz_status, "", [])[:-2], "merge", *options]
    code = None
    for name in given.format or ["text", "json", "sarif", "html"]:
        file = part.with_name(f"report.{SUFFIXES.get(name, name)}")
        ended = subprocess.run(
            [*merge, "--format", name, "--output", str(file), str(part)], check=False
        ).returncode
        code = ended if code is None else code
        if not file.exists():
            raise Refused(f"the report {file.name} cannot be written", ended)
        put(file, file.name)
    shown = subprocess.run([*merge, "--quiet", str(part)], check=False, capture_output=True, text=True)
    sys.stdout.write(shown.stdout)
    return code
