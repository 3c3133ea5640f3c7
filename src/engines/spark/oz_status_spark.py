"""Runs filters of `oz-status` on the workers of Apache Spark, and says what went wrong there."""

import re
import shlex

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

# The exit codes of `oz-status check`.
WRONG_USE = 2
UNREADABLE = 3

# Bytes as one character each, so that what is no UTF-8 comes through as it is.
BYTES = "ISO-8859-1"


class Refused(Exception):
    """What is wrong, in a sentence for the user, and the exit code."""

    def __init__(self, message, code=WRONG_USE):
        super().__init__(message)
        self.code = code


def command(words, task, options):
    """The command line of a filter."""
    return [*shlex.split(words), "engine", task, *options]


def pipe(spark, lines, words):
    """The lines that a command writes, partition by partition, as the first column of a data frame and as an RDD.

    This is RDD.pipe of the JVM: no line passes through Python. A command that ends with anything but 0 fails the task;
    what it writes to standard error stands in the log of its executor.
    """
    jvm = spark._jvm
    strings = jvm.org.apache.spark.sql.Encoders.STRING()
    given = getattr(lines._jdf, "as")(strings).javaRDD()
    arguments = jvm.java.util.ArrayList()
    for word in words:
        arguments.add(word)
    piped = given.pipe(arguments, jvm.java.util.HashMap(), False, 1 << 16, BYTES)
    piped.persist(jvm.org.apache.spark.storage.StorageLevel.DISK_ONLY())
    frame = spark._jsparkSession.createDataset(piped.rdd(), strings).toDF()
    return DataFrame(frame, spark), piped


def fields(frame, count):
    """The fields of lines between tabs, the first of which says what a line is."""
    parts = F.split("value", "\t", count)
    return [parts.getItem(at) for at in range(count)]


def text(column):
    """Bytes that came through a pipe, as the text that they are."""
    return F.decode(F.encode(column, BYTES), "UTF-8")


def explained(error, words):
    """What an error of Spark means for the user."""
    said = str(error)
    program = shlex.split(words)[0]
    if "Cannot run program" in said or re.search(r"exited with status 12[67]\b", said):
        return Refused(
            f"a worker cannot run {program}: expected Node 20.19 or newer and oz-status there, found none; "
            "install both on every worker, or name the program with --oz-status"
        )
    ended = re.search(r"exited with status (\d+)", said)
    if ended:
        return Refused(
            f"{program} ended with {ended[1]} on a worker, each time it was tried; "
            "what it said stands in the log of that executor (stderr)"
        )
    refused = re.search(r"RuntimeError: (oz-status engine step refused: .*)", said)
    if refused:
        return Refused(refused[1])
    absent = re.search(r"\[PATH_NOT_FOUND\] (.*?)(?: SQLSTATE|\n|$)", said)
    if absent:
        return Refused(absent[1], UNREADABLE)
    return None
