"""Judges an archive: lines to records, records by what has to be judged together, and what was found of each."""

import functools
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from oz_status_spark import BYTES, UNREADABLE, Refused, command, fields, pipe, text
from pyspark.sql import functions as F

# What recordings in a directory are called.
RECORDINGS = "*.{json,ndjson,jsonl,jsonseq,har,log,json.gz,ndjson.gz,jsonl.gz,jsonseq.gz,har.gz,log.gz}"
# More objects than this that cannot be read through are a mistake in the archive as a whole.
MAX_BROKEN = 100
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
    judged = judge(spark, grouped, blocks, given, options)
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
        ended = subprocess.run(words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
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
        files.copyFromLocalFile(jvm.org.apache.hadoop.fs.Path(str(local)), jvm.org.apache.hadoop.fs.Path(target, name))

    return put


def directory_of(spark, path):
    """Whether this is a directory, and no object or pattern."""
    target = spark._jvm.org.apache.hadoop.fs.Path(path)
    files = target.getFileSystem(spark._jsc.hadoopConfiguration())
    return files.exists(target) and files.getFileStatus(target).isDirectory()


class Archive:
    """The objects of an archive, in the order in which `check` would read them."""

    def __init__(self, spark, given, options):
        self.spark, self.given, self.options = spark, given, options
        # What is wrong with objects that cannot be read through.
        self.broken = {}
        self.uris = [uri for path in given.input for uri in sorted(self.frame(path).inputFiles(), key=naturally)]
        if not self.uris:
            raise Refused(f"{', '.join(given.input)}: expected recordings, found none", UNREADABLE)
        # Spark writes addresses of files in two ways.
        self.uris = list(dict.fromkeys(re.sub("^file:/+", "file:/", uri) for uri in self.uris))
        # Name by URI: a path of this machine is called as `check` calls it.
        self.names = [name_of(uri) for uri in self.uris]

    def frame(self, path, **options):
        reader = self.spark.read.options(lineSep="\n", recursiveFileLookup=True, **options)
        if directory_of(self.spark, path):
            reader = reader.option("pathGlobFilter", RECORDINGS)
        return reader.text(path)

    def lines(self, broken):
        """All lines, each behind the number of its object and where the block that it is in begins."""
        order = self.spark.createDataFrame(
            [(uri, at) for at, uri in enumerate(self.uris)], "uri string, object bigint"
        )
        whole = [uri for uri in self.uris if uri not in broken]
        frames = [self.frame(path) for path in self.given.input]
        if broken:
            frames = [self.exactly(whole), self.exactly(list(broken), ignoreCorruptFiles=True)]
        frames = [
            frame.select(
                F.regexp_replace("_metadata.file_path", "^file:/+", "file:/").alias("uri"),
                F.col("_metadata.file_block_start").cast("string").alias("block"),
                F.decode(F.col("value").cast("binary"), BYTES).alias("text"),
            )
            for frame in frames
            if frame is not None
        ]
        if broken:
            told = [(uri, "broken", said) for uri, said in broken.items()]
            frames.append(self.spark.createDataFrame(told, "uri string, block string, text string").coalesce(1))
        read = functools.reduce(lambda one, other: one.union(other), frames)
        placed = read.join(F.broadcast(order), "uri")
        return placed.select(F.concat_ws("\t", "object", "block", "text").alias("value"))

    def exactly(self, uris, **options):
        """These objects, whatever signs are in their names."""
        paths = [re.sub(r"([\\*?\[\]{}])", r"\\\1", unquote(uri)) for uri in uris]
        return self.spark.read.options(lineSep="\n", **options).text(paths) if paths else None

    def records(self):
        """The records of all lines. An object that breaks off is read as far as it goes, and that is a finding."""
        broken = self.broken
        words = command(self.given.oz_status, "read", self.options)
        while True:
            records, piped = pipe(self.spark, self.lines(broken), words)
            try:
                records.select(F.count("*")).collect()
                return records
            except Exception as error:
                piped.unpersist()
                found = re.search(r"FAILED_READ_FILE\S* Encountered error while reading file (.+?)\.\s+SQLSTATE", str(error))
                said = found and re.sub("^file:/+", "file:/", found[1])
                uri = next((one for one in self.uris if said in (one, unquote(one))), None)
                if uri is None or uri in broken:
                    raise
                if len(broken) == MAX_BROKEN:
                    raise Refused(f"more than {MAX_BROKEN} objects cannot be read, the last {name_of(uri)}", UNREADABLE)
                broken[uri] = f"expected a whole object, received {cause_of(error)}"


    def said_of_empty(self, objects):
        """The records of objects without a line, of which Spark says nothing."""
        lines = "".join(f"{at}\tempty\t\n" for at in objects if self.uris[at] not in self.broken)
        words = command(self.given.oz_status, "read", self.options)
        ended = subprocess.run(words, check=True, input=lines, stdout=subprocess.PIPE, text=True)
        said = [(line,) for line in ended.stdout.splitlines() if line.startswith("I\t")]
        return self.spark.createDataFrame(said, "value string")


def cause_of(error):
    causes = re.findall(r"Caused by: ([\w.$]+)(?:: (.*))?", str(error))
    name, said = causes[-1] if causes else ("an error", "")
    return f"{name.rsplit('.', 1)[-1]}: {said}" if said else name.rsplit(".", 1)[-1]


def name_of(uri):
    parts = urlsplit(uri)
    return unquote(parts.path) if parts.scheme == "file" else unquote(uri)


def compare_naturally(one, other):
    """The order of people: numbers in a name by what they count, all else by its signs."""
    left, right = [re.findall(r"\d+|\D+", unquote(name)) for name in (one, other)]
    for a, b in zip(left, right):
        if a == b:
            continue
        if a[0].isdigit() and b[0].isdigit() and int(a) != int(b):
            return -1 if int(a) < int(b) else 1
        return -1 if a < b else 1
    return len(left) - len(right)


def naturally(name):
    """The key by which names are sorted so."""
    return functools.cmp_to_key(compare_naturally)(name)


def blocks_of(spark, records, names):
    """Of each block its object and how many lines of that are before it; what was left aside; objects without lines."""
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
        F.lit("O").alias("kind"), number[0].alias("group"), number[1].alias("object"),
        number[2].alias("block"), number[3].alias("number"), rest[4].alias("content"),
    )
    found = fields(records, 4)
    on_input = records.where(kind == "I").select(
        F.lit("I"), found[1].cast("bigint") * -1 - 1, found[1].cast("bigint"),
        F.expr("try_cast(split(value, '\t', 4)[2] as bigint)"), F.lit(0), found[3],
    )
    claim = fields(records, 3)
    claims = records.where(kind == "C").select(claim[1].cast("bigint").alias("token"), claim[2].cast("bigint").alias("group"))
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
        found = nearer.join(further, "with").select("group", F.least("with", "least").alias("with")).localCheckpoint()
        changed = found.join(joined.withColumnRenamed("with", "was"), "group").where(F.col("with") != F.col("was"))
        joined, is_done = found, count == 0 or changed.isEmpty()
        if is_done:
            return joined, count
    raise Refused(f"folders share analyses in chains that did not end in {MAX_ROUNDS} rounds", UNREADABLE)


def judge(spark, grouped, blocks, given, options):
    """What was found, as lines."""
    partitions = given.partitions or max(2 * spark.sparkContext.defaultParallelism, grouped.rdd.getNumPartitions() // 2)
    same = grouped["object"].eqNullSafe(blocks["object"]) & grouped["block"].eqNullSafe(blocks["block"])
    placed = grouped.join(F.broadcast(blocks), same).drop(blocks["object"], blocks["block"])
    # Nothing but the choice of columns may follow the sort: Spark leaves out one that it believes nobody needs.
    in_order = placed.repartition(partitions, "group").sortWithinPartitions("group", "object", "block", "number")
    order = F.concat_ws(" ", "object", F.coalesce("block", F.lit(2**62)), "number")
    placed = in_order.select(
        F.concat_ws("\t", "kind", "group", order, "name", "before", "content").alias("value")
    )
    told = [f"--{name}" for name in ("all", "states") if getattr(given, name)]
    return pipe(spark, placed, command(given.oz_status, "judge", [*options, *told]))[0]


def told(judged, kind):
    """Lines of this kind, in the order of the archive."""
    is_of, order, content = fields(judged, 3)
    place = F.split(order, " ")
    return (
        judged.where(is_of == kind)
        .select(*[place.getItem(at).cast("bigint").alias(f"at{at}") for at in range(3)], text(content).alias("json"))
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
    """The state of each folder, with which a stream can go on."""
    kind, folder, state = fields(judged, 3)
    columns = [F.from_json(text(folder), "array<string>").getItem(0).alias("folder"), text(state).alias("state")]
    judged.where(kind == "T").select(*columns).write.parquet(path)


def write_part(part, head, judged, names, ignored, requests):
    """All that was found as a part of a check, which `oz-status merge` makes reports of."""
    kind, folders, observations, _ = fields(judged, 4)
    ends = judged.where(kind == "E").select(F.sum(folders.cast("bigint")), F.sum(observations.cast("bigint"))).first()
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
        ended = subprocess.run([*merge, "--format", name, "--output", str(file), str(part)], check=False).returncode
        code = ended if code is None else code
        if not file.exists():
            raise Refused(f"the report {file.name} cannot be written", ended)
        put(file, file.name)
    shown = subprocess.run([*merge, "--quiet", str(part)], check=False, capture_output=True, text=True)
    sys.stdout.write(shown.stdout)
    return code
