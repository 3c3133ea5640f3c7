"""The objects of an archive: which there are, in which order, and what their lines say."""

import functools
import re
import subprocess
from urllib.parse import unquote, urlsplit

from oz_status_spark import BYTES, UNREADABLE, Refused, command, pipe
from pyspark.sql import functions as F

# What recordings in a directory are called.
RECORDINGS = "*.{json,ndjson,jsonl,jsonseq,har,log,json.gz,ndjson.gz,jsonl.gz,jsonseq.gz,har.gz,log.gz}"
# More objects than this that cannot be read through are a mistake in the archive as a whole.
MAX_BROKEN = 100
# How Spark names an object that it cannot read through.
UNREAD = r"FAILED_READ_FILE\S* Encountered error while reading file (.+?)\.\s+SQLSTATE"


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
        self.uris = [
            uri for path in given.input for uri in sorted(self.frame(path).inputFiles(), key=naturally)
        ]
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
            frames.append(
                self.spark.createDataFrame(told, "uri string, block string, text string").coalesce(1)
            )
        read = functools.reduce(lambda one, other: one.union(other), frames)
        placed = read.join(F.broadcast(order), "uri")
        return placed.select(F.concat_ws("\t", "object", "block", "text").alias("value"))

    def exactly(self, uris, **options):
        """These objects, whatever signs are in their names."""
        paths = [re.sub(r"([\\*?\[\]{}])", r"\\\1", unquote(uri)) for uri in uris]
        return self.spark.read.options(lineSep="\n", **options).text(paths) if paths else None

    def records(self):
        """The records of all lines. An object that breaks off is read as far as it goes, and that is a finding."""
        words = command(self.given.oz_status, "read", self.options)
        packed = [uri for uri in self.uris if uri.endswith(".gz")]

        def unpack():
            whole = self.exactly([uri for uri in packed if uri not in self.broken])
            if whole is not None:
                whole.select(F.count("*")).collect()

        def read():
            records, piped = pipe(self.spark, self.lines(self.broken), words)
            try:
                records.select(F.count("*")).collect()
                return records
            except Exception:
                piped.unpersist()
                raise

        # To unpack takes little beside reading, which an object that breaks off would have begin anew.
        self.without_broken(unpack)
        return self.without_broken(read)

    def without_broken(self, attempt):
        """Does it again as long as it meets another object that cannot be read through."""
        while True:
            try:
                return attempt()
            except Exception as error:
                found = re.search(UNREAD, str(error))
                said = found and re.sub("^file:/+", "file:/", found[1])
                uri = next((one for one in self.uris if said in (one, unquote(one))), None)
                if uri is None or uri in self.broken:
                    raise
                if len(self.broken) == MAX_BROKEN:
                    raise Refused(
                        f"more than {MAX_BROKEN} objects cannot be read, the last {name_of(uri)}", UNREADABLE
                    )
                self.broken[uri] = f"expected a whole object, received {cause_of(error)}"

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
