"""Runs `oz-status` on Apache Spark: spark-submit "$(oz-status engine spark)" --input PATH --findings OUT"""

import argparse
import sys

from oz_status_spark import WRONG_USE, Refused, explained
from pyspark.sql import SparkSession


def arguments():
    parser = argparse.ArgumentParser(
        prog="oz-status on Spark",
        description="Judges an archive of recorded answers as `oz-status check` does, and ends as it does.",
        epilog="Any other option goes to oz-status: --reading, --any-reading, --route, --at, --redact and so on.",
        allow_abbrev=False,
    )
    parser.add_argument("--input", action="append", required=True, metavar="PATH", help="a file, a directory or a pattern; may be repeated")
    parser.add_argument("--findings", required=True, metavar="OUT", help="a directory that is made for what is found")
    parser.add_argument("--format", action="append", choices=["text", "json", "sarif", "html", "junit", "markdown"], help="a report to write there; may be repeated (default: text, json, sarif and html)")
    parser.add_argument("--partitions", type=int, metavar="N", help="into how many shares the folders are divided")
    parser.add_argument("--oz-status", default="oz-status", metavar="COMMAND", help="how oz-status is run, here and on every worker")
    parser.add_argument("--all", action="store_true", help="report every folder, as check --all does")
    parser.add_argument("--strict", action="store_true", help="as check --strict")
    return parser.parse_known_args()


def main():
    given, options = arguments()
    spark = SparkSession.builder.appName("oz-status").getOrCreate()
    try:
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
