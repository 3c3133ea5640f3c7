"""Runs `oz-status` on Apache Spark: spark-submit "$(oz-status engine spark)" --input PATH --findings OUT"""

import argparse
import sys

from oz_status_spark import Refused, explained
from pyspark.sql import SparkSession

FORMATS = ["text", "json", "sarif", "html", "junit", "markdown"]


def arguments():
    parser = argparse.ArgumentParser(
        prog="oz-status on Spark",
        description="Judges an archive of recorded answers as `oz-status check` does, and ends as it does.",
        epilog="Any other option goes to oz-status: --reading, --any-reading, --route, --at, --redact and so on.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "--input",
        action="append",
        default=[],
        metavar="PATH",
        help="a file, a directory or a pattern; may be repeated",
    )
    add("--findings", required=True, metavar="OUT", help="a directory for what is found")
    add(
        "--format",
        action="append",
        choices=FORMATS,
        help="a report to write there; may be repeated (default: text, json, sarif and html)",
    )
    add("--partitions", type=int, metavar="N", help="into how many shares the folders are divided")
    add(
        "--oz-status",
        default="oz-status",
        metavar="COMMAND",
        help="how oz-status is run, here and on every worker",
    )
    add("--all", action="store_true", help="report every folder, as check --all does")
    add("--strict", action="store_true", help="as check --strict")
    add(
        "--states",
        metavar="PATH",
        help="a directory for the states of the folders, with which a stream can go on",
    )
    stream = parser.add_argument_group("streams")
    add = stream.add_argument
    add(
        "--stream",
        action="store_true",
        help="judge what arrives; the directory of --findings holds the checkpoint too",
    )
    add("--kafka", metavar="SERVERS", help="read from Kafka instead of --input")
    add("--topic", metavar="TOPIC", help="what to read there")
    add(
        "--idle",
        type=int,
        default=86400,
        metavar="SECONDS",
        help="a folder of which nothing was heard for so long is ended (default: 86400)",
    )
    add(
        "--every",
        type=float,
        default=10,
        metavar="SECONDS",
        help="how often what has arrived is judged (default: 10)",
    )
    add("--until-end", action="store_true", help="judge what is there, and end")
    add("--seed", metavar="PATH", help="begin with the states that an archive has left with --states")
    return parser.parse_known_args()


def main():
    given, options = arguments()
    if bool(given.input) == bool(given.kafka):
        return told(Refused("expected --input PATH or --kafka SERVERS"))
    spark = SparkSession.builder.appName("oz-status").getOrCreate()
    try:
        if given.stream or given.kafka:
            import oz_status_stream

            return oz_status_stream.watch(spark, given, options)
        import oz_status_archive

        return oz_status_archive.check(spark, given, options)
    except Refused as refused:
        return told(refused)
    except Exception as error:
        refused = explained(error, given.oz_status)
        if refused is None:
            raise
        return told(refused)
    finally:
        spark.stop()


def told(refused):
    sys.stderr.write(f"oz-status: {refused}\n")
    return refused.code


if __name__ == "__main__":
    sys.exit(main())
